"""A folder for plain rows while a file is read: only ours to open, and gone when the work ends."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

#: Folders older than this were left by a killed process; no work on one file takes so long.
FORGOTTEN_SECONDS = 24 * 3600


@contextmanager
def workroom() -> Iterator[Path]:
    """A new folder of mode 0700 under the instance's data; removed at the end, also of what a killed process left."""
    place = Path(settings.SOYOL_DATA) / "work"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(place)
    room = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=place))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _sweep(place: Path) -> None:
    for room in place.iterdir():
        pid = room.name.split("-", 1)[0]
        gone = pid.isdigit() and not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists()
        if gone or time.time() - room.stat().st_mtime > FORGOTTEN_SECONDS:
            shutil.rmtree(room, ignore_errors=True)
