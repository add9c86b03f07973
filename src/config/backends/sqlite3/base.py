"""SQLite has one writer at a time; here everybody who waits gets a turn, and whoever came first goes first.

SQLite's own wait knows no order: whoever meets the lock asks again after pauses that grow to 100 ms, and a writer who
comes fresh at the right moment goes before all of them. Beside an import, which writes again as soon as it has written,
a person's save then waits for seconds though the lock was free a hundred times. So the threads of a process stand in a
line, its head asks every 2 ms, and a connection that has just written lets others ask before it writes again.

Nothing is held but the place at the head of the line, and only until the lock was had: a thread that dies in the middle
of its transaction leaves nothing behind.
"""

import re
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base

from config.backends.sqlite3.line import writers

#: Seconds between two tries of the head of the line.
TRY_EVERY = 0.002
#: Seconds in which others may try between two transactions of one connection.
GIVES_WAY = 0.003
#: What takes the lock outside a transaction: the beginning of one, or a statement alone.
_TAKES_THE_LOCK = re.compile(r"\s*(BEGIN|INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_LOCKED = "database is locked"


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that waits in line before it takes the lock."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement; what takes the lock waits for it as long as the connection waits (its ``timeout``)."""
        if self.connection.in_transaction or not _TAKES_THE_LOCK.match(query):
            return super().execute(query, params)
        return _in_turn(self.connection, lambda: super(Cursor, self).execute(query, params))


def _in_turn(raw: Any, take: Callable[[], Any]) -> Any:
    patience = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    until = time.monotonic() + patience / 1000
    with writers.waited(patience / 1000):
        raw.execute("PRAGMA busy_timeout=0")
        try:
            return _try_until(until, take)
        finally:
            raw.execute(f"PRAGMA busy_timeout={patience}")


def _try_until(until: float, take: Callable[[], Any]) -> Any:
    while True:
        try:
            return take()
        except sqlite3.OperationalError as error:
            if not str(error).startswith(_LOCKED) or time.monotonic() >= until:
                raise
        time.sleep(TRY_EVERY)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection to SQLite; its writers wait in line."""

    _wrote = float("-inf")

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor of ours."""
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        if time.monotonic() - self._wrote < GIVES_WAY:
            time.sleep(GIVES_WAY)
        super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs know no private methods

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # as above
        self._wrote = time.monotonic()
