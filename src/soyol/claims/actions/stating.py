"""Proving by the sign-in of the state: it says a national number, and the number finds the entry."""

from django.db import transaction

from soyol.accounts.models import User
from soyol.audit import By
from soyol.claims.actions.opening import proved
from soyol.claims.choices import Proof
from soyol.claims.models import Hold
from soyol.claims.queries import believed_holders
from soyol.claims.rules import Refused
from soyol.fields import reach
from soyol.registry.models import Actor


@reach.opened("whether a list holds the number that the state has proved")
@transaction.atomic
def take_by_state(*, by: By, user: User, number: str) -> Hold:
    """Hold the entry whose national number is ``number``, as the state has just said of the person.

    Raises Refused where no row that can be believed says so, or rows of more than one entry do.
    """
    found = believed_holders("person_number", number)
    if len(found) != 1:
        raise Refused("no_entry")
    return proved(by=by, user=user, actor=Actor.objects.get(pk=next(iter(found))), proof=Proof.STATE)
