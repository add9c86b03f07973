"""Sessions end in time, and nobody passes a view that has not declared a door for them."""

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from soyol.accounts import queries, rules
from soyol.accounts.doors import door_of
from soyol.fields import reach

log = logging.getLogger("soyol.doors")
Answer = Callable[[HttpRequest], HttpResponseBase]

#: What the site answers at all; whatever else is asked for gets the same refusal from every address and for everybody.
METHODS = ("GET", "HEAD", "POST")
#: A session is written at most this often (seconds) to remember that it is in use.
MARK_EVERY = 60


class SessionLimits:
    """End a session some hours after it began, and sooner when nobody used it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, signed out where the time is over."""
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault("began", now)
            used = request.session.setdefault("used", now)
            if now - began > settings.SESSION_ABSOLUTE_SECONDS or now - used > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - used > MARK_EVERY:
                request.session["used"] = now
        return self.get_response(request)


class Doors:
    """Deny by default: look at the door of the view that was found, before it runs."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; the judging happens in ``process_view``. What an account was shown nobody keeps."""
        with reach.closed(), queries.asked_once():
            answer = self.get_response(request)
            if isinstance(answer, StreamingHttpResponse):
                answer.streaming_content = reach.carried(cast(Iterator[bytes], answer.streaming_content))
        if request.user.is_authenticated:
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the view run."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        found = door_of(view)
        if found is None:
            match = request.resolver_match
            log.error("a view without a door was asked for", extra={"route": match.route if match else ""})
            raise Http404
        if found.public:
            reach.let(reach.Who.PUBLIC)
            return None
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        if found.second_factor and queries.lacks_second_factor(request.user):
            messages.info(
                request, _("Your account can see data of persons: set up a passkey or an authenticator app first.")
            )
            return _go(request, redirect("mfa_index"))
        if found.permissions and not any(queries.may(request.user, wanted) for wanted in found.permissions):
            raise PermissionDenied
        reach.let(reach.Who.OFFICER if found.permissions else reach.Who.PERSON)
        if found.permissions and found.permissions <= rules.WHOLE:
            reach.narrow()
        return None


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    # A part of a page that htmx asked for cannot show a sign-in page: come back to the page it was asked from.
    there = request.get_full_path() if request.headers.get("HX-Request") != "true" else "/desk/"
    return _go(request, redirect_to_login(there))


def _go(request: HttpRequest, redirection: HttpResponseBase) -> HttpResponseBase:
    """The redirection, or for htmx the header that makes the whole page go there."""
    if request.headers.get("HX-Request") != "true":
        return redirection
    return HttpResponse(status=204, headers={"HX-Redirect": redirection["Location"]})
