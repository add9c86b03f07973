"""Losses of data, for tests."""

from datetime import timedelta

from django.utils import timezone

from soyol.protection.models import Affected, Loss
from soyol.registry.models import Actor


def a_listed_loss(*actors: Actor) -> Loss:
    """A lost laptop, and whom it concerned."""
    now = timezone.now()
    loss = Loss.objects.create(
        what="A laptop was lost",
        tables=["values"],
        since=now - timedelta(days=1),
        until=now + timedelta(days=1),
        listed_at=now,
        people=len(actors),
        counts={"values": {"people": len(actors), "values": 2 * len(actors)}},
        made_by="tests",
    )
    Affected.objects.bulk_create(
        [Affected(loss=loss, actor=actor, held={"values": {"name": 1, "phones": 1}}) for actor in actors]
    )
    return loss
