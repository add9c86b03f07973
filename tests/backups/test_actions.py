"""Making a backup: what is in it, what is refused, and that the last good one stays whatever happens."""

import errno
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone

from soyol.audit import By
from soyol.audit.models import Entry
from soyol.backups import actions, disks, note
from soyol.backups.engines import sqlite as engine
from soyol.backups.queries import check
from soyol.backups.rules import Refused
from soyol.backups.telling import Telling
from soyol.files.models import StoredFile
from soyol.lib import parcels, tenancy
from tests.backups.conftest import FILE, PASSPHRASE, Site


def _inside(path: Path) -> dict[str, bytes]:
    with path.open("rb") as stream:
        return {each.name: each.content.read() for each in parcels.opened(stream, PASSPHRASE)}


def test_everything_that_cannot_be_made_again_is_inside_and_nothing_else(site: Site) -> None:
    inside = _inside(site.make())
    kept = {"audit-head.json", "keys.json", f"files/01/{FILE.hex}", "mail/letter.log"}
    assert set(inside) == {"about.json", "manifest.json", "database/soyol.sqlite3", *(f"place/{name}" for name in kept)}
    assert {name: inside[f"place/{name}"] for name in kept} == {name: site.files()[name] for name in kept}


def test_the_manifest_tells_size_and_hash_of_each_file_and_rows_of_each_table(site: Site) -> None:
    inside = _inside(site.make())
    about, told = (json.loads(inside[name]) for name in ("about.json", "manifest.json"))
    held = {name: content for name, content in inside.items() if "/" in name}
    assert told["members"] == {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in held.items()
    }
    rows = {name: table["rows"] for name, table in told["tables"].items()}
    assert rows == {"django_migrations": 2, "files_storedfile": 1, "persons": 2, 'odd "name': 2}
    assert about["migrations"] == {"files": ["0001_make_the_vault"], "jobs": ["0001_make_jobs"]}
    assert (about["database"], about["database_version"]) == ("sqlite", sqlite3.sqlite_version)


def test_nothing_of_a_person_and_no_passphrase_can_be_read_in_the_file(site: Site) -> None:
    held = site.make().read_bytes()
    canaries = ["УБ99112233", PASSPHRASE, "persons", "an invitation", "keys.json", "SQLite format 3"]
    assert [word for word in canaries if word.encode() in held] == []


def test_a_backup_is_its_owners_alone(site: Site) -> None:
    assert site.make().stat().st_mode & 0o777 == 0o600


def test_that_a_backup_was_made_is_written_down(site: Site) -> None:
    path = site.make()
    (entry,) = Entry.objects.filter(action="backups.backup.make")
    assert entry.target == f"backups.Backup:{check(path, PASSPHRASE).digest[:16]}"
    assert entry.told["size"] == path.stat().st_size


def test_a_file_that_was_forgotten_while_the_backup_was_made_is_not_missed(site: Site) -> None:
    (site.data / "files/01" / FILE.hex).unlink()
    StoredFile.objects.create(id=FILE, size=1, sha256="0" * 64, forgotten_at=timezone.now())
    assert check(site.make(), PASSPHRASE).manifest.doubts == []


def test_a_kept_file_that_is_missing_is_told_and_the_backup_made_all_the_same(site: Site) -> None:
    (site.data / "files/01" / FILE.hex).unlink()
    assert check(site.make(), PASSPHRASE).manifest.doubts == [
        f"the registry names a file that is not there: place/files/01/{FILE.hex}"
    ]


def test_rows_that_point_nowhere_are_told(site: Site) -> None:
    site.execute("""PRAGMA foreign_keys=OFF; UPDATE "odd ""name" SET b = 77""")
    (doubt,) = check(site.make(), PASSPHRASE).manifest.doubts
    assert doubt == 'rows point to rows that are not there: 2 (the first in odd "name)'


def test_a_newer_backup_takes_the_place_of_an_older_one(site: Site) -> None:
    first = site.make().read_bytes()
    site.execute("INSERT INTO persons (id) VALUES (3)")
    assert site.make().read_bytes() != first
    assert check(site.backups / "one.backup", PASSPHRASE).manifest.tables["persons"].rows == 3
    assert [path.name for path in site.backups.iterdir()] == ["one.backup"]


def _fails_while_writing(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    def member(*_: object) -> None:
        raise fault

    monkeypatch.setattr("soyol.backups.folder.Folder.member", member)


def _reads_back_damage(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    real = actions.check

    def damaged(path: Path, *rest: object) -> object:
        held = bytearray(path.read_bytes())
        held[-20] ^= 1  # as a bad disk would
        path.write_bytes(held)
        return real(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "check", damaged)


@dataclass(frozen=True)
class Trouble:
    """What goes wrong, how it is arranged, and what comes out."""

    arrange: Callable[[pytest.MonkeyPatch, BaseException], None]
    fault: BaseException
    raised: type[BaseException]
    said: str


TROUBLES = {
    "disk full": Trouble(
        _fails_while_writing, OSError(errno.ENOSPC, "no space"), Refused, "a disk filled up on the way"
    ),
    "disk of the copy full": Trouble(
        _fails_while_writing,
        sqlite3.OperationalError("database or disk is full"),
        Refused,
        "a disk filled up on the way",
    ),
    "stopped": Trouble(_fails_while_writing, KeyboardInterrupt("stopped"), KeyboardInterrupt, "stopped"),
    "a file that cannot be read": Trouble(_fails_while_writing, OSError(errno.EIO, "I/O error"), OSError, "I/O error"),
    "a disk that keeps something else": Trouble(_reads_back_damage, Exception(), Refused, "is damaged"),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=list(TROUBLES))
def test_whatever_happens_the_last_good_backup_stays_and_nothing_is_left(
    trouble: Trouble, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.make().read_bytes()
    trouble.arrange(monkeypatch, trouble.fault)
    with pytest.raises(trouble.raised, match=trouble.said):
        site.make()
    assert {path.name: path.read_bytes() for path in site.backups.iterdir()} == {"one.backup": before}
    assert [path.name for path in (site.data / "work").iterdir()] == ["1-x"]


def test_what_a_killed_one_left_is_taken_away_and_what_another_writes_is_not(site: Site) -> None:
    left, writing = (site.backups / f".one.backup.{name}.part" for name in ("aaaa", "bbbb"))
    left.touch()
    writing.touch()
    with tenancy.held(writing):
        site.make()
    assert sorted(path.name for path in site.backups.iterdir()) == [writing.name, "one.backup"]


def test_a_disk_that_is_too_small_is_refused_before_anything_is_written(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disks.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(Refused, match=r"has 1 bytes free, and about .* are needed") as refused:
        site.make()
    assert "The last backup was not touched" in refused.value.way_out
    assert list(site.backups.iterdir()) == []


def test_folders_of_one_disk_need_their_room_together(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert disks.together((tmp_path, 10), (tmp_path / "a", 5)) == {tmp_path: 15}


def test_a_broken_database_takes_no_good_backup_away(site: Site) -> None:
    before = site.make().read_bytes()
    with site.database.open("r+b") as stream:
        stream.seek(4096 * 2)
        stream.write(b"\xff" * 4096)
    with pytest.raises(Refused, match="is damaged") as refused:
        site.make()
    assert refused.value.way_out == "Keep the last good backup, and restore that one."
    assert (site.backups / "one.backup").read_bytes() == before


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere/one.backup", "there is no folder"),
        ("", "is a folder"),
        ("../data/one.backup", "is in the data folder"),
        ("list.csv", "is there already and is no backup; it was not touched"),
    ],
)
def test_targets_that_would_do_harm_are_refused(target: str, said: str, site: Site) -> None:
    (site.backups / "list.csv").write_bytes(b"a,b")
    with pytest.raises(Refused, match=said):
        site.make(target)
    assert (site.backups / "list.csv").read_bytes() == b"a,b"


def test_a_short_passphrase_is_refused_before_anything_is_written(site: Site) -> None:
    with pytest.raises(Refused, match="the passphrase has 5 signs"):
        site.make(passphrase="short")
    assert list(site.backups.iterdir()) == []


def test_a_place_without_a_database_is_refused(site: Site) -> None:
    site.database.unlink()
    with pytest.raises(Refused, match="there is no database"):
        site.make()


def test_a_restored_place_is_brought_to_its_end_before_it_is_backed_up(site: Site) -> None:
    note.leave(site.data, note.Note("aa", "2026-11-27T09:00:00+00:00"))
    with pytest.raises(Refused, match="what belongs to that is not done yet"):
        site.make()


def test_a_note_that_the_database_does_not_take_leaves_the_backup_good(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise actions.Error("database is locked")

    monkeypatch.setattr(actions, "record", busy)
    said: list[str] = []
    to = site.backups / "one.backup"
    actions.make(by=By.system("tests"), to=to, passphrase=PASSPHRASE, telling=Telling(said.append))
    assert said[-1].endswith("did not take the note that it was made: database is locked")
    check(to, PASSPHRASE)


def test_how_far_it_is_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soyol.backups.telling.EVERY", 0.0)
    said: list[str] = []
    actions.make(
        by=By.system("tests"), to=site.backups / "one.backup", passphrase=PASSPHRASE, telling=Telling(said.append)
    )
    titles = [line for line in said if line.startswith("  ✓")]
    assert len(titles) == 6
    assert any("2 MB of 2 MB" in line for line in said)


def test_writers_that_commit_meanwhile_neither_show_nor_wait(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.execute("CREATE TABLE filler (id INTEGER PRIMARY KEY, content BLOB)")
    site.execute("".join(f"INSERT INTO filler (content) VALUES (zeroblob({4096 * 40}));" for _ in range(5)))
    monkeypatch.setattr(engine, "AT_ONCE", 10)
    written: list[float] = []

    class Writing(Telling):
        def far(self, done: int, total: int) -> None:
            if len(written) < 5:
                site.execute("INSERT INTO persons (name) VALUES ('meanwhile'); DELETE FROM persons WHERE id = 1")
                written.append(done)

    to = site.backups / "one.backup"
    made = actions.make(by=By.system("tests"), to=to, passphrase=PASSPHRASE, telling=Writing())
    assert len(written) == 5
    assert made.contents.manifest.tables["persons"].rows == 2


def test_witnesses_are_older_than_the_snapshot_and_keys_are_newer(site: Site) -> None:
    """What tells how far the audit goes must not know more than the database; the ring must not know less."""

    class Meanwhile(Telling):
        def far(self, done: int, total: int) -> None:
            (site.data / "audit-head.json").write_bytes(b"of a later entry")
            (site.data / "keys.json").write_bytes(b"with one more key")

    to = site.backups / "one.backup"
    actions.make(by=By.system("tests"), to=to, passphrase=PASSPHRASE, telling=Meanwhile())
    inside = _inside(to)
    assert inside["place/audit-head.json"] == b'{"position": 1}'
    assert inside["place/keys.json"] == b"with one more key"


def test_a_database_without_a_site_is_refused(site: Site) -> None:
    site.execute("DROP TABLE django_migrations")
    with pytest.raises(Refused, match="the database holds no site yet"):
        site.make()
    assert list(site.backups.iterdir()) == []
