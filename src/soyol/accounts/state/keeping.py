"""What a session keeps of a proof: the way there, which works once, and then who was proven, sealed."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils import timezone

from soyol.accounts.state.proof import Forged, Proven
from soyol.fields.keys import ring
from soyol.lib.sealing import SealError

if TYPE_CHECKING:
    from django.http import HttpRequest

#: Seconds that a proof may take, and that it counts afterwards.
WAY_SECONDS = 15 * 60
PROOF_SECONDS = 15 * 60
_WAY = "state_way"
_PROOF = "state_proof"


def begin(request: "HttpRequest", *, provider: str, there: str) -> str:
    """Note that a proof was begun in this session, to go on to ``there``; returns the ``state`` to send along."""
    state = secrets.token_urlsafe(32)
    way = {"digest": _digest(state), "at": int(time.time()), "provider": provider, "there": there}
    request.session[_WAY] = {**way, "user": str(request.user.pk)}
    return state


def end(request: "HttpRequest", *, provider: str, state: str) -> str:
    """Where to go on to, for the ``state`` that came back; works once. Raises Forged.

    The state must be the last that this session began, for this account, with this provider, not long ago.
    """
    way = request.session.get(_WAY)
    if not isinstance(way, dict) or not hmac.compare_digest(str(way.get("digest")), _digest(state)):
        raise Forged("another state")  # the way stays: whoever sends a wrong one ends nobody's proof
    del request.session[_WAY]
    mine = (way["provider"], way["user"]) == (provider, str(request.user.pk))
    if not mine or not 0 <= time.time() - way["at"] <= WAY_SECONDS:
        raise Forged("too old, or somebody else's")
    # Two requests at once read the same session: the shared cache lets one of them pass.
    if not cache.add(f"state_way:{way['digest']}", True, WAY_SECONDS):
        raise Forged("came back before")
    return str(way["there"])


def keep(request: "HttpRequest", proof: Proven) -> None:
    """Keep who was proven, sealed for this account, in the session."""
    plain = json.dumps(asdict(proof), default=_iso, ensure_ascii=False).encode()
    request.session[_PROOF] = base64.b64encode(ring().seal(plain, _context(request))).decode()


def proven(request: "HttpRequest") -> Proven | None:
    """Who the signed-in person proved to be in the last quarter of an hour, or None."""
    kept = request.session.get(_PROOF)
    if not isinstance(kept, str) or not request.user.is_authenticated:
        return None
    try:
        told = json.loads(ring().open(base64.b64decode(kept), _context(request)))
    except (SealError, ValueError):  # of another account, or of a key that is gone
        forget(request)
        return None
    proof = _opened(told)
    if not timedelta(0) <= timezone.now() - proof.at <= timedelta(seconds=PROOF_SECONDS):
        forget(request)
        return None
    return proof


def forget(request: "HttpRequest") -> None:
    """Forget who was proven: a claim was made with it, or it will not be."""
    request.session.pop(_PROOF, None)


def _opened(told: dict[str, Any]) -> Proven:
    born = told["birth_date"]
    days = {"birth_date": date.fromisoformat(born) if born else None, "at": datetime.fromisoformat(told["at"])}
    return Proven(**{**told, **days})


def _context(request: "HttpRequest") -> str:
    return f"accounts.state.proof:{request.user.pk}"


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _iso(day: date | datetime) -> str:
    return day.isoformat()
