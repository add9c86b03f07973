"""What a visitor is told when the database could not be had in time: come again in a moment, and nothing was saved.

A writer may wait in vain for another one (SQLite has one at a time; PostgreSQL has limits on waiting and on the
length of a statement). That is no fault of the site, so it is answered as 503 with the seconds until another try.
"""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

#: Seconds after which another try is likely to succeed.
AGAIN_AFTER = 10
#: PostgreSQL's codes for: lock not had in time, statement too long, deadlock, could not be serialised, starting or
#: stopping, too many connections, connection lost (https://www.postgresql.org/docs/current/errcodes-appendix.html).
TRANSIENT = frozenset({"55P03", "57014", "40P01", "40001", "57P01", "57P03", "53300", "08000", "08003", "08006"})
#: What SQLite says when another connection holds the lock.
LOCKED = ("database is locked", "database table is locked")


def is_busy(error: BaseException | None) -> bool:
    """Whether ``error`` says that the database was busy, not that something is wrong."""
    if not isinstance(error, OperationalError):
        return False
    return getattr(error.__cause__, "sqlstate", None) in TRANSIENT or str(error).startswith(LOCKED)


def failed(request: HttpRequest) -> HttpResponse:
    """The answer to a request that raised: 503 when the database was busy, else 500."""
    if not is_busy(sys.exc_info()[1]):
        return server_error(request)
    answer = render(None, "503.html", status=503)
    answer["Retry-After"] = str(AGAIN_AFTER)
    answer["Cache-Control"] = "no-store"
    return answer
