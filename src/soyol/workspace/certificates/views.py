"""Certificates at the desk: the list, the sheet, and issuing, renewing and revoking one."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.certificates import actions, queries
from soyol.certificates.choices import State
from soyol.certificates.models import Certificate
from soyol.certificates.printing import printed
from soyol.certificates.rules import Refused
from soyol.registry.queries import redirect_of
from soyol.workspace import looking, looks
from soyol.workspace.acting import by, registry_scope
from soyol.workspace.certificates.shown import lines
from soyol.workspace.registry.actor import found_entry, sought_entry
from soyol.workspace.respond import page

PER_PAGE = 50
#: What the list is narrowed to; the other states are known only when a certificate is opened.
NARROWED = (State.VALID, State.EXPIRED, State.REVOKED, State.REPLACED)
#: What a sheet shows of somebody.
PRINTED = ("domains", "name", "occupations", "unit")


def found_certificate(request: HttpRequest, number: str) -> Certificate:
    """The certificate with this number in the account's area; a foreign one is not there at all."""
    scope = registry_scope(request, Permission.ISSUE_CERTIFICATES)
    found = queries.visible(scope).filter(number=number).first()
    if found is None:
        raise Http404(_("There is no certificate with this number in your area."))
    return found


@door(permission=Permission.ISSUE_CERTIFICATES)
def certificates(request: HttpRequest) -> HttpResponse:
    """All certificates of the area, the newest first; whose they are is written down before it is answered."""
    visible = queries.visible(registry_scope(request, Permission.ISSUE_CERTIFICATES))
    state = request.GET.get("state", "")
    pages = Paginator(queries.narrowed(visible, state), PER_PAGE).get_page(request.GET.get("page"))
    looking.beside(request, {each.actor.number for each in pages}, looks.CERTIFICATES)
    context = {
        "lines": lines(pages),
        "pages": pages,
        "state": state if state in NARROWED else "",
        "states": [(each.value, each.label) for each in NARROWED],
    }
    return page(request, "workspace/certificates/certificates.html", context)


@door(permission=Permission.ISSUE_CERTIFICATES)
@never_cache
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet as a PDF; the look is written down before it is made."""
    found = found_certificate(request, number)
    with transaction.atomic():
        audit.looked(by(request), f"registry.Actor:{found.actor.number}", PRINTED, looks.SHEET)
    made = printed(found)
    answer = HttpResponse(made.content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=made.name)
    return answer


@door(permission=Permission.ISSUE_CERTIFICATES)
@require_POST
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """Issue a certificate of an entry that has none."""
    entry = found_entry(request, number, Permission.ISSUE_CERTIFICATES)
    said = _("The certificate %(number)s was issued. Take its sheet below.")
    return _done(request, number, said, lambda: actions.issue(by=by(request), actor=entry))


@door(permission=Permission.ISSUE_CERTIFICATES)
@require_POST
def renew(request: HttpRequest, number: str) -> HttpResponse:
    """A new certificate in the place of this one."""
    found = found_certificate(request, number)
    said = _("The certificate %(number)s was issued in the place of the former one. Take its sheet below.")
    return _done(request, found.actor.number, said, lambda: actions.renew(by=by(request), certificate=found))


@door(permission=Permission.ISSUE_CERTIFICATES)
@require_POST
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Say that a certificate counts no more, and why."""
    found = found_certificate(request, number)
    reason = request.POST.get("reason", "").replace("\0", "")[:500]
    said = _("The certificate %(number)s is revoked. Whoever checks it is told so from now on.")
    told = found.actor.number
    return _done(request, told, said, lambda: actions.revoke(by=by(request), certificate=found, reason=reason))


def _done(request: HttpRequest, actor: str, said: str, act: Callable[[], Certificate]) -> HttpResponse:
    """Do it, say what came of it, and go back to the entry, or to the one to which its number leads."""
    try:
        made = act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said % {"number": made.number})
    there = sought_entry(request, redirect_of(actor) or actor, Permission.SEE_REGISTRY)
    return redirect("desk:actor", number=there.number) if there else redirect("desk:certificates")
