"""Administrative units as the country pack tells them. Codes stay; names and outlines change by date."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.fields import LanguageMap, LanguageMapField


class Unit(models.Model):
    """A unit: the country (level 0), its provinces (1), their districts (2) and so on.

    ``path`` is ``/country/province/…/code/``: all units below one begin with its path.
    """

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    level = models.PositiveSmallIntegerField(_("level"))
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=120, unique=True, editable=False)
    names = LanguageMapField(_("name"))
    aliases = models.JSONField(default=list, blank=True)
    iso = models.CharField("ISO 3166-2", max_length=10, blank=True)
    nso = models.CharField(_("statistical code"), max_length=20, blank=True)
    sort_key = models.CharField(max_length=300, blank=True, editable=False)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day on which it is no more."))

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering: ClassVar = ["level", "sort_key", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["iso"], condition=~Q(iso=""), name="places_unit_iso_once"),
            models.CheckConstraint(
                condition=Q(level=0, parent__isnull=True) | Q(level__gt=0, parent__isnull=False),
                name="places_unit_parent_unless_country",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="places_unit_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(LanguageMap(self.names))


class FormerUnitName(models.Model):
    """How a unit was called until a day (not included)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    names = LanguageMapField(_("name"))
    until = models.DateField(_("until"))

    class Meta:
        ordering: ClassVar = ["-until"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "until"], name="places_formerunitname_one_a_day"),
        ]

    def __str__(self) -> str:
        return str(LanguageMap(self.names))


class Boundary(models.Model):
    """The outline of a unit as GeoJSON geometry in degrees; ``official`` ones come from an authority's file."""

    unit = models.OneToOneField(Unit, models.CASCADE, primary_key=True, related_name="boundary")
    geometry = models.JSONField()
    approximate = models.BooleanField(_("approximate"), default=False)
    official = models.BooleanField(_("official"), default=False)
    credit = models.CharField(_("source"), max_length=300, blank=True)
    loaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.unit_id} ({self.credit})"
