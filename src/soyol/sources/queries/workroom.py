"""A folder for plain rows while a file is read: only ours to open, and gone when the work ends."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

#: Folders older than this were left by a killed process; no work on one file takes so long.
FORGOTTEN_SECONDS = 24 * 3600


@contextmanager
def workroom() -> Iterator[Path]:
    """A new folder of mode 0700 under the instance's data; removed at the end, also of what a killed process left."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep()
    room = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=place))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def folder() -> Path:
    """Where the workrooms are."""
    return Path(settings.SOYOL_DATA) / "work"


def sweep() -> None:
    """Take away the rooms that killed processes left; a worker does so before its first work."""
    for room in folder().glob("*"):
        pid = room.name.split("-", 1)[0]
        gone = pid.isdigit() and not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists()
        with suppress(FileNotFoundError):  # its work has ended meanwhile
            if gone or time.time() - room.stat().st_mtime > FORGOTTEN_SECONDS:
                shutil.rmtree(room, ignore_errors=True)
