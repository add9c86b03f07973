"""What people decided about lists that say different things."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from soyol.registry.models.actors import Actor


class TrustRule(models.Model):
    """For one field, one list is believed before another, whatever their trust: from a time to a time."""

    field = models.CharField(max_length=20)
    better = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    worse = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    reason = models.TextField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["field", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["field", "better", "worse"],
                condition=Q(ended_at__isnull=True),
                name="registry_trustrule_once",
            ),
            models.CheckConstraint(condition=~Q(better=F("worse")), name="registry_trustrule_two_lists"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.better_id} before {self.worse_id}"


class LeftBoth(models.Model):
    """Different values of one field of an actor that a person looked at and left as they are.

    ``digest`` is a keyed hash of the values: where another value comes, the question is a new one.
    """

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="left_both")
    field = models.CharField(max_length=20)
    digest = models.CharField(max_length=32)
    reason = models.TextField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "field", "digest"], name="registry_leftboth_once"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}.{self.field}"
