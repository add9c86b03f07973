"""Taking files in, and forgetting them."""

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

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


@transaction.atomic
def forget(*, by: By, stored: StoredFile) -> None:
    """Take the bytes of a file away for good, once the caller's transaction is committed; nothing brings them back.

    Who may ask for this, and that nothing needs the file any more, is the caller's to know. Forgetting twice is once.
    Bytes that a crash leaves behind are taken away by the next worker (``sweep``); nobody can read them meanwhile.
    """
    changed = StoredFile.objects.filter(pk=stored.pk, forgotten_at__isnull=True)
    if not changed.update(forgotten_at=timezone.now(), name="", kept_by=""):
        return
    stored.refresh_from_db()
    record(by, "files.file.forget", f"files.StoredFile:{stored.pk}", {"size": stored.size})
    transaction.on_commit(lambda: vault.remove(stored.place))


def reseal(stored: StoredFile) -> bool:
    """Seal the bytes of a file anew if they are under an older key; whether they were.

    Raises what ``vault.reseal`` does. A file that is forgotten while its bytes are written would come back with them,
    so it is looked at once more.
    """
    anew = vault.reseal(stored.place, context=stored.context)
    if anew and StoredFile.objects.filter(pk=stored.pk, forgotten_at__isnull=False).exists():
        vault.remove(stored.place)
    return anew


def sweep() -> int:
    """Take away bytes of forgotten files that a crash left in the vault; their number."""
    forgotten = StoredFile.objects.filter(forgotten_at__isnull=False).iterator()
    return sum(vault.remove(stored.place) for stored in forgotten)
