"""What somebody said of their own entry: that everything in it is still right."""

from typing import ClassVar

from django.db import models

from soyol.registry.choices import ConfirmedBy
from soyol.registry.models.actors import Actor
from soyol.registry.models.consents import Kept


class Confirmation(Kept):
    """“Everything is still right”, from whom it is about, on a day.

    It stays with the number for which it was said, and counts wherever that number leads. ``facts``: SHA-256 over the
    numbers of the statements that stood then, so that it can be told whether something came since. People are named by
    id only.
    """

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="confirmations")
    way = models.CharField(max_length=4, choices=ConfirmedBy)
    facts = models.CharField(max_length=64)
    user_id = models.PositiveBigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "on"], name="registry_confirmation_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} on {self.on}"
