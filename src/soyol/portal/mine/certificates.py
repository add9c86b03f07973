"""A certificate of registration for whoever holds an entry: made when asked for, printed as often as wanted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.certificates import actions, queries
from soyol.certificates.printing import printed
from soyol.certificates.rules import Refused
from soyol.claims.choices import Capacity
from soyol.portal.mine.acting import account, found_held

#: Who asks for one: guardians and heirs turn to an officer.
BY_THEMSELVES = frozenset({Capacity.SELF, Capacity.REPRESENTATIVE})


@door(signed_in=True)
@require_POST
def certify(request: HttpRequest, number: str) -> HttpResponse:
    """Make a certificate of the entry, or a new one in the place of the one that there is."""
    held = found_held(request, number)
    if held.hold.capacity not in BY_THEMSELVES:
        raise Http404
    try:
        actions.issue(by=account(request).by, actor=held.actor, for_holder=True)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your certificate is ready. Print it, or show it on your telephone."))
    return redirect("portal:mine_entry", number=held.actor.number)


@door(signed_in=True)
@never_cache
def sheet(request: HttpRequest, number: str, certificate: str) -> HttpResponse:
    """The sheet as a PDF."""
    held = found_held(request, number)
    mine = {each.certificate.number: each.certificate for each in queries.certificates_of(held.actor)}
    if certificate not in mine:
        raise Http404(_("There is no certificate with this number for your entry."))
    made = printed(mine[certificate])
    answer = HttpResponse(made.content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=made.name)
    return answer
