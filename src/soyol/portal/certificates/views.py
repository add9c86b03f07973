"""Checking a certificate: by the QR code of a sheet, or by number and code typed from it."""

from collections.abc import Mapping
from typing import Any

from allauth.core.internal import ratelimit  # its public face counts no GET, and a QR code is one
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from soyol.accounts.doors import door
from soyol.certificates import queries
from soyol.certificates.models import Certificate
from soyol.portal.certificates import words
from soyol.portal.certificates.forms import CheckForm
from soyol.ui import respond

#: What is counted: tries that found nothing. Whoever checks real sheets may check as many as they have.
MISSED = "certificate_missed"


@door(public=True)
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Number and code, for those without a camera. A wrong number and a wrong code are answered alike."""
    if request.method != "POST":
        return _page(request, "portal/certificates/check.html", {"form": CheckForm()})
    if not _may_try(request, dry_run=True):
        return _page(request, "portal/certificates/slow.html", status=429)
    form = CheckForm(request.POST)
    if form.is_valid():
        found = queries.by_code(form.cleaned_data["number"], form.cleaned_data["code"])
        if found is not None:
            return redirect("portal:certificate", token=found.token)
        _may_try(request)
        form.add_error(None, _("There is no certificate with this number and this code. Look at the sheet again."))
    return _page(request, "portal/certificates/check.html", {"form": form}, status=422)


@door(public=True)
@never_cache
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """How the certificate behind a QR code stands today; whatever is no secret of one is answered by the same 404."""
    answer = _answer(request, token)
    answer["Referrer-Policy"] = "no-referrer"  # the address is the secret; a form would be refused without one
    return answer


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    if not _may_try(request, dry_run=True):
        return _page(request, "portal/certificates/slow.html", status=429)
    found = queries.by_token(token)
    if found is None:
        _may_try(request)
        return _page(request, "portal/certificates/unknown.html", status=404)
    return _page(request, "portal/certificates/certificate.html", _told(found))


def _told(found: Certificate) -> dict[str, Any]:
    [shown] = queries.shown([found])
    return {
        "certificate": found,
        "verdict": words.verdict(shown),
        "lines": words.lines(shown),
        "leads_to": words.leads_to(shown),
        "invented": shown.facts.get("invented"),
    }


def _may_try(request: HttpRequest, *, dry_run: bool = False) -> bool:
    """Count a try that found nothing; with ``dry_run`` only ask whether one more would be too many."""
    usage = ratelimit.consume(request, app="allauth.account", action=MISSED, dry_run=dry_run, limit_get=True)
    return usage is not None


def _page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page that no search engine finds."""
    answer = respond.page(request, template, context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
