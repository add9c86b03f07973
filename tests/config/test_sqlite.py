"""The library under a database file, as a fresh process really opens it."""

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from config import sqlite
from tests.factories.instances import Instance

CODE = """
import json
from django.db import connection
from config import sqlite
with connection.cursor() as cursor:
    def ask(question):
        cursor.execute(question)
        return cursor.fetchone()[0]
    version = ask("SELECT sqlite_version()")
    told = [ask("PRAGMA " + name) for name in ("journal_mode", "synchronous", "mmap_size", "busy_timeout")]
safe = tuple(map(int, version.split("."))) >= sqlite.SAFE_VERSION
print(json.dumps([safe, *told]))
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_a_fresh_process_opens_its_file_safely(tmp_path: Path) -> None:
    safe, journal, synchronous, mapped, waits = Instance(tmp_path, kinds="json").python(CODE)
    assert (safe, journal, synchronous, mapped, waits) == (True, "wal", 2, 0, 20_000)


#: What web server and worker do beside each other: short writes in immediate transactions, and reads between them.
WRITES = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
for pragma in sys.argv[2].split(";"):
    connection.execute(pragma)
for at in range(60):
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO trace VALUES (?, ?)", (sys.argv[3], at))
    connection.execute("COMMIT")
    connection.execute("SELECT count(*) FROM trace").fetchone()
"""


def test_on_an_old_library_web_server_and_worker_lose_nothing_to_each_other(tmp_path: Path) -> None:
    """The rollback journal has not the fault of WAL: this is why a worker may write beside the one web connection."""
    there, pragmas = tmp_path / "file", sqlite.options((3, 40, 1))["init_command"]
    with contextlib.closing(sqlite3.connect(there)) as made:
        made.execute("CREATE TABLE trace (who, at)")
    command = [sys.executable, "-c", WRITES, str(there), pragmas]
    both = [subprocess.Popen([*command, who]) for who in ("web", "worker")]
    assert [each.wait(60) for each in both] == [0, 0]
    with contextlib.closing(sqlite3.connect(there)) as looked_at:
        assert looked_at.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert looked_at.execute("SELECT who, count(DISTINCT at) FROM trace GROUP BY who ORDER BY who").fetchall() == [
            ("web", 60),
            ("worker", 60),
        ]


def test_a_file_left_in_wal_mode_goes_back_to_the_journal_of_an_old_library(tmp_path: Path) -> None:
    there = tmp_path / "file"
    for version, mode in (((3, 51, 3), "wal"), ((3, 40, 1), "delete")):
        with contextlib.closing(sqlite3.connect(there)) as opened:
            opened.executescript(sqlite.options(version)["init_command"])
            opened.execute("CREATE TABLE IF NOT EXISTS trace (who)")
            assert opened.execute("PRAGMA journal_mode").fetchone() == (mode,)
