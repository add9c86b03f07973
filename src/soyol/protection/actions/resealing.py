"""Changing the key: everything that is sealed is sealed anew, while people work.

A new key is added to the ring, every process is given time to see it, and then columns and files go over to it in
short portions. Whoever saves in between loses nothing: a value goes over only if it is still the one that was read, and
what is saved meanwhile is under the new key already. A killed run is gone on with, and nothing is ever in the clear on
disk.

The audit stays as it is, for its chain is made of the very bytes: its details stay under the key that they were written
with, so no key ever leaves the ring.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from soyol.audit import By
from soyol.audit.actions import record
from soyol.audit.models import Entry
from soyol.fields import keys
from soyol.fields.sealed import SealedField
from soyol.files import actions as files
from soyol.files.models import StoredFile
from soyol.lib.sealing import ID_BYTES, KeyRing, SealError
from soyol.protection.rules import AT_ONCE, Refused
from soyol.registry.actions.incremental import reseal_index
from soyol.registry.models import LinkageRun

#: Where the id of its key stands in a sealed value (counted from 1, as SQL does).
KEY_AT = 2
Tell = Callable[[str, int], None]


@dataclass(slots=True)
class Resealed:
    """What went over, and what could not be opened (so it stays as it is): tables, rows and columns, never values."""

    key: str
    values: int = 0
    files: int = 0
    broken: list[str] = field(default_factory=list)


def change_key(*, by: By, new: bool = True, tell: Tell = lambda _what, _count: None) -> Resealed:
    """Seal everything but the audit under a new key, or go on with the last one (``new`` is False).

    ``tell`` hears of each table or folder when it is done, and how many values or files of it went over. Raises Refused
    while another process changes the key.
    """
    with _alone():
        ring = keys.add_key() if new else keys.ring()
        _told(by, "protection.key.change", ring, {"new": new})
        if new:
            time.sleep(2 * keys.LOOK_AGAIN)  # until then a process may still seal under the key before
        done = Resealed(ring.current)
        for model, columns in sealed_columns().items():
            count = _reseal_table(ring, model, columns, done.broken)
            done.values += count
            tell(model._meta.label, count)  # noqa: SLF001 - _meta is Django's documented model API
        done.files = _reseal_files(done.broken)
        tell(StoredFile._meta.label, done.files)  # noqa: SLF001
        _reseal_index(done.broken)
        told = {"values": done.values, "files": done.files, "broken": len(done.broken)}
        _told(by, "protection.key.changed", ring, told)
        return done


def sealed_columns() -> dict[type[models.Model], list[SealedField]]:
    """Every sealed column that may be written again, by table."""
    found: dict[type[models.Model], list[SealedField]] = {}
    for model in apps.get_models(include_auto_created=True):
        told = model._meta  # noqa: SLF001 - _meta is Django's documented model API
        columns = [each for each in told.local_concrete_fields if isinstance(each, SealedField)]
        if columns and told.managed and not told.proxy and model is not Entry:
            found[model] = columns
    return found


@transaction.atomic
def _told(by: By, action: str, ring: KeyRing, detail: dict[str, Any]) -> None:
    record(by, action, f"protection.Key:{ring.current}", detail)


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time on this machine; the lock goes with the process that holds it."""
    path = Path(settings.SOYOL_KEYS).with_suffix(".lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Refused("key_changes") from fault
        yield
    finally:
        os.close(descriptor)


def _reseal_table(ring: KeyRing, model: type[models.Model], columns: list[SealedField], broken: list[str]) -> int:
    table = _Table(ring, model, columns, broken)
    total, last = 0, None
    while portion := table.older(last):
        total += table.reseal(portion)
        last = portion[-1][0]
    return total


class _Table:
    """One table, in the order of its keys: a row is met once, also when it cannot be opened."""

    def __init__(self, ring: KeyRing, model: type[models.Model], columns: list[SealedField], broken: list[str]) -> None:
        told, quoted = model._meta, connection.ops.quote_name  # noqa: SLF001 - documented model API
        self.ring, self.columns, self.broken, self.label = ring, columns, broken, told.label
        self.name, self.pk = quoted(told.db_table), quoted(str(told.pk.column))
        self.quoted = [quoted(str(each.column)) for each in columns]

    def older(self, after: Any) -> list[tuple[Any, ...]]:
        """The next rows with a value under an older key: their key and all sealed columns, as they are stored."""
        # No word of these statements comes from outside: names are those of models, values are parameters.
        under = " OR ".join(f"substr({each}, {KEY_AT}, {ID_BYTES}) <> %s" for each in self.quoted)
        further = "" if after is None else f"{self.pk} > %s AND "
        ask = f"SELECT {self.pk}, {', '.join(self.quoted)} FROM {self.name} WHERE {further}({under}) ORDER BY {self.pk}"  # noqa: S608 # nosec B608
        current = [_binary(bytes.fromhex(self.ring.current))] * len(self.quoted)
        with connection.cursor() as cursor:
            cursor.execute(f"{ask} LIMIT {AT_ONCE}", [*([] if after is None else [after]), *current])
            return list(cursor.fetchall())

    def reseal(self, rows: list[tuple[Any, ...]]) -> int:
        """Seal them anew in one transaction; how many values went over. A value that changed meanwhile is left."""
        total = 0
        with transaction.atomic(), connection.cursor() as cursor:
            for at, (column, name) in enumerate(zip(self.columns, self.quoted, strict=True), start=1):
                new = [each for row in rows if (each := self._anew(column, row[0], row[at]))]
                put = f"UPDATE {self.name} SET {name} = %s WHERE {self.pk} = %s AND {name} = %s"  # noqa: S608 # nosec B608
                if new:
                    cursor.executemany(put, new)
                    total += len(new)
        return total

    def _anew(self, column: SealedField, key: Any, stored: Any) -> tuple[Any, Any, Any] | None:
        if stored is None or not self.ring.needs_resealing(stored):
            return None
        try:
            plain = self.ring.open(stored, column.context)
        except SealError as fault:
            self.broken.append(f"{self.label} {key}, {column.name}: {fault}")
            return None
        return _binary(self.ring.seal(plain, column.context)), key, _binary(bytes(stored))


def _binary(value: bytes) -> Any:
    driver: Any = connection.Database  # type: ignore[attr-defined] # each backend names its driver so
    return driver.Binary(value)


def _reseal_index(broken: list[str]) -> None:
    try:
        reseal_index()
    except SealError as fault:
        broken.append(f"{LinkageRun._meta.label}, index of the last comparison: {fault}")  # noqa: SLF001 - as above


def _reseal_files(broken: list[str]) -> int:
    total = 0
    for stored in StoredFile.objects.filter(personal=True, forgotten_at__isnull=True).order_by("pk").iterator():
        try:
            total += files.reseal(stored)
        except (SealError, FileNotFoundError) as fault:
            broken.append(f"{StoredFile._meta.label} {stored.pk}: {fault}")  # noqa: SLF001 - documented model API
    return total
