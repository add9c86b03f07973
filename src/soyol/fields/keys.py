"""The key ring of this instance, in every process that works for it.

A process reads the ring when it starts. Another one may add a key while it runs, so it looks at the file again every
few seconds: a new key seals everywhere soon after it was added, and nobody has to start the site anew.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from soyol.lib.sealing import KeyRing, SealError

#: Seconds after which a process looks again. Whoever adds a key waits longer before they rely on it.
LOOK_AGAIN = 5.0


@dataclass(frozen=True, slots=True)
class _Known:
    ring: KeyRing
    #: Which file it was read from (replaced in one step, so another ring is another file), and when that was looked at.
    file: tuple[int, int] | None
    looked_at: float


_known: _Known | None = None


def ring() -> KeyRing:
    """The key ring of this instance, at most ``LOOK_AGAIN`` seconds old."""
    known = _known
    if known is None or time.monotonic() - known.looked_at >= LOOK_AGAIN:
        known = _look_again(known)
    return known.ring


def add_key() -> KeyRing:
    """Add a key to the ring; it seals from now on, here at once and elsewhere after ``LOOK_AGAIN`` seconds."""
    path = _path()
    KeyRing.load(path).rotated().save(path)
    return _look_again(None).ring


def _path() -> Path:
    path: Path = settings.SOYOL_KEYS
    return path


def _look_again(before: _Known | None) -> _Known:
    global _known  # noqa: PLW0603 - one ring for each process
    read, file = before.ring if before else settings.SOYOL_KEY_RING, before.file if before else None
    try:
        told = _path().stat()
        if file != (told.st_ino, told.st_mtime_ns):
            read, file = KeyRing.load(_path()), (told.st_ino, told.st_mtime_ns)
    except (OSError, SealError):
        # The ring in memory opens all that there is. A file that was taken away is told of by the next start.
        pass
    _known = _Known(read, file, time.monotonic())
    return _known
