"""Two answers for whoever watches the site: "I am alive" and "I can work"."""

import os
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from soyol.accounts.doors import door


@door(public=True)
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


@door(public=True)
def ready(request: HttpRequest) -> HttpResponse:
    """200, or 503 naming the part that fails."""
    failing = [name for name, works in PARTS.items() if not _works(works)]
    return JsonResponse({"ready": not failing, "failing": failing}, status=503 if failing else 200)


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _files() -> bool:
    return os.access(settings.SOYOL_DATA, os.W_OK)


PARTS: dict[str, Callable[[], bool]] = {"database": _database, "files": _files}


def _works(part: Callable[[], bool]) -> bool:
    # Whatever went wrong, the answer is the same: this part fails; the reason goes to no stranger.
    with suppress(Exception):
        return part()
    return False
