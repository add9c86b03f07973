"""Room on disks: looked for beforehand, and told in words where it ends after all."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from soyol.backups.rules import Refused, readable

FULL_NUMBERS = (errno.ENOSPC, errno.EDQUOT)
#: How SQLite says it.
FULL_WORDS = "database or disk is full"


def refuse_small(needed: Mapping[Path, int], way_out: str) -> None:
    """Refused where one of the folders is on a disk that has less free than is needed."""
    for folder, size in needed.items():
        free = shutil.disk_usage(folder).free
        if free < size:
            why = f"the disk of {folder} has {readable(free)} free, and about {readable(size)} are needed."
            raise Refused(why, way_out)


def together(*needed: tuple[Path, int]) -> dict[Path, int]:
    """What is needed in each folder, with folders of one disk added up under the first of them."""
    found: dict[int, tuple[Path, int]] = {}
    for folder, size in needed:
        first, before = found.get(folder.stat().st_dev, (folder, 0))
        found[folder.stat().st_dev] = (first, before + size)
    return dict(found.values())


@contextmanager
def full_is_refused(folder: Path, way_out: str) -> Iterator[None]:
    """Say it in words when a disk fills up while something is written."""
    try:
        yield
    except (OSError, sqlite3.Error) as fault:
        if not (isinstance(fault, OSError) and fault.errno in FULL_NUMBERS) and FULL_WORDS not in str(fault):
            raise
        free = readable(shutil.disk_usage(folder).free)
        raise Refused(f"a disk filled up on the way ({free} free in {folder}).", way_out) from fault


def sync(folder: Path) -> None:
    """Let the disk keep which files are in ``folder``."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
