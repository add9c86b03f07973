"""What is held: ending it, and handing over what one represents."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.claims.actions.opening import hold_by, new_claim
from soyol.claims.choices import Capacity, ClaimState, Proof
from soyol.claims.models import Handover, Hold
from soyol.claims.queries import handover_for
from soyol.claims.rules import Refused
from soyol.fields import reach

HANDOVER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Offered:
    """A link to hand over, and its secret, which is known only now."""

    handover: Handover
    token: str


@transaction.atomic
def end_hold(*, by: By, hold: Hold, reason: str = "") -> None:
    """End what is held: by the holder, or by an officer with a reason. Links that hand it over die with it."""
    ended = Hold.objects.filter(pk=hold.pk, ended_at__isnull=True).update(
        ended_at=timezone.now(), ended_by=by.name or by.kind
    )
    if not ended:
        raise Refused("not_held")
    hold.refresh_from_db()
    hold.end_reason = reason
    hold.save(update_fields=["end_reason"])
    record(by, "claims.hold.end", f"registry.Actor:{hold.actor.number}", {"user": hold.user_id})


@transaction.atomic
def offer_handover(*, by: By, hold: Hold, leaving: bool) -> Offered:
    """A link by which somebody else comes to represent the entry, ``leaving``: instead of whoever offers it."""
    if hold.capacity != Capacity.REPRESENTATIVE:
        raise Refused("handover_self")
    if not Hold.objects.filter(pk=hold.pk, ended_at__isnull=True).exists():
        raise Refused("not_held")
    token = secrets.token_urlsafe(32)
    made = Handover.objects.create(
        hold=hold, digest=handover_digest(token), leaving=leaving,
        expires_at=timezone.now() + timedelta(days=HANDOVER_DAYS),
    )  # fmt: skip
    told = {"leaving": leaving, "user": hold.user_id}
    record(by, "claims.handover.offer", f"registry.Actor:{hold.actor.number}", told)
    return Offered(made, token)


@transaction.atomic
def withdraw_handover(*, by: By, handover: Handover) -> None:
    """Make a link useless that nobody has used yet."""
    open_one = Handover.objects.filter(pk=handover.pk, accepted_at__isnull=True, withdrawn_at__isnull=True)
    if not open_one.update(withdrawn_at=timezone.now()):
        raise Refused("handover_over")
    record(by, "claims.handover.withdraw", f"registry.Actor:{handover.hold.actor.number}")


@reach.opened("whoever has the link was given it")
@transaction.atomic
def accept_handover(*, by: By, user: User, token: str) -> Hold:
    """Take over by the link; once, in time. Whoever left by it holds nothing of the entry from now on."""
    offered = handover_for(handover_digest(token))
    if offered is None:
        raise Refused("handover_over")
    if offered.hold.user_id == user.pk:
        raise Refused("handover_oneself")
    # The conditional update decides between two clicks at once, not the look before it.
    if not Handover.objects.filter(pk=offered.pk, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        accepted_at=timezone.now()
    ):
        raise Refused("handover_over")
    former = offered.hold
    made = new_claim(
        user, Capacity.REPRESENTATIVE, Proof.HANDOVER, actor=former.actor, state=ClaimState.ACCEPTED,
        decided_at=timezone.now(), decided_by=former.user.name,
    )  # fmt: skip
    made.save()
    if offered.leaving:
        end_hold(by=by, hold=former)
    return hold_by(by=by, claim=made)


def handover_digest(token: str) -> str:
    """What is kept of a link: tokens are long and random, so a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()
