"""Reading files out of the vault. Whoever calls has checked that the reader may see the record the file belongs to."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from soyol.files import plain, vault
from soyol.files.models import StoredFile


class Damaged(Exception):
    """The bytes on disk are not those that were received."""


class Forgotten(Exception):
    """The file was taken away for good."""


def plain_pieces(stored: StoredFile) -> Iterator[bytes]:
    """The file as received, in pieces, checked against its SHA-256 at the end; Damaged or SealError when it differs.

    Raises Forgotten where its bytes were taken away.
    """
    if stored.forgotten_at is not None:
        raise Forgotten(f"file {stored.pk} was forgotten on {stored.forgotten_at:%Y-%m-%d}")
    digest = hashlib.sha256()
    for piece in vault.pieces(stored.place, context=stored.context if stored.personal else None):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != stored.sha256:
        raise Damaged(f"file {stored.pk} is not what was received: restore it from a backup")


@contextmanager
def open_plain(stored: StoredFile) -> Iterator[BinaryIO]:
    """The whole file as received, checked, open for reading from its beginning; gone when the block ends."""
    with plain_path(stored) as path, path.open("rb") as stream:
        yield stream


@contextmanager
def plain_path(stored: StoredFile) -> Iterator[Path]:
    """The whole file as received, checked, at a path that is gone when the block ends or the process does.

    The path says nothing of the file's name, and resolving it leads nowhere: it is for opening.
    """
    with plain.written(plain_pieces(stored)) as path:
        yield path
