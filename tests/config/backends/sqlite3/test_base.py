"""Writers of one SQLite file beside each other: everybody gets a turn, and whoever waits in vain is told so."""

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.db.utils import ConnectionHandler

from config import sqlite

ROOT = Path(__file__).resolve().parents[4]
Open = Callable[..., Any]

#: Somebody who writes again as soon as they have written; says when the first transaction is open.
BUSY = """
import sys, time
from config import sqlite
sqlite.use_current_library()
from django.conf import settings
settings.configure()
from django.db.utils import ConnectionHandler
told = {"ENGINE": "config.backends.sqlite3", "NAME": sys.argv[1], "OPTIONS": sqlite.options(sqlite.SAFE_VERSION)}
connection = ConnectionHandler({"default": told})["default"]
for turn in range(400):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.cursor().execute("INSERT INTO trace VALUES ('busy', %s)", [turn])
    if turn == 0:
        print("begun", flush=True)
    time.sleep(0.02)
    connection.commit()
    connection.set_autocommit(True)
"""


@pytest.fixture
def opened(tmp_path: Path, django_db_blocker: Any) -> Iterator[Open]:
    """Connections to one file with a table; ``timeout``: seconds that their writers wait."""
    made = []

    def connect(*, timeout: float = 20) -> Any:
        options = {**sqlite.options(sqlite.SAFE_VERSION), "timeout": timeout}
        told = {"ENGINE": "config.backends.sqlite3", "NAME": tmp_path / "file", "OPTIONS": options}
        made.append(ConnectionHandler({"default": told})["default"])
        made[-1].inc_thread_sharing()
        return made[-1]

    with django_db_blocker.unblock():
        connect().cursor().execute("CREATE TABLE trace (who TEXT, at INTEGER)")
        yield connect
        for each in made:
            each.close()


@contextlib.contextmanager
def writing(connection: Any) -> Iterator[None]:
    """A transaction, which is immediate, as the site's are."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
    finally:
        connection.rollback()
        connection.set_autocommit(True)


def _insert(connection: Any) -> None:
    connection.cursor().execute("INSERT INTO trace VALUES ('me', 0)")


def _begin(connection: Any) -> None:
    with writing(connection):
        _insert(connection)


@pytest.mark.parametrize("write", [_insert, _begin], ids=["a statement alone", "a transaction"])
def test_whoever_waits_in_vain_is_told_and_may_try_again(opened: Open, write: Callable[[Any], None]) -> None:
    one, other = opened(), opened(timeout=0.05)
    with writing(one), pytest.raises(OperationalError, match="database is locked"):
        write(other)
    assert other.cursor().execute("PRAGMA busy_timeout").fetchone() == (50,)
    _insert(other)
    assert other.cursor().execute("SELECT count(*) FROM trace").fetchone() == (1,)


def test_whoever_waits_gets_the_lock_when_it_is_given_back(opened: Open) -> None:
    one, other = opened(), opened()
    waiting = threading.Thread(target=_insert, args=(other,))
    with writing(one):
        waiting.start()
        waiting.join(0.05)
        assert waiting.is_alive()
    waiting.join()
    assert one.cursor().execute("SELECT who FROM trace").fetchall() == [("me",)]


def test_a_fault_that_is_no_lock_is_told_at_once(opened: Open) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        opened().cursor().execute("INSERT INTO nowhere VALUES (1)")


@pytest.fixture
def busy(opened: Open, tmp_path: Path) -> Iterator[None]:
    """Another process that writes, and writes again, until the test is over."""
    command = [sys.executable, "-c", BUSY, str(tmp_path / "file")]
    with subprocess.Popen(command, cwd=ROOT / "src", stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        yield
        process.kill()


@pytest.mark.usefixtures("busy")
def test_a_process_that_writes_again_and_again_lets_others_in(opened: Open) -> None:
    """By SQLite's own wait one came in after hundreds of its transactions; here it is the next one, or soon after."""
    mine, waited = opened(), []
    for _turn in range(20):
        before = _turns(mine)
        with writing(mine):
            waited.append(_turns(mine) - before)
    assert sorted(waited)[10] <= 2, waited
    assert max(waited) <= 10, waited


def _turns(connection: Any) -> int:
    found: int = connection.cursor().execute("SELECT count(*) FROM trace").fetchone()[0]
    return found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_the_site_uses_it() -> None:
    assert type(connections["default"]).__module__ == "config.backends.sqlite3.base"
