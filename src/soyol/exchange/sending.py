"""One POST to a register: certificates checked, no redirect followed, neither a slow nor an endless answer waited for.

Tried twice at most, and only where nothing can have been answered the first time: what came too late is not asked
again, for each question is a look at somebody.
"""

import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from time import sleep
from typing import Any

from soyol.exchange.register import Misconfigured, Unreachable, WrongAnswer
from soyol.lib import fetching

#: Seconds before the second try.
PAUSE_SECONDS = 1.0
#: What a server in front of the register says while the register itself is away.
AWAY = frozenset({502, 503, 504})


class _Again(Exception):
    """Nothing was answered, so it may be tried again."""


def post(address: str, body: bytes, headers: Mapping[str, str], *, certificates: str = "") -> bytes:
    """What ``address`` answers to ``body``. ``certificates``: a PEM file that is trusted instead of the system's.

    Raises Unreachable, WrongAnswer or Misconfigured, whose texts hold nothing of what was sent.
    """
    trusting = urllib.request.HTTPSHandler(context=_trusting(certificates))
    opener = fetching.opener(urllib.request.ProxyHandler({}), trusting)
    request = urllib.request.Request(address, data=body, headers=dict(headers), method="POST")  # noqa: S310 - settings allow https, or http to this machine
    try:
        return _once(opener, request)
    except _Again:
        sleep(PAUSE_SECONDS)
    try:
        return _once(opener, request)
    except _Again as failed:
        raise Unreachable(str(failed)) from None


def _trusting(certificates: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=certificates or None)
    except OSError as failed:  # no file, or no certificate in it
        raise Misconfigured(type(failed).__name__) from None


def _once(opener: urllib.request.OpenerDirector, request: urllib.request.Request) -> bytes:
    until = fetching.deadline()
    try:
        with opener.open(request, timeout=fetching.STEP_SECONDS) as answer:
            return _read(answer, until)
    except urllib.error.HTTPError as refused:
        return _refused(refused, until)
    except urllib.error.URLError as failed:
        raise _of(failed.reason) from None
    except (OSError, http.client.HTTPException) as failed:  # while it answered
        raise Unreachable(type(failed).__name__) from None


def _of(reason: object) -> Exception:
    """Why no connection came about: what is wrong by certificate stays wrong, and what was slow was perhaps heard."""
    name = type(reason).__name__
    return Unreachable(name) if isinstance(reason, ssl.SSLError | TimeoutError) else _Again(name)


def _refused(refused: urllib.error.HTTPError, until: float) -> bytes:
    """A fault of SOAP comes with status 500 and says more than the status."""
    with refused:
        if refused.code in AWAY:
            raise _Again(f"status {refused.code}")
        body = _read(refused, until) if refused.code == 500 else b""
        if not body.lstrip().startswith(b"<"):
            raise WrongAnswer(f"status {refused.code}")
        return body


def _read(answer: Any, until: float) -> bytes:
    try:
        return fetching.read(answer, until)
    except fetching.TooLarge:
        raise WrongAnswer("too large") from None
    except fetching.TooSlow:
        raise Unreachable("too slow") from None
