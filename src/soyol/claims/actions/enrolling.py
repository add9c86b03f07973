"""Coming into the registry by oneself: a number at once, and everything else when an officer has made sure."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.claims.actions.opening import new_claim
from soyol.claims.choices import Capacity, Proof
from soyol.claims.models import Claim
from soyol.fields import reach
from soyol.files.models import StoredFile
from soyol.registry import actions as registry
from soyol.registry.choices import ActorKind, Channel, Purpose
from soyol.registry.models import Actor
from soyol.sources.choices import OWN, UNCHECKED

#: Why a row is there. Reasons are kept as they are; ``registry.rules.reasons`` says them in the reader's language.
ENROLLED = "enrolled by themselves"
CHECKED = "enrolment checked by an officer"


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
) -> Claim:
    """Enrol a person, group or organisation: it gets its number at once and waits to be checked.

    ``values``: record columns, as a row of a list has them; ``agreed``: purposes that hold once an officer has
    accepted. Until then nobody sees it but staff, and no comparison believes it more than a stranger's word.
    """
    told = {name: value for name, value in values.items() if name != "consent"}
    actor = registry.add_by_hand(by=by, values=told, reason=ENROLLED, hand=UNCHECKED)
    capacity = Capacity.SELF if actor.kind == ActorKind.PERSON else Capacity.REPRESENTATIVE
    made = new_claim(
        user,
        capacity,
        Proof.DOCUMENT,
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
    return made


def confirm_enrolment(*, by: By, claim: Claim, actor: Actor) -> None:
    """What somebody enrolled is what they told of themselves from now on, and what they agreed to holds."""
    values = {name: value for name, value in claim.told.items() if name != "kind"}
    registry.state_by_hand(by=by, actor=actor, values=values, reason=CHECKED, hand=OWN)
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
