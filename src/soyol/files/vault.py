"""Bytes on disk: written beside, synced, moved into place; afterwards at most sealed anew or taken away as a whole."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from soyol.fields.keys import ring

PIECE = 1 << 20


class NoRoom(Exception):
    """The disk is full (or its quota is): nothing was kept."""


def folder() -> Path:
    """Where the vault is."""
    return Path(settings.SOYOL_DATA) / "files"


def write(place: str, content: BinaryIO, *, context: str | None) -> tuple[int, str]:
    """Write a stream under ``place``, sealed for ``context`` unless that is None; size and SHA-256 of the plain bytes.

    Constant memory. When this returns the bytes are on disk; when it raises nothing is left. Raises NoRoom.
    """
    target = folder() / place
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _put(target, lambda to: _copy(content, to) if context is None else ring().seal_file(content, to, context))


def pieces(place: str, *, context: str | None) -> Iterator[bytes]:
    """The plain bytes in pieces; SealError when they were changed, cut or exchanged."""
    with (folder() / place).open("rb") as stream:
        if context is not None:
            yield from ring().open_file(stream, context)
            return
        while piece := stream.read(PIECE):
            yield piece


def reseal(place: str, *, context: str) -> bool:
    """Seal the bytes under ``place`` anew if they are under an older key; whether they were.

    What was sealed before stays until the new bytes are on disk. Raises SealError when they do not open,
    FileNotFoundError when there are none, NoRoom.
    """
    target = folder() / place
    with target.open("rb") as stream:
        if not ring().file_needs_resealing(stream):
            return False
        stream.seek(0)
        _put(target, lambda to: ring().reseal_file(stream, to, context))
    return True


def remove(place: str) -> bool:
    """Take the bytes under ``place`` away; whether there were any."""
    target = folder() / place
    try:
        target.unlink()
    except FileNotFoundError:
        return False
    _sync_folder(target.parent)
    return True


def _put(target: Path, fill: Callable[[BinaryIO], tuple[int, str]]) -> tuple[int, str]:
    beside = target.with_name(f"{target.name}.part")
    try:
        with _new_file(beside) as stream:
            told = fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
        beside.rename(target)
        _sync_folder(target.parent)
    except OSError as fault:
        if fault.errno in (28, 122):  # ENOSPC, EDQUOT
            raise NoRoom from fault
        raise
    finally:
        beside.unlink(missing_ok=True)
    return told


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        yield stream


def _copy(content: BinaryIO, to: BinaryIO) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while piece := content.read(PIECE):
        digest.update(piece)
        size += len(piece)
        to.write(piece)
    return size, digest.hexdigest()


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
