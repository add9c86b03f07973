"""Plain bytes on disk while they are read: without a name where the system allows, so that a kill leaves nothing.

Linux keeps a file without a name as long as somebody has it open and reaches it by its descriptor. Elsewhere the file
has a name and a lock that dies with its process; ``sweep`` takes away what nobody holds.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

DESCRIPTORS = Path("/proc/self/fd")


def folder() -> Path:
    """Where plain files are while they are read."""
    return Path(settings.SOYOL_DATA) / "reading"


@contextmanager
def written(pieces: Iterable[bytes]) -> Iterator[Path]:
    """A file of ``pieces``, readable by this user alone and by this process's children; gone when the block ends."""
    place = folder()
    place.mkdir(mode=0o700, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=place)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            if DESCRIPTORS.exists():
                path.unlink()  # before the first plain byte is in it
                path = Path(f"/proc/{os.getpid()}/fd/{stream.fileno()}")
            stream.writelines(pieces)
            stream.flush()
            yield path
    finally:
        Path(name).unlink(missing_ok=True)


def sweep() -> int:
    """Take away plain files that nobody reads any more, as a killed process leaves them; their number."""
    swept = 0
    for path in folder().glob("*"):
        # Another worker may sweep at the same moment.
        with suppress(FileNotFoundError), path.open("rb") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            path.unlink()
            swept += 1
    return swept
