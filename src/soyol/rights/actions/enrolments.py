"""Taking back an enrolment that nobody has decided yet."""

from django.db import transaction

from soyol.accounts.models import User
from soyol.audit import By
from soyol.claims.actions import withdraw as withdraw_claim
from soyol.claims.models import Claim
from soyol.fields import reach
from soyol.registry.choices import ActorState
from soyol.registry.queries.shown import current_identities
from soyol.rights.actions.deciding import close
from soyol.rights.actions.erasing import ask_erasure
from soyol.rights.actions.work import start_erasure
from soyol.rights.choices import RequestState
from soyol.rights.models import Request
from soyol.rights.rules import Refused
from soyol.sources.choices import UNCHECKED


@reach.opened("only what the account itself has brought is looked at, and goes")
@transaction.atomic
def withdraw_enrolment(*, by: By, user: User, claim: Claim) -> Request:
    """Withdraw an enrolment: the entry that came by it, of which only officers knew, is erased. No officer decides.

    Raises Refused where somebody decided it meanwhile, and where lists name the entry by now: then it is not only what
    was brought by this account, and an officer says whose it is.
    """
    actor = claim.actor
    lists = current_identities().filter(actor=actor).exclude(record__source__code=UNCHECKED.code)
    if actor is None or actor.state != ActorState.ACTIVE or lists.exists():
        raise Refused("enrolment_joined")
    withdraw_claim(by=by, claim=claim)
    made = ask_erasure(by=by, user=user, actor=actor)
    close(by, made, RequestState.ACCEPTED, "", made.version)
    start_erasure(by=by, request=made)
    return made
