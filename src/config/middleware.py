"""What wraps every request of the site."""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve

from config import logs
from soyol.accounts import queries as accounts
from soyol.accounts.doors import door_of
from soyol.files.rules import DOCUMENT_BYTES
from soyol.rights.rules import MOST_FILES

log = logging.getLogger("soyol.requests")
#: What anybody who is signed in may send at once: as many documents as prove a correction.
DOCUMENTS = DOCUMENT_BYTES * MOST_FILES


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


class NoFlood:
    """Refuse, before anything of it is read, a body that is larger than whoever sends it may send, or of no told size.

    Strangers fill in forms; people who are signed in send documents and pictures; lists come from those who may import
    them, and only through a door for large files. Django's own limit leaves files out, and parses what comes with them
    before it knows whether the door is open.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 411 or 413, or go on."""
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return HttpResponse("The size of the body has to be told.", "text/plain", status=411)
        told = request.META.get("CONTENT_LENGTH") or "0"
        size = int(told) if told.isdecimal() else 0
        if size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        most = self._most(request)
        return self.get_response(request) if size <= most else self._too_large(most)

    @staticmethod
    def _most(request: HttpRequest) -> int:
        """Bytes that this one may send to this address, with what a form puts around a file."""
        around: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if SESSION_KEY not in request.session:
            return around
        large: int = settings.SOYOL_UPLOAD_BYTES if _brings_lists(request) else DOCUMENTS
        return large + around

    @staticmethod
    def _too_large(most: int) -> HttpResponseBase:
        """The page of the fault; the rest of the body is not read."""
        return render(None, "413.html", {"most": most}, status=413)


def _brings_lists(request: HttpRequest) -> bool:
    try:
        found = door_of(resolve(request.path_info).func)
    except Resolver404:
        return False
    if found is None or not found.large_files:
        return False
    who = get_user(request)
    return who.is_authenticated and any(accounts.may(who, wanted) for wanted in found.permissions)


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
