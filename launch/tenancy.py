"""One site to a data folder: two would take each other's work, and the second would migrate under the first."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch import say

NAME = "up.lock"


@contextmanager
def held(data: Path, address: str) -> Iterator[int]:
    """Hold ``data`` for the site at ``address``; gives the descriptor that its processes must inherit.

    The lock belongs to the open file, so it holds as long as one of them lives, also when the launcher was killed.
    """
    descriptor = os.open(data / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            where = os.read(descriptor, 200).decode(errors="replace").strip()
            raise say.Stopped(
                f"a site already runs on the data folder {data}{f', at {where}' if where else ''}.",
                "Use that one, stop it first, or give this one its own:  ./soyol up --data DIR",
                code=3,
            ) from taken
        os.ftruncate(descriptor, 0)
        os.write(descriptor, address.encode())
        yield descriptor
    finally:
        os.close(descriptor)
