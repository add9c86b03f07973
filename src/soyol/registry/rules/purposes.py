"""Purposes that somebody agrees to or not, and what holds where nobody chose."""

import hashlib
import json
from collections.abc import Mapping

from soyol.registry.choices import ActorKind, Purpose

#: Purposes that can be chosen, by kind. What bodies do is public by law, and so is the open file of them.
CHOICES: dict[str, tuple[Purpose, ...]] = {
    ActorKind.PERSON: tuple(Purpose),
    ActorKind.GROUP: tuple(Purpose),
    ActorKind.ORGANISATION: (Purpose.CALLS,),
}
#: Where nobody chose: figures count everybody and name nobody; nothing else is done unasked.
_UNASKED = {Purpose.STATISTICS: True}


def may_choose(kind: str, purpose: str) -> bool:
    """Whether the purpose is a choice of actors of ``kind``."""
    return purpose in CHOICES.get(kind, ())


def holds(purpose: Purpose, kind: str, *, chosen: bool | None) -> bool:
    """Whether an actor of ``kind`` takes part in ``purpose``; ``chosen``: their own choice, if there is one.

    Not asked for a profile without a choice: there the lists say it, row by row.
    """
    if not may_choose(kind, purpose):
        return True
    return _UNASKED.get(purpose, False) if chosen is None else chosen


def words_digest(texts: Mapping[str, str]) -> str:
    """SHA-256 of the words of a purpose in all languages, as it is kept with each version."""
    return hashlib.sha256(json.dumps(dict(texts), ensure_ascii=False, sort_keys=True).encode()).hexdigest()
