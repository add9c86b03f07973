"""The two databases, each with its own way to a snapshot while people work, and back."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from soyol.backups.rules import Refused, Table
from soyol.backups.telling import Telling
from soyol.lib.parcels import Member


class Snapshot(Protocol):
    """A database at one moment; nothing that is written afterwards shows in it."""

    @property
    def version(self) -> str:
        """The version of the server or library."""

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Rows that answer a question in SQL."""

    def members(self, telling: Telling) -> Iterator[Member]:
        """The database as files of a backup."""

    def tables(self) -> dict[str, Table]:
        """Every table with the hash of its rows."""

    def doubts(self) -> list[str]:
        """What is wrong in the database without keeping a backup from being of use."""


class Engine(Protocol):
    """A database that can be taken into a backup and brought back from one."""

    @property
    def kind(self) -> str:
        """Its name: "sqlite" or "postgresql"."""

    def snapshot(self, room: Path, telling: Telling) -> AbstractContextManager[Snapshot, bool | None]:
        """Take a snapshot; ``room`` is a folder for what must pass over a disk. Refused when the database is broken."""

    def size(self) -> int:
        """About how many bytes it has."""

    def room_needed(self) -> int:
        """How many bytes a snapshot takes beside the database."""


def engine_of(told: Mapping[str, Any]) -> Engine:
    """The engine of one of Django's DATABASES."""
    from soyol.backups.engines.postgresql import PostgresEngine
    from soyol.backups.engines.sqlite import SqliteEngine

    kind = told["ENGINE"].rpartition(".")[2]
    if kind == "sqlite3":
        return SqliteEngine(Path(told["NAME"]))
    if kind == "postgresql":
        return PostgresEngine.of(told)
    raise Refused(f"a database of the kind {kind!r} cannot be backed up.", "Set DATABASE_URL to PostgreSQL or SQLite.")


MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
