"""Who acts on one's own pages, and what they hold: everything else is not there."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soyol.accounts.models import User
from soyol.claims import queries
from soyol.claims.models import Hold
from soyol.claims.queries import Held
from soyol.ui import respond


def account(request: HttpRequest) -> User:
    """The signed-in account; doors have made sure that there is one."""
    return cast(User, request.user)


def found_held(request: HttpRequest, number: str) -> Held:
    """What the account holds under a number; what it does not hold, or another account says is theirs, is not found."""
    try:
        found = queries.held(account(request), number)
    except Hold.DoesNotExist:
        raise _not_found() from None
    if found.contested or found.entry is None:
        raise _not_found()
    return found


def _not_found() -> Http404:
    return Http404(_("You hold no entry with this number."))


def language() -> str:
    """In which language the page is read."""
    return get_language() or ""


def page(request: HttpRequest, template: str, /, **context: Any) -> HttpResponse:
    """One's own page: found by no search engine, kept by nobody on the way."""
    status, parts = context.pop("status", 200), context.pop("parts", ())
    answer = respond.page(request, template, context, parts=parts, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
