"""Asking a provider over HTTP: no redirect is followed, and neither a slow nor an endless answer holds us."""

import http.client
import json
import time
import urllib.error
import urllib.request
from typing import Any

from soyol.accounts.state.proof import TimedOut, WrongAnswer

#: Seconds for one step of the connection, and for the whole answer.
STEP_SECONDS = 10
WHOLE_SECONDS = 20
#: Bytes of an answer: a citizen's card comes with a photograph.
MOST_BYTES = 5_000_000
_PIECE = 65_536


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the secret to where nobody decided to send it."""

    def redirect_request(self, *_asked: Any, **_more: Any) -> None:
        """Never; the answer counts as it is, which is wrong."""


_OPENER = urllib.request.build_opener(_NoRedirect)


def ask(address: str, *, form: bytes | None = None, headers: dict[str, str]) -> Any:
    """The JSON that ``address`` answers; POST with a ``form``.

    Raises TimedOut or WrongAnswer, whose texts hold nothing of it.
    """
    request = urllib.request.Request(address, data=form, headers={"Accept": "application/json", **headers})  # noqa: S310 - settings allow https, or http to this machine
    until = time.monotonic() + WHOLE_SECONDS
    try:
        with _OPENER.open(request, timeout=STEP_SECONDS) as answer:
            return json.loads(_read(answer, until))
    except urllib.error.HTTPError as refused:
        raise WrongAnswer(f"status {refused.code}") from None
    except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as failed:
        raise TimedOut(type(failed).__name__) from None
    except ValueError:  # no JSON, or no text at all
        raise WrongAnswer("no JSON") from None


def _read(answer: Any, until: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            raise WrongAnswer("too large")
        if time.monotonic() > until:
            raise TimedOut("too slow")
        pieces.append(piece)
    return b"".join(pieces)
