"""The first page of the desk: the next task first; and one's own account."""

from django.http import HttpRequest, HttpResponse

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.workspace import acting
from soyol.workspace.respond import page
from soyol.workspace.start.tasks import tasks


@door(permission=Permission.SEE_DESK)
def start(request: HttpRequest) -> HttpResponse:
    """What waits for this account, most pressing first."""
    return page(request, "workspace/start/start.html", {"tasks": tasks(request)})


@door(permission=Permission.SEE_DESK)
def me(request: HttpRequest) -> HttpResponse:
    """One's own account: what it may do, where, until when, and how it signs in."""
    mine = acting.account(request)
    context = {
        "standings": accounts.standings(accounts.current_grants(mine).select_related("unit", "body")),
        "lacks_second_factor": accounts.lacks_second_factor(mine),
    }
    return page(request, "workspace/start/me.html", context)
