"""The accounts in the reader's area as a workbook: a row for each role that somebody has or had."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from soyol.accounts import queries
from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.accounts.queries import Standing
from soyol.ui.templatetags.soyol_formats import day, yes_no
from soyol.workspace import acting
from soyol.workspace.workbooks import taken

STATES = {
    "coming": gettext_noop("begins later"),
    "current": gettext_noop("counts today"),
    "ended": gettext_noop("ended"),
    "over": gettext_noop("time is over"),
}


@door(permission=Permission.SEE_ACCOUNTS)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Everybody whom the page shows, and every role of theirs that the reader may see."""
    sheet = _("Accounts")
    return taken(request, "accounts", _rows(request), sheet=sheet, action="accounts.list.export", personal=True)


def _rows(request: HttpRequest) -> Iterator[list[str]]:
    yield [
        _("Name"), _("E-mail address"), _("May sign in"), _("Role"), _("Where"), _("For which body"), _("From"),
        _("To"), _("State"),
    ]  # fmt: skip
    for person in queries.officers(acting.account(request)):
        who = [person.name, person.email, yes_no(person.is_active)]
        standings = queries.standings(person.grants.all())
        yield from ([*who, *_role(standing)] for standing in standings)
        if not standings:
            yield [*who, _("No role yet.")]


def _role(standing: Standing) -> list[str]:
    grant = standing.grant
    return [
        grant.get_role_display(),
        grant.unit.names.best() if grant.unit else _("the whole country"),
        grant.body.names.best() if grant.body else _("any body"),
        day(grant.valid_from),
        day(grant.valid_to),
        _(STATES[standing.state]),
    ]
