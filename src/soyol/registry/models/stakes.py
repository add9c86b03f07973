"""Who has received or holds what: written by the parts of the house that give it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from soyol.fields import LanguageMapField
from soyol.registry.choices import StakeKind
from soyol.registry.models.actors import Actor


class Stake(models.Model):
    """Money, an award or an office of an actor, from a day to a day.

    It stays with the number under which it was given; when that number leads to another, the stake counts there, and
    when the two are taken apart again it is back without having moved. ``origin`` (``app.Model:id``) is the row that
    it stands for.
    """

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="stakes")
    kind = models.CharField(max_length=6, choices=StakeKind)
    names = LanguageMapField(default=dict)
    origin = models.CharField(max_length=80, unique=True)
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["begins", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                name="registry_stake_ends_after_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.actor_id}: {self.origin}"
