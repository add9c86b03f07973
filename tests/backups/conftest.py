"""A small site by hand, in which backups cost nothing: an SQLite file with a few tables, files, keys."""

import sqlite3
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from soyol.audit import By
from soyol.backups import actions, restoring
from soyol.backups.engines.sqlite import SqliteEngine
from soyol.lib import parcels
from tests.jobs.conftest import instance, make_instance

__all__ = ["instance", "make_instance"]
PASSPHRASE = "correct horse battery"
FILE = uuid.UUID("0123456789abcdef0123456789abcdef")
KNOWN = [("files", "0001_make_the_vault"), ("jobs", "0001_make_jobs")]
SCHEMA = f"""
PRAGMA journal_mode=WAL;
CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT);
INSERT INTO django_migrations (app, name) VALUES ('files', '0001_make_the_vault'), ('jobs', '0001_make_jobs');
CREATE TABLE files_storedfile (id CHAR(32) PRIMARY KEY);
INSERT INTO files_storedfile VALUES ('{FILE.hex}');
CREATE TABLE persons (id INTEGER PRIMARY KEY, name TEXT, share REAL, sealed BLOB, gone INTEGER);
INSERT INTO persons VALUES (1, 'УБ99112233', 0.1, X'00FF', NULL), (2, 'b', 1e300, X'', 0);
CREATE TABLE "odd ""name" (a TEXT, b TEXT REFERENCES persons(id));
INSERT INTO "odd ""name" VALUES ('y', NULL), ('x', NULL);
"""


@dataclass
class Site:
    """The data folder with its database, and where backups of it go."""

    data: Path
    backups: Path

    @property
    def database(self) -> Path:
        return self.data / "soyol.sqlite3"

    def make(self, name: str = "one.backup", passphrase: str = PASSPHRASE) -> Path:
        return actions.make(by=By.system("tests"), to=self.backups / name, passphrase=passphrase).path

    def execute(self, statement: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.executescript(statement)

    def files(self, place: Path | None = None) -> dict[str, bytes]:
        place = place or self.data
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.fixture
def site(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with one kept file, keys and letters; a passphrase costs nothing."""
    monkeypatch.setattr(parcels, "COST", 4)
    data, backups = Path(settings.SOYOL_DATA), tmp_path / "backups"
    backups.mkdir()
    made = Site(data, backups)
    made.execute(SCHEMA)
    monkeypatch.setattr(actions, "engine_of", lambda _: SqliteEngine(made.database))
    for name, content in {
        "keys.json": b"{}",
        f"files/01/{FILE.hex}": bytes(range(256)) * 8192,
        "mail/letter.log": b"an invitation",
        "audit-head.json": b'{"position": 1}',
        "static/site.css": b"gathered again",
        "index/run-1.sealed": b"made anew",
        "work/1-x/plain.arrow": b"plain rows",
        "files/02/half.part": b"being written",
        ".pack-mn": b"a mark",
    }.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(content)
    return made


def restore_of(backup: Path, place: Path, **more: object) -> restoring.Restore:
    """A restore into ``place``, on SQLite."""
    told = {"passphrase": PASSPHRASE, "known": KNOWN, "engine": SqliteEngine(place / "soyol.sqlite3"), **more}
    return restoring.Restore(backup=backup, place=place, **told)  # type: ignore[arg-type]
