"""What wraps every request of the site."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from config import logs

log = logging.getLogger("soyol.requests")


class RequestNumber:
    """Give each request a number, tell it in the answer, and write one line when it was answered.

    The line names the route, not the address: an address may hold a search for a person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        number = secrets.token_hex(6)
        # Never reset: Django writes its own line about a refusal after this middleware; the next request sets anew.
        logs.request_number.set(number)
        request.request_number = number  # type: ignore[attr-defined]
        started = time.monotonic()
        response = self.get_response(request)
        response["X-Request-ID"] = number
        match = request.resolver_match
        log.info(
            "answered",
            extra={
                "event": "request",
                "status": response.status_code,
                "route": match.route if match else "",
                "seconds": round(time.monotonic() - started, 4),
            },
        )
        return response


class NoNulInAddress:
    """Take the sign NUL out of the address: it means nothing to anybody, and PostgreSQL refuses it in text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Clean it before anything reads it; the query is parsed at its first use."""
        request.path, request.path_info = request.path.replace("\0", ""), request.path_info.replace("\0", "")
        asked = request.META.get("QUERY_STRING", "")
        while "%00" in asked or "\0" in asked:  # again, for what is left may be one: %0%000
            asked = asked.replace("%00", "").replace("\0", "")
        request.META["QUERY_STRING"] = asked
        return self.get_response(request)
