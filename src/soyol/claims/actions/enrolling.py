"""Coming into the registry by oneself: a number at once, and everything else when an officer has made sure."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.claims.actions.opening import hold_by, new_claim
from soyol.claims.choices import Capacity, ClaimState, Proof
from soyol.claims.models import Claim
from soyol.claims.queries import stated_of
from soyol.claims.rules import Refused
from soyol.fields import reach
from soyol.files.actions import forget
from soyol.files.models import StoredFile
from soyol.registry import actions as registry
from soyol.registry.choices import ActorKind, Channel, Purpose
from soyol.registry.models import Actor
from soyol.registry.rules.levels import SHOWN_BY_DOCUMENT
from soyol.sources.choices import OWN, UNCHECKED

#: Why a row is there. Reasons are kept as they are; ``registry.rules.reasons`` says them in the reader's language.
ENROLLED = "enrolled by themselves"
CHECKED = "enrolment checked by an officer"
PROVEN = "enrolment proven by the sign-in of the state"


@reach.opened("a new entry is laid among the others; nobody is told of any")
@transaction.atomic
def enrol(
    *,
    by: By,
    user: User,
    values: Mapping[str, Any],
    agreed: Collection[str] = (),
    document: StoredFile | None = None,
    language: str = "",
    stated: Mapping[str, Any] | None = None,
) -> Claim:
    """Enrol a person, group or organisation: it gets its number at once and waits to be checked.

    ``values``: record columns, as a row of a list has them; ``agreed``: purposes that hold once an officer has
    accepted. Until then nobody sees it but staff, and no comparison believes it more than a stranger's word.
    ``stated``: columns of a person that the state itself has just told of them, with their number. They go before what
    was typed, and where no other entry has that number the enrolment is accepted at once.
    """
    told = {name: value for name, value in {**values, **(stated or {})}.items() if name != "consent"}
    _not_twice(user, told)
    actor = registry.add_by_hand(by=by, values=told, reason=ENROLLED, hand=UNCHECKED)
    capacity = Capacity.SELF if actor.kind == ActorKind.PERSON else Capacity.REPRESENTATIVE
    made = new_claim(
        user,
        capacity,
        Proof.STATE if stated else Proof.DOCUMENT,
        actor=actor,
        enrolled=True,
        told=told,
        agreed=[purpose for purpose in Purpose.values if purpose in set(agreed)],
        document=document,
        language=language,
    )
    made.unit_id = str(told["unit"]) if told.get("unit") else None
    made.save()
    record(by, "claims.claim.enrol", f"claims.Claim:{made.pk}", {"kind": actor.kind})
    if stated and stated_of("person_number", str(stated["person_number"])) == {actor.pk}:
        _accept_at_once(by, made, actor)
    return made


def _not_twice(user: User, told: Mapping[str, Any]) -> None:
    """One account enrols one person, itself, and each organisation once, so long as nobody has decided."""
    User.objects.select_for_update().get(pk=user.pk)  # two posts of one form come one after the other
    open_ones = Claim.rows().filter(user=user, enrolled=True, state=ClaimState.OPEN, actor__kind=told["kind"])
    for each in open_ones.select_related("actor"):
        same = str(each.told.get("name", "")).casefold() == str(told.get("name", "")).casefold()
        if each.actor is not None and (same or told["kind"] == ActorKind.PERSON):
            raise Refused("enrolled_already", number=each.actor.number)


def _accept_at_once(by: By, claim: Claim, actor: Actor) -> None:
    """Who it is the state has said; that nobody else is meant the number says. Nothing is left for an officer."""
    claim.state, claim.decided_at, claim.decided_by = ClaimState.ACCEPTED, timezone.now(), by.name or by.kind
    claim.keep("state", "decided_at", "decided_by", state=ClaimState.OPEN)
    told = {"state": str(claim.state), "user": claim.user_id, "seen": ""}
    record(by, "claims.claim.decide", f"claims.Claim:{claim.pk}", told)
    if claim.document is not None:
        forget(by=by, stored=claim.document)
    hold_by(by=by, claim=claim)
    confirm_enrolment(by=by, claim=claim, actor=actor, reason=PROVEN)


def confirm_enrolment(*, by: By, claim: Claim, actor: Actor, document: str = "", reason: str = CHECKED) -> None:
    """What somebody enrolled is what they told of themselves from now on, and what they agreed to holds.

    ``document``: kind of the one that the officer compared it with.
    """
    values = {name: value for name, value in claim.told.items() if name != "kind"}
    registry.state_by_hand(
        by=by, actor=actor, values=values, reason=reason, hand=OWN, document=document,
        checked=SHOWN_BY_DOCUMENT[actor.kind], instead_of=UNCHECKED,
    )  # fmt: skip
    for purpose in claim.agreed:
        registry.choose_consent(
            by=by,
            actor=actor,
            purpose=purpose,
            given=True,
            language=claim.language,
            channel=Channel.ENROLMENT,
            user_id=claim.user_id,
        )
