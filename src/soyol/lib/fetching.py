"""Answers over HTTP that have an end: no redirect is followed, and neither a slow nor an endless one holds us."""

import time
import urllib.request
from typing import Any

#: Seconds for one step of the connection, and for the whole answer.
STEP_SECONDS = 10
WHOLE_SECONDS = 20
#: Bytes of an answer: a citizen's card comes with a photograph.
MOST_BYTES = 5_000_000
_PIECE = 65_536


class TooSlow(TimeoutError):
    """The whole answer took longer than ``WHOLE_SECONDS``."""


class TooLarge(ValueError):
    """The answer has more than ``MOST_BYTES``."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry what was sent to where nobody decided to send it."""

    def redirect_request(self, *_asked: Any, **_more: Any) -> None:
        """Never; the answer counts as it is, which is wrong."""


def opener(*handlers: Any) -> urllib.request.OpenerDirector:
    """Opens addresses, and follows no redirect. Its ``open`` takes ``timeout=fetching.STEP_SECONDS``."""
    return urllib.request.build_opener(_NoRedirect, *handlers)


def deadline() -> float:
    """When an answer that is asked for now must be whole, on the monotonic clock."""
    return time.monotonic() + WHOLE_SECONDS


def read(answer: Any, until: float) -> bytes:
    """The bytes of an open answer. Raises TooLarge, and TooSlow after ``until`` (see ``deadline``)."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            raise TooLarge
        if time.monotonic() > until:
            raise TooSlow
        pieces.append(piece)
    return b"".join(pieces)
