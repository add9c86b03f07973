"""Asking a provider over HTTP for JSON."""

import http.client
import json
import urllib.error
import urllib.request
from typing import Any

from soyol.accounts.state.proof import TimedOut, WrongAnswer
from soyol.lib import fetching

_OPENER = fetching.opener()


def ask(address: str, *, form: bytes | None = None, headers: dict[str, str]) -> Any:
    """The JSON that ``address`` answers; POST with a ``form``.

    Raises TimedOut or WrongAnswer, whose texts hold nothing of it.
    """
    request = urllib.request.Request(address, data=form, headers={"Accept": "application/json", **headers})  # noqa: S310 - settings allow https, or http to this machine
    until = fetching.deadline()
    try:
        with _OPENER.open(request, timeout=fetching.STEP_SECONDS) as answer:
            return json.loads(fetching.read(answer, until))
    except urllib.error.HTTPError as refused:
        raise WrongAnswer(f"status {refused.code}") from None
    except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as failed:
        raise TimedOut(type(failed).__name__) from None
    except fetching.TooLarge:
        raise WrongAnswer("too large") from None
    except ValueError:  # no JSON, or no text at all
        raise WrongAnswer("no JSON") from None
