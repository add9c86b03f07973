"""What the links in letters open: they work by themselves, and looking at a page does nothing."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from soyol.accounts.doors import door
from soyol.letters import actions, queries
from soyol.letters.queries.asking import asking_for
from soyol.letters.rules import Refused
from soyol.ui import respond


@door(public=True)
@never_cache
@csrf_exempt  # mail programs post here by themselves (RFC 8058), without a page of ours; the link is the right
def end(request: HttpRequest, token: str) -> HttpResponse:
    """GET says what the button does, POST does it. Nothing tells whose link it is."""
    if queries.actor_behind(token) is None:
        return _page(request, "portal/letters/unknown.html", status=404)
    if request.method != "POST":
        return _page(request, "portal/letters/end.html")
    try:
        actions.end_letters(token=token, language=get_language() or "")
    except Refused:  # it became one with another entry, or was emptied, at this very moment
        return _page(request, "portal/letters/unknown.html", status=404)
    return _page(request, "portal/letters/ended.html")


@door(public=True)
@never_cache
def still(request: HttpRequest, token: str) -> HttpResponse:
    """Whether everything is still right: GET asks, POST says yes. Nothing of what is held is shown."""
    if asking_for(token) is None:
        return _page(request, "portal/letters/over.html", status=410)
    if request.method != "POST":
        return _page(request, "portal/letters/still.html", referrer="same-origin")
    try:
        actions.answer(token=token)
    except Refused:
        return _page(request, "portal/letters/over.html", status=410)
    return _page(request, "portal/letters/answered.html")


def _page(request: HttpRequest, template: str, *, status: int = 200, referrer: str = "no-referrer") -> HttpResponse:
    """A page that no search engine finds, and whose address no other site is told; a form needs it for our own."""
    answer = respond.page(request, template, {}, status=status)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = referrer
    return answer
