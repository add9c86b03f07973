"""Room for a few browsers at once, over all processes of a site: each takes a hundred megabytes and a core."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

#: Browsers that print at the same time, and seconds that a further one waits for room.
SLOTS = 2
PATIENCE = 5.0
_AGAIN = 0.1


@contextmanager
def slot() -> Iterator[bool]:
    """Whether there is room; it is held until the end of the block. A process that dies gives its room back."""
    folder = settings.SOYOL_DATA / "printing"
    folder.mkdir(mode=0o700, exist_ok=True)
    until = time.monotonic() + PATIENCE
    held = _try(folder)
    while held is None and time.monotonic() < until:
        time.sleep(_AGAIN)
        held = _try(folder)
    try:
        yield held is not None
    finally:
        if held is not None:
            os.close(held)


def _try(folder: Path) -> int | None:
    for number in range(SLOTS):
        descriptor = os.open(folder / f"slot-{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return descriptor
    return None
