"""The first page, the pages about the registry itself, and the language switch."""

from operator import itemgetter

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from soyol.accounts.doors import door
from soyol.portal.registry import figures
from soyol.protection.queries import table
from soyol.registry import queries
from soyol.ui.respond import page

#: How many lists "what is new" names.
NEWS = 5


@door(public=True)
def home(request: HttpRequest) -> HttpResponse:
    """One sentence, one search box, the map, four doors, what is new."""
    lines = queries.source_list(public_only=True)
    lists = [line for line in lines if line.records and not line.is_hand]
    received = [(line.last_received, line) for line in lists if line.last_received is not None]
    newest = sorted(received, key=itemgetter(0), reverse=True)
    context = {
        "figure": figures.country(request.GET.get("figure", "")),
        "doors": figures.area_doors(),
        "counts": queries.home_counts(public_only=True),
        "news": [line for _received, line in newest[:NEWS]],
    }
    return page(request, "portal/pages/home.html", context, parts=("country",))


@door(public=True)
def about(request: HttpRequest) -> HttpResponse:
    """What the registry is, who keeps it and how a value gets into it."""
    return page(request, "portal/pages/about.html", {"counts": queries.home_counts(public_only=True)})


@door(public=True)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held about people, what is shown, how long it is kept, and what they may ask for."""
    return page(request, "portal/pages/privacy.html", {"kept": [line for line in table() if line.row.is_personal]})


@door(public=True)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the pages meet the accessibility rules and where to complain."""
    return page(request, "portal/pages/accessibility.html")


@door(public=True)
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the reader's language in a cookie and go back to the page they came from."""
    if code not in dict(settings.LANGUAGES):
        raise Http404(_("There is no such language here."))
    there = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        there = "/"
    response = HttpResponseRedirect(there)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response
