"""Saying that an entry is still right."""

import hashlib

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.choices import ActorState, ConfirmedBy
from soyol.registry.models import Actor, Confirmation, DirectoryEntry
from soyol.registry.queries.shown import current_identities
from soyol.registry.rules import Refused


@transaction.atomic
def confirm(*, by: By, actor: Actor, way: ConfirmedBy, user_id: int | None = None) -> Confirmation:
    """Write down that whom an entry is about said that everything in it is still right. Once a day is enough: saying it
    again changes nothing. Whether they are whom it is about is asked by whoever calls. Raises Refused for a number that
    stands for nobody.
    """
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    if actor.state != ActorState.ACTIVE:
        raise Refused("not_active", number=actor.number, state=actor.get_state_display())
    now = timezone.now()
    today = timezone.localdate(now)
    there = Confirmation.objects.filter(actor=actor, on=today).first()
    if there is not None:
        found: Confirmation = there
        return found
    made = Confirmation.objects.create(
        actor=actor, way=way, facts=_facts(actor), user_id=user_id, by_name=by.name or by.kind, at=now, on=today
    )
    DirectoryEntry.objects.filter(actor=actor).update(confirmed_on=today)
    audit.record(by, "registry.entry.confirm", f"registry.Actor:{actor.number}", {"way": str(way)})
    return made


def _facts(actor: Actor) -> str:
    """Statements are never changed, so their numbers say what stood there."""
    rows = current_identities().filter(actor=actor, record__statements__recorded_to__isnull=True)
    numbers = rows.order_by("record__statements__pk").values_list("record__statements__pk", flat=True)
    return hashlib.sha256(",".join(str(pk) for pk in numbers).encode()).hexdigest()
