"""PostgreSQL's client programs: which are taken, what they are told; and a restore that is all or nothing."""

import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from soyol.backups.engines import postgresql
from soyol.backups.engines.postgresql import PostgresEngine, tables_of
from soyol.backups.rules import Refused

TOLD = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "soyol",
    "USER": "site",
    "PASSWORD": "a secret of the server",  # pragma: allowlist secret
    "HOST": "db.example",
    "PORT": "",
    "OPTIONS": {"sslmode": "require", "options": "-c statement_timeout=30s"},
}
needs_server = pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")


def _program(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    program = folder / "pg_dump"
    program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version} (Debian)'\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with client programs 13 and 16 where Debian keeps them, and 15 on the PATH."""
    monkeypatch.setattr(postgresql, "DEBIAN", tmp_path / "debian")
    for version in ("13", "16"):
        _program(tmp_path / "debian" / version / "bin", f"{version}.4")
    monkeypatch.setenv("PATH", f"{_program(tmp_path / 'path', '15.20').parent}:/usr/bin:/bin")
    return tmp_path


@pytest.mark.parametrize(("server", "taken"), [(160_002, "debian/16/bin"), (150_020, "debian/16/bin")])
def test_a_program_as_new_as_the_server_is_taken(server: int, taken: str, machine: Path) -> None:
    assert PostgresEngine({}).program("pg_dump", server) == machine / taken / "pg_dump"


def test_the_one_on_the_path_serves_where_debian_has_none(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "DEBIAN", machine / "nothing")
    assert PostgresEngine({}).program("pg_dump", 150_020) == machine / "path" / "pg_dump"


def test_programs_that_are_too_old_are_refused_with_what_to_install(machine: Path) -> None:
    with pytest.raises(
        Refused, match=r"the server is PostgreSQL 17, .* only those of version 16 are on this machine"
    ) as old:
        PostgresEngine({}).program("pg_dump", 170_001)
    assert "postgresql-client-17" in old.value.way_out


def test_programs_that_are_missing_are_refused_with_what_to_install(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "DEBIAN", machine / "nothing")
    monkeypatch.setenv("PATH", str(machine))
    with pytest.raises(Refused, match="they are not on this machine"):
        PostgresEngine({}).program("pg_dump", 150_000)


def test_the_password_is_told_where_other_users_cannot_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOYOL_BACKUP_PASSPHRASE", "correct horse battery")
    engine = PostgresEngine.of(TOLD)
    assert engine.address() == "dbname=soyol user=site host=db.example sslmode=require"
    assert engine.environment()["PGPASSWORD"] == TOLD["PASSWORD"]
    assert "SOYOL_BACKUP_PASSPHRASE" not in engine.environment()
    assert "secret" not in repr(engine)


def test_a_server_that_does_not_answer_is_named_with_the_variable() -> None:
    with pytest.raises(Refused, match="PostgreSQL does not answer") as refused:
        PostgresEngine({"host": "127.0.0.1", "port": "9", "dbname": "x"}).is_empty()
    assert refused.value.way_out == "Look at DATABASE_URL."


@pytest.fixture
def engine(worker_id: str) -> Iterator[PostgresEngine]:
    """An empty database of the server that the tests run on."""
    told = {**settings.DATABASES["default"], "NAME": "postgres"}
    name = f"{settings.DATABASES['default']['TEST']['NAME']}_{worker_id}_engine"
    server = PostgresEngine.of(told)
    with psycopg.connect(server.address(), password=told["PASSWORD"], autocommit=True) as asked:
        asked.execute(f'DROP DATABASE IF EXISTS "{name}"')
        asked.execute(f'CREATE DATABASE "{name}"')
        try:
            yield PostgresEngine.of({**told, "NAME": name})
        finally:
            asked.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


DUMP = b"""
CREATE SCHEMA public;
CREATE TABLE public.things (id integer PRIMARY KEY, name text, sealed bytea);
COPY public.things (id, name, sealed) FROM stdin;
2\tb\\nc\t\\\\x00ff
1\t\\N\t\\N
\\.
"""


@needs_server
def test_rows_are_counted_and_hashed_in_the_order_of_their_key(engine: PostgresEngine) -> None:
    engine.restore([DUMP], None)
    first = engine.tables()
    with engine.connect() as asked:
        asked.execute("DELETE FROM things WHERE id = 1")
        asked.execute("INSERT INTO things VALUES (1)")
        assert tables_of(asked) == first
        asked.execute("UPDATE things SET name = '' WHERE id = 1")
        assert tables_of(asked) != first
    assert first["things"].rows == 2


@needs_server
def test_what_was_there_is_set_aside_and_comes_back(engine: PostgresEngine) -> None:
    engine.restore([DUMP], None)
    engine.restore([DUMP.replace(b"things", b"others")], "before_x")
    assert list(engine.tables()) == ["others"]
    engine.take_back("before_x")
    assert list(engine.tables()) == ["things"]
    engine.take_back(None)
    assert engine.is_empty()


@needs_server
@pytest.mark.parametrize("more", [b"SELECT 1/0;\n", b"COPY public.nothing FROM stdin;\n", b"\\nonsense\n"])
def test_a_dump_that_the_server_does_not_take_changes_nothing(more: bytes, engine: PostgresEngine) -> None:
    engine.restore([DUMP], None)
    with pytest.raises(Refused, match="PostgreSQL did not take the backup"):
        engine.restore([DUMP.replace(b"things", b"others"), more], "before_x")
    assert list(engine.tables()) == ["things"]


@needs_server
@pytest.mark.parametrize("cut", [len(DUMP), len(DUMP) - 10, 60], ids=["whole", "inside a table", "before a table"])
def test_a_restore_that_breaks_off_on_our_side_changes_nothing(cut: int, engine: PostgresEngine) -> None:
    def breaks() -> Iterator[bytes]:
        yield DUMP.replace(b"things", b"others")[:cut]
        raise KeyboardInterrupt

    engine.restore([DUMP], None)
    with pytest.raises(KeyboardInterrupt):
        engine.restore(breaks(), "before_x")
    assert list(engine.tables()) == ["things"]


@needs_server
def test_input_that_ends_without_our_last_word_is_not_committed(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the server sees it when the whole restore is killed: its input simply ends."""
    engine.restore([DUMP], None)
    real = postgresql._whole
    monkeypatch.setattr(postgresql, "_whole", lambda first, dump: list(real(first, dump))[:-1])
    engine.restore([DUMP.replace(b"things", b"others")], "before_x")
    assert list(engine.tables()) == ["things"]


@needs_server
def test_others_who_are_connected_are_counted(engine: PostgresEngine) -> None:
    assert engine.others() == 0
    with engine.connect():
        assert engine.others() == 1
