"""SQLite: a copy of one moment, looked through; a hash of rows that tells whatever SQLite can tell apart."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.backups.engines.sqlite import SqliteEngine, opened, tables_of
from soyol.backups.rules import Refused, Table
from soyol.backups.telling import Telling

VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.binary(max_size=20),
)


def _tables(*rows: tuple[object, ...]) -> dict[str, Table]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        return tables_of(connection)


@given(VALUES, VALUES)
def test_values_are_the_same_when_their_hash_is(one: object, other: object) -> None:
    same = type(one) is type(other) and one == other and str(one) == str(other)
    assert (_tables((one, None)) == _tables((other, None))) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, None), ("1", None)),
        ((None, ""), ("", None)),
        ((b"a", 1), ("a", 1)),
        ((1, 1), (1.0, 1)),
        (("a, 'b", 1), ("a", 1)),
    ],
)
def test_kinds_and_places_of_values_are_told_apart(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert _tables(one) != _tables(other)


def test_rows_come_in_the_order_of_their_key_however_they_were_written() -> None:
    found = []
    for rows in ([(1, "a"), (2, "b")], [(2, "b"), (1, "a")]):
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name)")
            connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
            found.append(tables_of(connection))
    assert found[0] == found[1]
    assert found[0]["t"].rows == 2


def test_tables_of_sqlite_itself_are_left_out() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("CREATE TABLE sqliteful (id INTEGER PRIMARY KEY AUTOINCREMENT); ANALYZE")
        assert list(tables_of(connection)) == ["sqliteful"]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "a place" / "db?.sqlite3"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    return path


def test_what_is_still_in_the_journal_is_in_the_copy(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("PRAGMA wal_autocheckpoint=0")
        with writer:
            writer.execute("INSERT INTO t VALUES (2)")
        with SqliteEngine(database).snapshot(tmp_path, Telling()) as snapshot:
            assert snapshot.tables()["t"].rows == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a place"]


def test_a_transaction_that_is_open_meanwhile_is_not_in_the_copy(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("INSERT INTO t VALUES (2)")
        with SqliteEngine(database).snapshot(tmp_path, Telling()) as snapshot:
            assert snapshot.tables()["t"].rows == 1
        writer.commit()


def test_a_copy_is_read_without_leaving_anything_beside_it(database: Path) -> None:
    before = {path.name for path in database.parent.iterdir()}
    with closing(opened(database)) as connection:
        assert connection.execute("SELECT a FROM t").fetchall() == [(1,)]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("INSERT INTO t VALUES (3)")
    assert {path.name for path in database.parent.iterdir()} == before


def test_a_file_that_is_no_database_any_more_is_refused(database: Path, tmp_path: Path) -> None:
    database.write_bytes(b"x" * 8192)
    with pytest.raises(Refused, match="cannot be copied: file is not a database"):
        SqliteEngine(database).snapshot(tmp_path, Telling()).__enter__()
    assert [path.name for path in tmp_path.iterdir()] == ["a place"]


def test_a_database_with_a_broken_page_is_refused(database: Path, tmp_path: Path) -> None:
    with database.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * 4096)
    with pytest.raises(Refused, match="is damaged"), SqliteEngine(database).snapshot(tmp_path, Telling()):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["a place"]
