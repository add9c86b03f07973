"""SQLite: a copy page by page through its Backup API, out of one read transaction.

The transaction is opened before the first page is copied and holds until the last one. In WAL mode (the usual one)
nobody waits for it, and the copy need not begin again when somebody writes; with an old library's rollback journal
writers wait until the copy is made.
"""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from soyol.backups.disks import FULL_WORDS
from soyol.backups.rules import DATABASE, Refused, Table
from soyol.backups.telling import Telling
from soyol.lib.parcels import BUFFER, Member

NAME = f"{DATABASE}/soyol.sqlite3"
#: Pages copied between two looks at the clock.
AT_ONCE = 4096
ROWS = 2000


@dataclass(frozen=True)
class SqliteEngine:
    """A database in the file at ``path``."""

    path: Path
    kind: str = "sqlite"

    def size(self) -> int:
        """Bytes of the file and of what was written since its last checkpoint."""
        beside = self.path.with_name(f"{self.path.name}-wal")
        return sum(each.stat().st_size for each in (self.path, beside) if each.exists())

    def room_needed(self) -> int:
        """The copy is as large as the database."""
        return self.size()

    @contextmanager
    def snapshot(self, room: Path, telling: Telling) -> Iterator["SqliteSnapshot"]:
        """Copy into ``room``; the copy is looked through, and Refused when the live database is broken."""
        if not self.path.exists():
            raise Refused(f"there is no database {self.path}.", "Name the folder of the site:  --data DIR")
        copy = room / "copy.sqlite3"
        try:
            with telling.step("Copying the database while it is in use"):
                _copy(self.path, copy, telling)
            with contextlib.closing(opened(copy)) as connection:
                with telling.step("Looking the copy through"):
                    refuse_broken(connection, f"the database {self.path}")
                yield SqliteSnapshot(copy, connection, sqlite3.sqlite_version)
        finally:
            copy.unlink(missing_ok=True)


class SqliteSnapshot:
    """A copy that nobody else opens."""

    def __init__(self, path: Path, connection: sqlite3.Connection, version: str) -> None:
        self.path = path
        self.connection = connection
        self.version = version

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Rows that answer a question in SQL."""
        return self.connection.execute(question).fetchall()

    def members(self, telling: Telling) -> Iterator[Member]:
        """One file: the copy."""
        told = self.path.stat()
        yield Member(NAME, told.st_size, _pieces(self.path), int(told.st_mtime))

    def tables(self) -> dict[str, Table]:
        """Every table with the hash of its rows."""
        return tables_of(self.connection)

    def doubts(self) -> list[str]:
        """Rows that point to rows which are not there."""
        found = self.connection.execute("PRAGMA foreign_key_check").fetchall()
        return [f"rows point to rows that are not there: {len(found)} (the first in {found[0][0]})"] if found else []


def _copy(path: Path, to: Path, telling: Telling) -> None:
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _copy_pages(path, to, telling)
    except sqlite3.DatabaseError as fault:
        if FULL_WORDS in str(fault):
            raise
        way_out = "If it is busy, try again. If it is damaged, keep the last good backup, and restore that one."
        raise Refused(f"the database {path} cannot be copied: {fault}.", way_out) from fault


def _copy_pages(path: Path, to: Path, telling: Telling) -> None:
    source = sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=20, isolation_level=None)
    target = sqlite3.connect(to, isolation_level=None)
    with contextlib.closing(source), contextlib.closing(target):
        target.execute("PRAGMA synchronous=OFF")  # it is gone with the process; what is kept is written elsewhere
        source.execute("PRAGMA query_only=ON")
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it reads this one moment
        size = source.execute("PRAGMA page_size").fetchone()[0]
        source.backup(
            target, pages=AT_ONCE, progress=lambda _, left, all_: telling.far((all_ - left) * size, all_ * size)
        )
        source.execute("COMMIT")


def opened(path: Path) -> sqlite3.Connection:
    """A database file that nobody changes, for reading; leaves nothing beside it."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, isolation_level=None)


def refuse_broken(connection: sqlite3.Connection, what: str) -> None:
    """Refused when the pages or indexes of a database are not whole."""
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    except sqlite3.DatabaseError as fault:
        found = [str(fault)]
    if found != ["ok"]:
        raise Refused(f"{what} is damaged: {'; '.join(found)}.", "Keep the last good backup, and restore that one.")


def tables_of(connection: sqlite3.Connection) -> dict[str, Table]:
    """Every table with the hash of its rows, in the order of its key; SQLite's own tables are left out."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return {name: _table(connection, name) for (name,) in connection.execute(asked).fetchall()}


def _table(connection: sqlite3.Connection, name: str) -> Table:
    columns = connection.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
    keys = [each[1] for each in sorted(columns, key=lambda each: each[5]) if each[5]] or [each[1] for each in columns]
    order = ", ".join(_quoted(each) for each in keys)
    cursor = connection.execute(f"SELECT * FROM {_quoted(name)} ORDER BY {order}")  # noqa: S608 - names of the database itself
    digest, rows = hashlib.sha256(), 0
    while some := cursor.fetchmany(ROWS):
        rows += len(some)
        # Numbers, texts, bytes and NULL are told apart, and written the same by every version of Python.
        digest.update("\n".join(map(ascii, some)).encode("ascii") + b"\n")
    return Table(rows, digest.hexdigest())


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(BUFFER):
            yield piece
