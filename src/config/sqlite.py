"""Which SQLite library we run on, and how we ask it to keep what it confirmed.

Debian 12 brings SQLite 3.40.1. From 3.7.0 to 3.51.2 two connections that write and checkpoint at once can
corrupt a database in WAL mode (fixed in 3.51.3, 13 March 2026, https://www.sqlite.org/wal.html). So a current
library is put in place of the system's old one before Django loads its backend. Where no wheel of it exists we
fall back to the rollback journal, where the fault does not exist: any number of connections is safe there, but
every writer shuts out all readers. So the web server then opens one connection (``config.gunicorn``) beside the
worker's, and the start says so (``config.checks``). What is refused is the one unsafe thing, WAL on an old library.
"""

import importlib
import sys
from typing import Any

#: The first release without the WAL-reset fault.
SAFE_VERSION = (3, 51, 3)
#: Seconds that a writer waits for another one before it gives up.
BUSY_SECONDS = 20


def use_current_library() -> tuple[int, int, int]:
    """Make ``import sqlite3`` give pysqlite3 where that is newer; returns the version now in use.

    Must run before ``django.db.backends.sqlite3`` is imported; later it changes nothing.
    """
    import sqlite3

    if sqlite3.sqlite_version_info < SAFE_VERSION:
        try:
            current = importlib.import_module("pysqlite3")
            newer = importlib.import_module("pysqlite3.dbapi2")
        except ImportError:
            return sqlite3.sqlite_version_info
        if newer.sqlite_version_info > sqlite3.sqlite_version_info:
            sys.modules["sqlite3"] = current
            sys.modules["sqlite3.dbapi2"] = newer
            return tuple(newer.sqlite_version_info)
    return sqlite3.sqlite_version_info


def options(version: tuple[int, ...]) -> dict[str, Any]:
    """Django's OPTIONS for a library of ``version``.

    FULL makes a confirmed save survive power loss (NORMAL in WAL mode loses it); IMMEDIATE takes the write
    lock at BEGIN, so that two writers wait for each other instead of failing half-way.
    """
    journal = "WAL" if version >= SAFE_VERSION else "DELETE"
    return {
        "timeout": BUSY_SECONDS,
        "transaction_mode": "IMMEDIATE",
        # What is deleted is overwritten at once (secure_delete): an erasure must not leave its words in free pages.
        # 32 MB of pages are kept per connection (2 MB by default): searches over a million entries live from it.
        "init_command": (
            f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA cache_size=-32000; "
            "PRAGMA secure_delete=ON"
        ),
    }
