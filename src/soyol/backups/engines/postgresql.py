"""PostgreSQL: its own pg_dump out of a snapshot that this connection holds, and psql in one transaction back.

The dump is SQL text. Only so can the old tables be set aside, the new ones be made and filled, and all of it become
visible or not in one transaction; pg_restore opens a connection of its own, in which nothing else can be done.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from soyol.backups.rules import DATABASE, Refused, Table
from soyol.backups.telling import Telling
from soyol.lib.parcels import Member

#: The dump goes into the backup in pieces of this size, for nobody knows beforehand how long it is.
PART = 16 << 20
#: Where Debian keeps the programs of each version, off the PATH.
DEBIAN = Path("/usr/lib/postgresql")
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
COLUMNS = """
    SELECT a.attname, a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype), i.indrelid IS NOT NULL
    FROM pg_attribute a
    LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@dataclass(frozen=True)
class PostgresEngine:
    """A database of a server; ``told`` are the parameters of libpq."""

    told: dict[str, str] = field(repr=False)
    kind: str = "postgresql"

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The engine of one of Django's DATABASES; limits on statements are left out, for a backup may take long."""
        found = {"dbname": told["NAME"], "user": told["USER"], "password": told["PASSWORD"], "host": told["HOST"]}
        found |= {"port": told["PORT"], **told.get("OPTIONS", {})}
        found.pop("options", None)
        return cls({name: str(value) for name, value in found.items() if value})

    def connect(self) -> "psycopg.Connection[Any]":
        """A connection without limits on time."""
        try:
            connection = psycopg.connect(
                make_conninfo(**self.told),
                options="-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0",
            )
        except psycopg.OperationalError as fault:
            raise Refused(f"PostgreSQL does not answer: {str(fault).strip()}.", "Look at DATABASE_URL.") from fault
        # What is hashed must not depend on who asks.
        for setting in ("DateStyle = 'ISO, YMD'", "TimeZone = 'UTC'", "extra_float_digits = 1", "bytea_output = 'hex'"):
            connection.execute(f"SET {setting}")
        connection.commit()
        return connection

    def size(self) -> int:
        """About how many bytes the tables have; a dump is rather smaller."""
        with self.connect() as connection:
            asked = f"SELECT coalesce(sum(pg_table_size(tablename::regclass)), 0) FROM ({TABLES}) AS ours"  # noqa: S608
            return int(_all(connection, asked)[0][0])

    def room_needed(self) -> int:
        """Nothing of it passes over a disk."""
        return 0

    @contextmanager
    def snapshot(self, room: Path, telling: Telling) -> Iterator["PostgresSnapshot"]:
        """Hold a snapshot; Refused when pg_dump is missing or older than the server."""
        try:
            with self.connect() as connection:
                program = self.program("pg_dump", connection.info.server_version)
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                name = str(_all(connection, "SELECT pg_export_snapshot()")[0][0])
                yield PostgresSnapshot(self, connection, program, name)
                connection.rollback()
        except psycopg.OperationalError as fault:
            why = f"PostgreSQL went away meanwhile: {str(fault).strip()}."
            raise Refused(why, "Try again. The last backup was not touched.") from fault

    def program(self, name: str, server: int) -> Path:
        """Where pg_dump or psql of at least the server's major version is; Refused when it is not on this machine."""
        here = [DEBIAN / version / "bin" / name for version in _newest_first()] + [Path(shutil.which(name) or "")]
        versions = {path: _version(path) for path in here if path.is_file()}
        wanted = server // 10_000
        for path, version in versions.items():
            if version >= wanted:
                return path
        found = f"only those of version {max(versions.values())} are" if versions else "they are not"
        raise Refused(
            f"the server is PostgreSQL {wanted}, whose client programs are needed; {found} on this machine.",
            f"Install them (Debian and Ubuntu: the package postgresql-client-{wanted}), and try again.",
        )

    def environment(self) -> dict[str, str]:
        """For a client program: the password is told where other users of the machine cannot read it."""
        kept = {name: value for name, value in os.environ.items() if name != "SOYOL_BACKUP_PASSPHRASE"}
        return kept | ({"PGPASSWORD": self.told["password"]} if "password" in self.told else {})

    def address(self) -> str:
        """The database for a client program, without its password."""
        return make_conninfo(**{name: value for name, value in self.told.items() if name != "password"})

    def others(self) -> int:
        """How many other connections there are."""
        with self.connect() as connection:
            return int(_all(connection, OTHERS)[0][0])

    def is_empty(self) -> bool:
        """Whether it has no table."""
        with self.connect() as connection:
            return not _all(connection, TABLES)

    def tables(self) -> dict[str, Table]:
        """Every table with the hash of its rows."""
        with self.connect() as connection:
            return tables_of(connection)

    def restore(self, dump: Iterable[bytes], aside: str | None) -> None:
        """Make everything that a dump tells, in one transaction; what was there goes into the schema ``aside``."""
        with self.connect() as connection:
            program = self.program("psql", connection.info.server_version)
            schema = str(_all(connection, "SELECT current_schema()")[0][0])
        old = sql.Identifier(schema).as_string(None)
        first = (
            f"ALTER SCHEMA {old} RENAME TO {sql.Identifier(aside).as_string(None)};" if aside else f"DROP SCHEMA {old};"
        )
        command: list[str | Path] = [program, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
        command += [f"--dbname={self.address()}", "--file=-"]
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL, found above
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=self.environment()
            )
            fed = _feed(process, _whole(first, dump))
            if process.wait() or not fed:
                raise Refused(
                    f"PostgreSQL did not take the backup: {_last_line(said)}.",
                    "Nothing was changed there. The role of DATABASE_URL must own the database.",
                )

    def take_back(self, aside: str | None) -> None:
        """Undo a restore: drop what it made, and bring back what it had set aside."""
        with self.connect() as connection:
            schema = sql.Identifier(str(_all(connection, "SELECT current_schema()")[0][0]))
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(schema))
            if aside:
                connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(aside), schema))
            else:
                connection.execute(sql.SQL("CREATE SCHEMA {}").format(schema))


@dataclass(frozen=True)
class PostgresSnapshot:
    """What one transaction sees, and a pg_dump that sees the same."""

    engine: PostgresEngine
    connection: "psycopg.Connection[Any]"
    program: Path
    name: str

    @property
    def version(self) -> str:
        """The server's version."""
        return str(self.connection.info.parameter_status("server_version"))

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Rows that answer a question in SQL."""
        return _all(self.connection, question)

    def members(self, telling: Telling) -> Iterator[Member]:
        """The dump, in parts."""
        schema = sql.Identifier(str(self.ask("SELECT current_schema()")[0][0])).as_string(None)
        command: list[str | Path] = [self.program, "--no-owner", "--no-privileges", "--no-comments"]
        command += [f"--schema={schema}", f"--snapshot={self.name}", f"--dbname={self.engine.address()}"]
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL, found by the engine
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, env=self.engine.environment()
            )
            try:
                yield from _parts(process.stdout, telling)  # type: ignore[arg-type] # a pipe, asked for above
                if process.wait():
                    raise Refused(f"pg_dump failed: {_last_line(said)}.", "The last good backup is still there.")
            finally:
                process.kill()
                process.wait()
                process.stdout.close()  # type: ignore[union-attr] # a pipe, asked for above

    def tables(self) -> dict[str, Table]:
        """Every table with the hash of its rows."""
        return tables_of(self.connection)

    def doubts(self) -> list[str]:
        """The server itself keeps its foreign keys."""
        return []


def tables_of(connection: "psycopg.Connection[Any]") -> dict[str, Table]:
    """Every table of the schema in use with the hash of its rows, in the order of its key."""
    return {name: _table(connection, name) for (name,) in _all(connection, TABLES)}


def _table(connection: "psycopg.Connection[Any]", name: str) -> Table:
    table = sql.Identifier(name)
    columns = connection.execute(COLUMNS, [table.as_string(None)]).fetchall()
    keys = [each for each in columns if each[2]] or columns
    # The order of texts is that of their bytes: a server elsewhere may sort by another language.
    order = sql.SQL(", ").join(
        sql.SQL('{} COLLATE "C"' if text else "{}").format(sql.Identifier(column)) for column, text, _ in keys
    )
    shown = sql.SQL(", ").join(sql.Identifier(column) for column, _, _ in columns)
    digest, rows = hashlib.sha256(), 0
    question = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(shown, table, order)
    with connection.cursor() as cursor, cursor.copy(question) as copy:
        for line in copy:  # one row, ended by a line break; those inside values are escaped
            digest.update(line)
            rows += bytes(line).count(b"\n")
    return Table(rows, digest.hexdigest())


def _all(connection: "psycopg.Connection[Any]", question: str) -> list[tuple[Any, ...]]:
    return connection.execute(question).fetchall()


def _parts(dump: IO[bytes], telling: Telling) -> Iterator[Member]:
    number = 0
    while part := dump.read(PART):
        number += 1
        yield Member(f"{DATABASE}/{number:06}.sql", len(part), [part])
        telling.far(number * PART, 0)


def _whole(first: str, dump: Iterable[bytes]) -> Iterator[bytes]:
    """One transaction, which ends by a word of ours: psql's own way would commit where we are killed half-way."""
    yield f"BEGIN;\n{first}\n".encode()
    yield from dump
    yield b"\nCOMMIT;\n"


def _feed(process: "subprocess.Popen[bytes]", pieces: Iterable[bytes]) -> bool:
    """Write all pieces to a process; False when it stopped reading. What fails on our side ends it unfinished."""
    assert process.stdin is not None  # noqa: S101 - a pipe, asked for by the caller
    try:
        for piece in pieces:
            process.stdin.write(piece)
        process.stdin.close()
    except BrokenPipeError:
        return False
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        with contextlib.suppress(BrokenPipeError):  # what could not be written is of no use any more
            process.stdin.close()
    return True


def _last_line(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else "it gave no reason"


def _newest_first() -> list[str]:
    versions = [path.name for path in DEBIAN.glob("*") if path.name.isdigit()] if DEBIAN.is_dir() else []
    return sorted(versions, key=int, reverse=True)


def _version(path: Path) -> int:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    number = told.split()[2].split(".")[0] if len(told.split()) > 2 else ""
    return int(number) if number.isdigit() else 0
