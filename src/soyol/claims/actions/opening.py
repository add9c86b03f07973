"""The one way in which a claim comes to be and becomes something that is held."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.claims.choices import Capacity, ClaimState, Proof
from soyol.claims.models import Claim, Hold
from soyol.claims.queries import holders_of
from soyol.claims.rules import ANSWER_DAYS, Refused, capacities
from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import ActorState, Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries.numbers import end_of


def new_claim(user: User, capacity: str, proof: str, **more: Any) -> Claim:
    """A claim with the day by which it is answered, not yet written; ``more`` are its fields."""
    due = timezone.localdate() + timedelta(days=ANSWER_DAYS)
    return Claim(user=user, capacity=capacity, proof=proof, due_on=due, **more)


def proved(*, by: By, user: User, actor: Actor, proof: Proof) -> Hold:
    """Whoever has proved an entry to be theirs holds it: the claim is written down as accepted with the hold."""
    made = new_claim(user, Capacity.SELF, proof, actor=actor, state=ClaimState.ACCEPTED, decided_at=timezone.now())
    made.decided_by = by.name or by.kind
    made.save()
    return hold_by(by=by, claim=made)


@transaction.atomic
def hold_by(*, by: By, claim: Claim, until: date | None = None) -> Hold:
    """Let the account of an accepted claim hold its entry; a hold that it had in the same way stays as it is.

    Raises Refused where another account holds a person's entry as its own, and where the kind does not fit.
    """
    one_at_a_time()
    if claim.actor_id is None:
        raise Refused("entry_missing")
    meant = end_of(Actor.objects.get(pk=claim.actor_id))  # as it is now that nobody else can merge it
    actor = Actor.objects.select_for_update().get(pk=meant.pk)
    if actor.state != ActorState.ACTIVE:
        raise Refused("not_active", number=actor.number, state=actor.get_state_display())
    if claim.capacity not in capacities(actor.kind):
        raise Refused("capacity_wrong", number=actor.number, capacity=claim.get_capacity_display())
    others = holders_of([actor.pk])[actor.pk]
    mine = next((each for each in others if each.user_id == claim.user_id), None)
    if mine is not None:
        return mine
    if claim.capacity == Capacity.SELF and any(each.capacity == Capacity.SELF for each in others):
        raise Refused("held_already", number=actor.number)
    made = Hold.objects.create(user=claim.user, actor=actor, capacity=claim.capacity, claim=claim, until=until)
    told = {"capacity": claim.capacity, "proof": claim.proof, "user": claim.user_id}
    record(by, "claims.hold.begin", f"registry.Actor:{actor.number}", told)
    return made


def where_decided(actor: Actor | None, told_unit: str = "") -> str | None:
    """The unit whose officers decide: that of the entry, else the one that the person named; None: the country's."""
    entry = DirectoryEntry.objects.filter(actor=actor, face=Face.STAFF).first() if actor else None
    return (entry.unit_code if entry else told_unit) or None
