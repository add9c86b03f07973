"""The list of who was erased, beside the database: numbers, times and how far, and nothing else.

A backup that was made before holds whoever was erased after it. The list outlives it: each line is on disk before the
erasure begins, and what it names is erased again after a restore.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

NAME = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure: public numbers, the account that went too (0: none), when it was decided."""

    at: str
    numbers: tuple[str, ...]
    account: int = 0


def path() -> Path:
    """Where the list is."""
    return Path(settings.SOYOL_DATA) / NAME


def erasures() -> list[Erasure]:
    """Everybody who was erased, in that order."""
    if not path().exists():
        return []
    lines = path().read_text(encoding="utf-8").splitlines()
    return [_told(line) for line in lines if line.strip()]


def _told(line: str) -> Erasure:
    told = json.loads(line)
    return Erasure(str(told["at"]), tuple(map(str, told["numbers"])), int(told.get("account", 0)))


def add(at: str, numbers: Sequence[str], account: int) -> None:
    """Write one line, once; it is on disk when this returns."""
    made = Erasure(at, tuple(numbers), account)
    if made in erasures():
        return
    descriptor = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a") as stream:
        stream.write(json.dumps(asdict(made)) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
