"""Actors, the identities that tie records to them, and the changes that made both."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from soyol.registry.choices import ActorKind, ActorState, ChangeKind
from soyol.registry.rules.reasons import reason_words
from soyol.registry.rules.refusals import Refused


class GuardedQuerySet(models.QuerySet[Any]):
    """Refuses the shortcuts that would change identity without history."""

    def delete(self) -> Any:
        raise Refused("bare_save", model=self.model.__name__)


class Guarded(models.Model):
    """Identity is written by the registry's actions, in bulk and by query; a bare save is a mistake."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise Refused("bare_save", model=type(self).__name__)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise Refused("bare_save", model=type(self).__name__)


class NumberSeries(models.Model):
    """The next serial of public numbers. One row; locked by whoever draws from it, so numbers have no gaps of luck."""

    name = models.CharField(max_length=20, primary_key=True)
    following = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.name}: {self.following}"


class Change(models.Model):
    """One deed that changed who is who. ``detail`` holds what undoing needs and nothing personal."""

    kind = models.CharField(max_length=10, choices=ChangeKind)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    run = models.ForeignKey("registry.LinkageRun", models.PROTECT, null=True, related_name="changes")
    batch = models.ForeignKey("sources.Batch", models.PROTECT, null=True, related_name="+")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.UNDO, undoes__isnull=False)
                | (~Q(kind=ChangeKind.UNDO) & Q(undoes__isnull=True)),
                name="registry_change_undo_names_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        return reason_words(self.reason)


class Actor(Guarded):
    """Somebody or some body, under a public number that never changes and is never given twice.

    ``profile``, ``statistics``, ``calls`` and ``open_data``: what holds of their own choices (``ConsentChoice``), those
    made under numbers that lead here included; null where they never chose.
    """

    number = models.CharField(max_length=9, unique=True)
    kind = models.CharField(max_length=12, choices=ActorKind)
    state = models.CharField(max_length=8, choices=ActorState, default=ActorState.ACTIVE)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="absorbed")
    created_at = models.DateTimeField()
    stale = models.BooleanField(default=True)
    profile = models.BooleanField(null=True)
    statistics = models.BooleanField(null=True)
    calls = models.BooleanField(null=True)
    open_data = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=ActorState.MERGED, merged_into__isnull=False)
                | (~Q(state=ActorState.MERGED) & Q(merged_into__isnull=True)),
                name="registry_actor_merged_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="registry_actor_not_merged_into_itself",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(stale=True), name="registry_actor_stale"),
        ]

    def __str__(self) -> str:
        return self.number


class Identity(Guarded):
    """“This record is about this actor”, from then until now. At most one is current for a record."""

    record = models.ForeignKey("sources.SourceRecord", models.PROTECT, related_name="identities")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="identities")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Change, models.PROTECT, related_name="opened")
    closed_by = models.ForeignKey(Change, models.PROTECT, null=True, related_name="closed")
    probability = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(valid_to__isnull=True), name="registry_identity_one_current"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, closed_by__isnull=True)
                | Q(valid_to__isnull=False, closed_by__isnull=False),
                name="registry_identity_closed_by_change",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="registry_identity_time_runs_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.actor_id}"
