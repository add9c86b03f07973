"""Taking files in."""

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from soyol.audit import By
from soyol.audit.actions import record
from soyol.files import vault
from soyol.files.models import StoredFile
from soyol.files.rules import tidy_name


def keep(*, by: By, name: str, content: BinaryIO | Path, personal: bool) -> StoredFile:
    """Keep a file byte for byte, sealed when ``personal``; streams, in constant memory.

    The bytes are on disk before the row is written: a crash between the two leaves bytes without a row, never a
    row without bytes. Raises vault.NoRoom.
    """
    stored = StoredFile(name=tidy_name(name), personal=personal, kept_by=by.name)
    with ExitStack() as stack:
        stream = stack.enter_context(content.open("rb")) if isinstance(content, Path) else content
        stored.size, stored.sha256 = vault.write(stored.place, stream, context=stored.context if personal else None)
    with transaction.atomic():
        stored.save(force_insert=True)
        detail = {"size": stored.size, "sha256": stored.sha256}
        record(by, "files.file.keep", f"files.StoredFile:{stored.pk}", detail)
    return stored
