"""The entry that a request is about: held by whoever is signed in, undisputed, or not there at all."""

from typing import cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from soyol.accounts.models import User
from soyol.claims import queries as claims
from soyol.claims.models import Hold
from soyol.claims.queries import Held


def holder(request: HttpRequest) -> User:
    """The signed-in account; the door has made sure that there is one."""
    return cast(User, request.user)


def held_entry(request: HttpRequest, number: str) -> Held:
    """What the account holds under this number. What it does not hold, or holds disputed, is not found."""
    try:
        found = claims.held(holder(request), number)
    except Hold.DoesNotExist:
        raise Http404(_("You hold no entry with this number.")) from None
    if found.contested or found.entry is None:
        raise Http404(_("You hold no entry with this number."))
    return found
