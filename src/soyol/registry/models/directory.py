"""What lists and searches read: a row per actor and face, and counts by facet. All of it can be rebuilt."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from soyol.fields import LanguageMapField
from soyol.registry.choices import ActorKind, Face
from soyol.registry.columns import BytewiseCharField
from soyol.registry.models.actors import Actor
from soyol.registry.rules.freshness import is_stale


class DirectoryEntry(models.Model):
    """One actor as one face shows it. The public face holds nothing that is not public, so no filter can leak it.

    ``areas``, ``domains`` and ``occupations`` are codes between commas (``,film,stage,``) for filtering in plain SQL,
    and so are ``conflicts``: the fields about which lists contradict each other (staff only).
    ``counted``, ``reachable`` and ``shared``: may be counted in published figures, written to about calls, and shown in
    the open files. ``confirmed_on``: the day of the newest sign of the actor, whatever face shows of it.
    """

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="entries")
    face = models.CharField(max_length=6, choices=Face)
    number = models.CharField(max_length=9)
    kind = models.CharField(max_length=12, choices=ActorKind)
    name = models.CharField(max_length=300)
    name_latin = models.CharField(max_length=300, blank=True)
    names = LanguageMapField(default=dict)
    sort_key = BytewiseCharField(max_length=120)
    search_key = models.CharField(max_length=400)
    form = models.CharField(max_length=40, blank=True)
    unit_code = models.CharField(max_length=20, blank=True)
    region_code = models.CharField(max_length=20, blank=True)
    unit_path = BytewiseCharField(max_length=80, blank=True)
    areas_text = models.CharField(max_length=200, blank=True)
    domains_text = models.CharField(max_length=300, blank=True)
    occupations_text = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=20, blank=True)
    is_public = models.BooleanField(default=False)
    source_count = models.PositiveSmallIntegerField(default=0)
    source_codes = models.CharField(max_length=400, blank=True)
    born_year = models.PositiveSmallIntegerField(null=True)
    ended = models.BooleanField(default=False)
    conflicts_text = models.CharField(max_length=160, blank=True, default="", db_default="")
    counted = models.BooleanField(default=True, db_default=True)
    reachable = models.BooleanField(default=False, db_default=False)
    shared = models.BooleanField(default=False, db_default=False)

    confirmed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "face"], name="registry_directoryentry_once_a_face"),
            models.UniqueConstraint(fields=["number", "face"], name="registry_directoryentry_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["face", "sort_key", "id"], name="registry_entry_alphabet"),
            models.Index(fields=["face", "region_code", "sort_key", "id"], name="registry_entry_region"),
            models.Index(fields=["face", "unit_path", "sort_key"], name="registry_entry_unit"),
            models.Index(fields=["face", "kind", "sort_key", "id"], name="registry_entry_kind"),
            models.Index(fields=["face", "confirmed_on", "region_code"], name="registry_entry_confirmed"),
            models.Index(fields=["id"], condition=~models.Q(conflicts_text=""), name="registry_entry_conflicts"),
            models.Index(fields=["face", "number"], condition=models.Q(shared=True), name="registry_entry_shared"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def areas(self) -> list[str]:
        return [code for code in self.areas_text.split(",") if code]

    @property
    def domains(self) -> list[str]:
        return [code for code in self.domains_text.split(",") if code]

    @property
    def occupations(self) -> list[str]:
        return [code for code in self.occupations_text.split(",") if code]

    @property
    def conflicts(self) -> list[str]:
        return [code for code in self.conflicts_text.split(",") if code]

    @property
    def is_stale(self) -> bool:
        """Whether nothing was heard of the actor for so long that the entry is flagged."""
        return is_stale(self.confirmed_on, timezone.localdate())

    def name_in(self, lang: str | None = None) -> str:
        """The name for a reader of ``lang``, else the shown one."""
        wanted = lang or get_language() or ""
        return str(self.names.get(wanted) or self.name)


class FacetCell(models.Model):
    """How many entries share one combination of facets; any count by facet is a sum over these few rows."""

    face = models.CharField(max_length=6, choices=Face)
    kind = models.CharField(max_length=12)
    region_code = models.CharField(max_length=20, blank=True)
    areas_text = models.CharField(max_length=200, blank=True)
    domains_text = models.CharField(max_length=300, blank=True)
    entries = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["face", "kind", "region_code", "areas_text", "domains_text"], name="registry_facetcell_once"
            ),
            models.CheckConstraint(condition=models.Q(entries__gte=0), name="registry_facetcell_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.face} {self.kind} {self.region_code}: {self.entries}"


class SavedFilter(models.Model):
    """A list that somebody looks at often. The user is named by id only: this app knows no accounts' tables."""

    user_id = models.PositiveBigIntegerField(db_index=True)
    name = models.CharField(max_length=100)
    query = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user_id", "name"], name="registry_savedfilter_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
