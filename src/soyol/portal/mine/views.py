"""The first of one's own pages: what one holds, what waits, and the ways to one's entry."""

from django.http import HttpRequest, HttpResponse

from soyol.accounts import state
from soyol.accounts.doors import door
from soyol.claims import queries
from soyol.portal.mine.acting import account, page


@door(signed_in=True)
def mine(request: HttpRequest) -> HttpResponse:
    """What the account holds, and what it has asked for."""
    me = account(request)
    return page(
        request,
        "portal/mine/mine.html",
        held=queries.holds_of(me),
        claims=list(queries.open_claims_of(me)),
        by_state=state.offered() is not None,
    )
