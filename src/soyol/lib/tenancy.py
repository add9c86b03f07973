"""Who is in a data folder: many processes of one site, or one that changes it as a whole and must be alone.

The locks belong to open files, so they are gone with the process, however it ends.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

#: Held by './soyol up' as long as it or one of its processes lives (launch/tenancy.py).
SITE = "up.lock"
#: Held together by every process of a site, whoever started it.
PROCESS = "in-use.lock"


class Occupied(Exception):
    """Somebody else is in the folder in a way that keeps this one out; ``where`` says at which address, if known."""

    def __init__(self, place: Path, where: str = "") -> None:
        super().__init__(f"{place} is in use{f' at {where}' if where else ''}")
        self.place = place
        self.where = where


def enter(place: Path) -> int:
    """Say that this process uses ``place`` until it ends; Occupied while another one must be alone there."""
    descriptor = os.open(place / PROCESS, os.O_RDWR | os.O_CREAT, 0o600)
    _lock(descriptor, fcntl.LOCK_SH, place)
    return descriptor


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Be the only one in ``place``; Occupied when a site or another process is there."""
    with ExitStack() as stack:
        for name in (SITE, PROCESS):
            descriptor = os.open(place / name, os.O_RDWR | os.O_CREAT, 0o600)
            stack.callback(os.close, descriptor)
            _lock(descriptor, fcntl.LOCK_EX, place)
        yield


def is_held(path: Path) -> bool:
    """Whether a living process holds the file or folder ``path``."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a file or folder, so that nobody takes it for one that a killed process left."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int, place: Path) -> None:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        raise Occupied(place, os.read(descriptor, 200).decode(errors="replace").strip()) from taken
