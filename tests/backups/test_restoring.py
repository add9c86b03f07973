"""The way back: what is refused touches nothing, what comes out is what went in, and all of it changes at once."""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.backups import disks, note, restoring
from soyol.backups.engines.sqlite import SqliteEngine
from soyol.backups.queries import check
from soyol.backups.rules import Damaged, Refused, Table
from soyol.backups.telling import Telling
from soyol.lib import parcels, tenancy
from tests.backups.conftest import KNOWN, PASSPHRASE, Site, restore_of

IN_BACKUP = {"audit-head.json", "keys.json", "files/01/0123456789abcdef0123456789abcdef", "mail/letter.log"}


@pytest.fixture
def backup(site: Site) -> Path:
    return site.make()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "new" / "place"


@pytest.fixture
def living(tmp_path: Path) -> Path:
    """A place with a site in it that must come to no harm."""
    living = tmp_path / "living"
    (living / "files").mkdir(parents=True)
    (living / "keys.json").write_bytes(b"the only keys")
    (living / "soyol.sqlite3").write_bytes(b"the only database")
    return living


def _all(place: Path) -> dict[str, bytes]:
    """Every file but the locks, which say nothing of a place's worth."""
    files = (path for path in place.rglob("*") if path.is_file() and path.name not in restoring.LOCKS)
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


def _rows(database: Path, table: str) -> list[Any]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def test_every_row_and_every_file_comes_back(site: Site, backup: Path, place: Path) -> None:
    done = restore_of(backup, place).run()
    assert done.kept == []
    found = _all(place)
    assert set(found) == {*IN_BACKUP, "soyol.sqlite3", note.NAME}
    assert {name: found[name] for name in IN_BACKUP} == {name: site.files()[name] for name in IN_BACKUP}
    for table in ("persons", '"odd ""name"', "files_storedfile", "django_migrations"):
        assert _rows(place / "soyol.sqlite3", table) == _rows(site.database, table)


def test_two_restores_are_the_same_byte_for_byte(backup: Path, place: Path) -> None:
    other = place.with_name("other")
    for each in (place, other):
        restore_of(backup, each).run()
    assert _all(place) == _all(other)
    assert {
        p.relative_to(place): p.stat().st_mtime for p in place.rglob("*") if p.is_file() and p.name != note.NAME
    } == {p.relative_to(other): p.stat().st_mtime for p in other.rglob("*") if p.is_file() and p.name != note.NAME}


def test_a_place_that_holds_something_is_refused_and_not_touched(backup: Path, living: Path) -> None:
    before = _all(living)
    with pytest.raises(Refused, match="is not empty, and was not touched") as refused:
        restore_of(backup, living).run()
    assert "--replace" in refused.value.way_out
    assert _all(living) == before


def test_with_replace_the_old_place_is_kept_under_a_dated_name(backup: Path, living: Path) -> None:
    before = _all(living)
    done = restore_of(backup, living, replace=True, stamp="20261127_090000").run()
    kept = living.with_name("living.before-20261127_090000")
    assert done.kept == [str(kept)]
    assert _all(kept) == before
    assert _all(living)["keys.json"] == b"{}"


def test_an_empty_place_is_used_and_nothing_kept_aside(backup: Path, place: Path) -> None:
    place.mkdir(parents=True)
    assert restore_of(backup, place).run().kept == []
    assert [path.name for path in place.parent.iterdir()] == ["place"]


def _wrong_passphrase(_backup: Path, told: dict[str, Any]) -> None:
    told["passphrase"] = "another passphrase"


def _cut(backup: Path, _told: dict[str, Any]) -> None:
    backup.write_bytes(backup.read_bytes()[:-1])


def _flipped(backup: Path, _told: dict[str, Any]) -> None:
    held = bytearray(backup.read_bytes())
    held[len(held) // 2] ^= 1
    backup.write_bytes(held)


def _of_newer_software(_backup: Path, told: dict[str, Any]) -> None:
    told["known"] = KNOWN[:1]


BAD = {
    "wrong passphrase": (_wrong_passphrase, "the passphrase is not the one"),
    "cut": (_cut, "is damaged"),
    "flipped": (_flipped, "is damaged"),
    "newer": (_of_newer_software, "knows steps of the database that this one does not: jobs.0001_make_jobs"),
}


@pytest.mark.parametrize(("spoil", "said"), BAD.values(), ids=list(BAD))
def test_a_bad_backup_is_refused_before_the_living_site_is_touched(
    spoil: Callable[[Path, dict[str, Any]], None], said: str, backup: Path, living: Path
) -> None:
    told: dict[str, Any] = {"replace": True, "engine": SqliteEngine(living / "soyol.sqlite3")}
    spoil(backup, told)
    before, beside = _all(living), {path.name for path in living.parent.iterdir()}
    with pytest.raises(Refused, match=said):
        restore_of(backup, living, **told).run()
    assert _all(living) == before
    assert {path.name for path in living.parent.iterdir()} == beside


@given(st.data())
def test_a_flipped_byte_anywhere_touches_nothing(backup: Path, living: Path, data: st.DataObject) -> None:
    held = bytearray(backup.read_bytes())
    at = data.draw(st.integers(0, len(held) - 1).filter(lambda at: at != len(parcels.MARK)))
    held[at] ^= data.draw(st.integers(1, 255))
    flipped = backup.with_name("flipped")
    flipped.write_bytes(held)
    before = _all(living)
    with pytest.raises(Refused):
        restore_of(flipped, living, replace=True).run()
    assert _all(living) == before


def test_a_backup_of_another_database_says_what_to_set(
    backup: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqliteEngine, "kind", "other", raising=False)
    restore = restore_of(backup, place, engine=SqliteEngine(place / "soyol.sqlite3", kind="postgresql"))
    with pytest.raises(Refused, match="the backup is of a site on sqlite, this place is on postgresql") as refused:
        restore.run()
    assert refused.value.way_out == "Set no DATABASE_URL, and try again."


def test_a_place_in_which_a_site_runs_is_refused(backup: Path, living: Path) -> None:
    descriptor = tenancy.enter(living)
    try:
        with pytest.raises(Refused, match="the site is running") as refused:
            restore_of(backup, living, replace=True).run()
    finally:
        restoring.os.close(descriptor)
    assert refused.value.way_out == "Stop it, and try again."


def test_a_place_that_is_a_file_is_refused(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="is not a folder"):
        restore_of(backup, tmp_path / "file").run()


def test_a_disk_that_is_too_small_is_refused_before_anything_is_built(
    backup: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disks.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(Refused, match="has 1 bytes free"):
        restore_of(backup, place).run()
    assert not place.parent.exists()


def test_a_disk_that_fills_up_on_the_way_is_told_and_nothing_is_left(
    backup: Path, living: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before, beside = _all(living), {path.name for path in living.parent.iterdir()}
    monkeypatch.setattr(restoring, "_write", full)
    with pytest.raises(Refused, match="a disk filled up on the way") as refused:
        restore_of(backup, living, replace=True).run()
    assert "What is there was not touched" in refused.value.way_out
    assert (_all(living), {path.name for path in living.parent.iterdir()}) == (before, beside)


def test_what_a_killed_restore_left_is_taken_away_and_what_another_builds_is_not(backup: Path, place: Path) -> None:
    left, building = (place.parent / f".place.restoring-{name}" for name in ("aaaa", "bbbb"))
    for room in (left, building):
        (room / "place").mkdir(parents=True)
    with tenancy.held(building):
        restore_of(backup, place).run()
    assert sorted(path.name for path in place.parent.iterdir()) == [building.name, "place"]


def test_rows_that_are_not_those_of_the_manifest_are_refused(
    backup: Path, living: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _all(living)
    monkeypatch.setattr("soyol.backups.engines.sqlite._table", lambda *_: Table(0, "other"))
    with pytest.raises(Damaged, match="what came out is not what went in: the table django_migrations differs"):
        restore_of(backup, living, replace=True).run()
    assert _all(living) == before


def test_when_the_places_cannot_be_exchanged_everything_is_as_it_was(
    backup: Path, living: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, beside = _all(living), {path.name for path in living.parent.iterdir()}
    real = restoring._move

    def refuse_the_second(old: Path, new: Path) -> object:
        if new == living:
            raise OSError(18, "Invalid cross-device link")
        return real(old, new)

    monkeypatch.setattr(restoring, "_move", refuse_the_second)
    with pytest.raises(Refused, match=r"could not be put in place of the old one: .*Everything is as it was"):
        restore_of(backup, living, replace=True).run()
    assert _all(living) == before
    assert {path.name for path in living.parent.iterdir()} == beside


@pytest.mark.parametrize("replace", [False, True])
def test_what_came_to_the_place_meanwhile_is_not_touched(replace: bool, backup: Path, place: Path) -> None:
    class Meanwhile(Telling):
        @contextmanager
        def step(self, title: str) -> Iterator[None]:
            yield
            if title.startswith("Building"):
                place.mkdir()
                (place / "keys.json").write_bytes(b"of a site that was begun meanwhile")

    with pytest.raises(Refused, match="meanwhile something came to"):
        restore_of(backup, place, replace=replace, telling=Meanwhile()).run()
    assert _all(place) == {"keys.json": b"of a site that was begun meanwhile"}
    assert [path.name for path in place.parent.iterdir()] == ["place"]


def test_a_database_outside_the_folder_is_exchanged_with_what_lies_beside_it(
    site: Site, backup: Path, place: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "elsewhere" / "db.sqlite3"
    outside.parent.mkdir()
    outside.write_bytes(b"old")
    outside.with_name("db.sqlite3-wal").write_bytes(b"old too")
    told = {"engine": SqliteEngine(outside), "stamp": "20261127_090000"}
    with pytest.raises(Refused, match=r"elsewhere/db\.sqlite3 is not empty"):
        restore_of(backup, place, **told).run()
    restore_of(backup, place, replace=True, **told).run()
    assert _rows(outside, "persons") == _rows(site.database, "persons")
    beside = {path.name: path.read_bytes() for path in outside.parent.iterdir() if "before" in path.name}
    assert beside == {
        "db.sqlite3.before-20261127_090000": b"old",
        "db.sqlite3.before-20261127_090000-wal": b"old too",
    }
    assert not (place / "soyol.sqlite3").exists()


def test_the_note_names_the_backup_and_keeps_the_site_from_serving(backup: Path, place: Path) -> None:
    restore_of(backup, place).run()
    contents = check(backup, PASSPHRASE)
    assert note.read(place) == note.Note(contents.digest, contents.about.made_at)
    with pytest.raises(Refused, match="what belongs to that is not done yet"):
        note.refuse_unfinished(place)


def test_restored_files_are_their_owners_alone(backup: Path, place: Path) -> None:
    restore_of(backup, place).run()
    assert [path for path in place.rglob("*") if path.is_file() and path.stat().st_mode & 0o077] == []
    assert place.stat().st_mode & 0o077 == 0


def test_the_database_of_the_settings_is_looked_for_in_the_place(tmp_path: Path) -> None:
    engine = "config.backends.sqlite3"
    passing = tmp_path / "passing"
    inside = restoring.engine_for(tmp_path / "place", {"ENGINE": engine, "NAME": passing / "soyol.sqlite3"}, passing)
    elsewhere = restoring.engine_for(tmp_path / "place", {"ENGINE": engine, "NAME": tmp_path / "db"}, passing)
    assert (inside, elsewhere) == (SqliteEngine(tmp_path / "place/soyol.sqlite3"), SqliteEngine(tmp_path / "db"))
