"""Checks at start-up: an engine that could lose or corrupt what it confirmed is refused."""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register, run_checks
from django.core.checks import Warning as Caution
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from config import sqlite

TAG = "engine"
FULL = 2  # PRAGMA synchronous: 0 OFF, 1 NORMAL, 2 FULL, 3 EXTRA
WAY_OUT = "Install the package 'pysqlite3' (a current SQLite), or set DATABASE_URL to a PostgreSQL server."


@register(TAG)
def check_engine(
    app_configs: object = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look at each database as it really runs: not at our settings, but at what the connection answers."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        look = {"sqlite": sqlite_faults, "postgresql": postgresql_faults}.get(connection.vendor)
        found += look(connection) if look else []
    return found


def sqlite_faults(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Refuse WAL on an old library, mapped memory, and less than full syncing; say so when we had to fall back."""
    version = tuple(int(part) for part in _ask(connection, "SELECT sqlite_version()").split("."))
    shown = ".".join(map(str, version))
    journal = _ask(connection, "PRAGMA journal_mode").lower()
    found: list[CheckMessage] = []
    if version < sqlite.SAFE_VERSION and journal == "wal":
        found.append(
            Error(
                f"SQLite {shown} in WAL mode can corrupt its file under two connections.",
                hint=WAY_OUT,
                id="engine.E001",
            )
        )
    elif version < sqlite.SAFE_VERSION:
        message = f"SQLite {shown} is too old for WAL: the slower rollback journal is used, with one web connection."
        found.append(Caution(message, hint=WAY_OUT, id="engine.W001"))
    if int(_ask(connection, "PRAGMA mmap_size") or 0) > 0:
        found.append(Error("SQLite maps its file into memory.", hint="Set PRAGMA mmap_size=0.", id="engine.E002"))
    if int(_ask(connection, "PRAGMA synchronous")) < FULL:
        hint = "Set PRAGMA synchronous=FULL."
        found.append(Error("SQLite confirms saves that power loss can undo.", hint=hint, id="engine.E003"))
    return found


def postgresql_faults(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Warn where the server was told to confirm before it has written."""
    return [
        Caution(
            f"PostgreSQL runs with {name}=off: confirmed saves can be lost or the cluster corrupted.",
            hint=f"Set {name}=on in postgresql.conf.",
            id=f"engine.W{number:03}",
        )
        for number, name in enumerate(("fsync", "full_page_writes", "synchronous_commit"), start=2)
        if _ask(connection, f"SHOW {name}") == "off"
    ]


def refuse_unsafe_engine() -> None:
    """Exit with the reasons when the engine is unsafe; print warnings. Called by whatever serves or works."""
    found = run_checks(tags=[TAG], databases=list(connections))
    for message in found:
        print(message, file=sys.stderr)  # noqa: T201 - before logging is of use: whoever starts the server must see it
    if any(message.is_serious() for message in found):
        raise SystemExit("Soyol does not start on this database: see the errors above.")


def _ask(connection: BaseDatabaseWrapper, question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return "" if row is None else str(row[0])
