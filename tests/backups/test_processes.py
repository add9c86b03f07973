"""Backup and restore as real processes, on the database of the run: while people work, killed, on full disks."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from soyol.lib import parcels
from tests.backups.conftest import PASSPHRASE
from tests.factories.instances import ROOT, Instance, _database

pytestmark = pytest.mark.slow

ENQUEUE = """
import json
from soyol.audit import By
from soyol.jobs.actions import enqueue
print(json.dumps(enqueue("tests.count", {"steps": 40, "pause": 0.05}, by=By.system("tests")).pk))
"""
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


@pytest.fixture
def site(instance: Instance) -> Instance:
    """A site with files, sealed values and keys."""
    instance.environment["SOYOL_BACKUP_PASSPHRASE"] = PASSPHRASE
    _busy(instance, "tell(fill())")
    return instance


@pytest.fixture
def empty(site: Instance, tmp_path: Path) -> Iterator[Callable[[str], Instance]]:
    """Makes places in which nothing is, with an empty database where the tests run on a server."""
    with contextlib.ExitStack() as stack:

        def make(name: str) -> Instance:
            url = None
            if site.database_url:
                url = f"{site.database_url[:-2]}_{name}"
                stack.enter_context(_database(url, "template0"))
            return Instance(tmp_path / name, url, environment=dict(site.environment))

        yield make


def _busy(instance: Instance, call: str) -> Any:
    return instance.python(f"from tests.backups.busy import *\n{call}")


def _start(instance: Instance, *arguments: str | Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], env=instance._environment(), cwd=ROOT, text=True, stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _run(instance: Instance, *arguments: str | Path) -> tuple[int, str]:
    """The exit code and what was said on the error stream."""
    process = _start(instance, *arguments)
    _out, said = process.communicate(timeout=120)
    return process.returncode, said


def _back_up(instance: Instance, to: Path) -> Path:
    assert _run(instance, "config.manage", "backup", to) == (0, "")
    return to


def _restore(instance: Instance, backup: Path, *more: str) -> tuple[int, str]:
    return _run(instance, "config.restore", backup, *more)


def _tables(instance: Instance) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    names = instance.rows(TABLES["postgresql" if instance.database_url else "sqlite"])
    return {name: sorted(instance.rows(f'SELECT * FROM "{name}"'), key=repr) for (name,) in names}


def _files(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def _kept(place: Path) -> dict[str, bytes]:
    """What belongs to a site whatever else it has made for itself."""
    found = _files(place)
    return {name: found[name] for name in found if name.startswith(("files/", "mail/", "keys.json", "audit-"))}


def test_everything_comes_back_in_an_empty_place_and_a_job_that_ran_goes_on(
    site: Instance, empty: Callable[[str], Instance], tmp_path: Path
) -> None:
    site.environment["SOYOL_JOB_LEASE_SECONDS"] = "1"
    site.python(ENQUEUE)
    worker = site.start_worker()
    site.wait_for(lambda: site.rows("SELECT count(*) FROM bodies_body")[0][0] >= 5)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    before = _tables(site)
    backup = _back_up(site, tmp_path / "one.backup")

    one, two = empty("one"), empty("two")
    assert _restore(one, backup) == _restore(two, backup) == (0, "")
    assert _tables(one) == _tables(two) == before
    assert _kept(one.folder) == _kept(site.folder)
    assert _files(one.folder) == _files(two.folder)
    held = backup.read_bytes()
    assert [word for word in ("УБ99112233", PASSPHRASE, "keys.json") if word.encode() in held] == []

    one.manage("prepare")
    assert "wait for their seal" in one.manage("verify_audit")
    assert _busy(one, "tell(agrees())") == {
        "files": 6,
        "details": 1,
        "bodies": one.rows("SELECT count(*) FROM bodies_body")[0][0],
    }
    with pytest.raises(Exception, match="never"):
        one.execute("UPDATE audit_entry SET actor_name = 'nobody'")
    one.environment["SOYOL_JOB_LEASE_SECONDS"] = "1"
    assert one.start_worker(until_idle=True).wait(60) == 0
    assert one.rows("SELECT state FROM jobs_job") == [("done",)]
    assert one.rows("SELECT count(*) FROM bodies_body") == [(42,)]
    one.manage("verify_audit")


def test_a_backup_while_ten_writers_work_agrees_with_itself(
    site: Instance, empty: Callable[[str], Instance], tmp_path: Path
) -> None:
    stop = tmp_path / "stop"
    code = f"from tests.backups.busy import *\ntell(write_until({str(stop)!r}, 5))"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=site._environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    try:
        site.wait_for(lambda: site.rows("SELECT count(*) FROM bodies_body")[0][0] > 20)
        backups = [_back_up(site, tmp_path / f"{number}.backup") for number in range(2)]
        between = site.rows("SELECT count(*) FROM bodies_body")[0][0]
    finally:
        stop.touch()
        confirmed = [int(writer.communicate(timeout=60)[0].splitlines()[-1]) for writer in writers]
    assert all(count > 5 for count in confirmed)
    assert site.rows("SELECT count(*) FROM bodies_body") == [(sum(confirmed) + 1,)]

    counted = []
    for number, backup in enumerate(backups):
        place = empty(f"place{number}")
        assert _restore(place, backup) == (0, "")
        place.manage("prepare")
        place.manage("verify_audit")
        found = _busy(place, "tell(agrees())")
        assert abs(found["files"] - 6 - (found["bodies"] - 1)) <= 10  # each writer keeps a file, then adds a body
        counted.append(found["bodies"])
    assert 20 < counted[0] < counted[1] <= between


def _grown(folder: Path, least: int) -> bool:
    sizes = [path.stat().st_size for path in folder.glob(".one.backup.*.part")]
    return bool(sizes) and max(sizes) >= least


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_backup_that_is_stopped_on_the_way_leaves_the_last_good_one(
    how: signal.Signals, site: Instance, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    good = _back_up(site, folder / "one.backup").read_bytes()
    with (site.folder / "files" / "large").open("wb") as stream:
        stream.truncate(2_000_000_000)  # takes its time, and no room
    process = _start(site, "config.manage", "backup", folder / "one.backup")
    site.wait_for(lambda: _grown(folder, 1_000_000))
    process.send_signal(how)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert (folder / "one.backup").read_bytes() == good
    left = sorted(path.name for path in folder.iterdir())
    assert (left == ["one.backup"]) is (how != signal.SIGKILL)
    (site.folder / "files" / "large").unlink()
    _back_up(site, folder / "one.backup")
    assert [path.name for path in folder.iterdir()] == ["one.backup"]
    assert [path.name for path in (site.folder / "work").iterdir()] == []


def test_a_restore_that_is_killed_on_the_way_leaves_the_living_site(site: Instance, tmp_path: Path) -> None:
    with (site.folder / "files" / "large").open("wb") as stream:
        stream.truncate(300_000_000)
    backup = _back_up(site, tmp_path / "one.backup")
    _busy(site, "tell(fill())")
    before, rows = _kept(site.folder), _tables(site)
    process = _start(site, "config.restore", backup, "--replace")
    rooms = f".{site.folder.name}.restoring-*"
    site.wait_for(lambda: bool(list(site.folder.parent.glob(f"{rooms}/place/files/large"))))
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert _kept(site.folder) == before
    assert _tables(site) == rows
    assert _restore(site, backup, "--replace") == (0, "")
    assert list(site.folder.parent.glob(rooms)) == []
    assert _tables(site) != rows


@pytest.mark.skipif(
    os.geteuid() != 0 or not sys.platform.startswith("linux"), reason="a small disk needs root on Linux"
)
def test_a_disk_that_fills_up_while_a_backup_is_written_is_told(site: Instance, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=True)
    try:
        good = _back_up(site, disk / "one.backup").read_bytes()
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        with (site.folder / "files" / "more").open("wb") as stream:
            stream.truncate(20_000_000)
        code, said = _run(site, "config.manage", "backup", disk / "one.backup")
        assert (code, "and about" in said, "The last backup was not touched" in said) == (1, True, True)
        # The same where the room is taken by others only after it was looked for.
        late = "import soyol.backups.disks as disks; disks.refuse_small = lambda *_: None; "
        late += f"from config import manage; manage.main(['backup', {str(disk / 'one.backup')!r}])"
        done = subprocess.run(
            [sys.executable, "-c", late], env=site._environment(), cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (done.returncode, "a disk filled up on the way" in done.stderr) == (1, True), done.stderr
        assert [path.name for path in disk.iterdir()] == ["one.backup"]
        assert (disk / "one.backup").read_bytes() == good
        assert os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize == free
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_place_in_which_the_site_works_is_not_exchanged(site: Instance, tmp_path: Path) -> None:
    backup = _back_up(site, tmp_path / "one.backup")
    before = _tables(site)
    worker = _start(site, "config.manage", "work")
    try:
        site.wait_for(lambda: bool(_busy_lock(site)))
        code, said = _restore(site, backup, "--replace")
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=30)
    assert (code, "the site is running" in said, "Stop it, and try again" in said) == (1, True, True)
    assert _tables(site) == before


def _busy_lock(site: Instance) -> bool:
    from soyol.lib import tenancy

    return (site.folder / tenancy.PROCESS).exists() and tenancy.is_held(site.folder / tenancy.PROCESS)


def test_a_restored_place_does_not_work_before_it_is_prepared(
    site: Instance, empty: Callable[[str], Instance], tmp_path: Path
) -> None:
    place = empty("place")
    assert _restore(place, _back_up(site, tmp_path / "one.backup")) == (0, "")
    for serving in (["config.manage", "work", "--until-idle"], ["config.wsgi"]):
        code, said = _run(place, *serving)
        assert (code, "was restored from a backup" in said, "./soyol manage prepare" in said) == (1, True, True)
    place.manage("prepare")
    assert _run(place, "config.manage", "work", "--until-idle") == _run(place, "config.wsgi") == (0, "")


def test_a_backup_of_an_older_version_is_brought_forward(
    site: Instance, empty: Callable[[str], Instance], tmp_path: Path
) -> None:
    names = site.rows("SELECT name FROM django_migrations WHERE app = 'registry' ORDER BY name")
    (last,), (before,) = names[-1], names[-2]
    site.manage("migrate", "registry", before, "--verbosity=0")
    place = empty("place")
    assert _restore(place, _back_up(site, tmp_path / "one.backup")) == (0, "")
    asked = f"SELECT count(*) FROM django_migrations WHERE app = 'registry' AND name = '{last}'"
    assert place.rows(asked) == [(0,)]
    place.manage("prepare")
    assert place.rows(asked) == [(1,)]
    place.manage("verify_audit")


def test_a_backup_of_newer_software_is_refused(
    site: Instance, empty: Callable[[str], Instance], tmp_path: Path
) -> None:
    site.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('registry', '9999_later', '2030-01-01')")
    place = empty("place")
    code, said = _restore(place, _back_up(site, tmp_path / "one.backup"))
    assert (code, "registry.9999_later" in said) == (1, True)
    assert not place.folder.exists()


def test_a_wrong_passphrase_a_cut_and_a_flipped_backup_leave_the_living_site(site: Instance, tmp_path: Path) -> None:
    backup = _back_up(site, tmp_path / "one.backup")
    rows, files = _tables(site), _kept(site.folder)
    held = bytearray(backup.read_bytes())
    held[len(held) // 2] ^= 1
    (tmp_path / "flipped.backup").write_bytes(held)
    (tmp_path / "cut.backup").write_bytes(backup.read_bytes()[:-100])
    for name, said in (("flipped", "is damaged"), ("cut", "is damaged")):
        code, told = _restore(site, tmp_path / f"{name}.backup", "--replace")
        assert (code, said in told) == (1, True)
    site.environment["SOYOL_BACKUP_PASSPHRASE"] = "another passphrase"
    code, told = _restore(site, backup, "--replace")
    assert (code, "the passphrase is not the one" in told) == (1, True)
    assert (_tables(site), _kept(site.folder)) == (rows, files)


def test_what_was_there_is_kept_where_it_is_replaced(site: Instance, tmp_path: Path) -> None:
    backup = _back_up(site, tmp_path / "one.backup")
    _busy(site, "tell(fill())")
    files, bodies = _kept(site.folder), site.rows("SELECT count(*) FROM bodies_body")
    assert bodies == [(2,)]
    assert _restore(site, backup, "--replace") == (0, "")
    assert site.rows("SELECT count(*) FROM bodies_body") == [(1,)]
    (kept,) = site.folder.parent.glob(f"{site.folder.name}.before-*")
    assert _kept(kept) == files
    if site.database_url:
        (schema,) = site.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before%'")
        assert site.rows(f"SELECT count(*) FROM {schema[0]}.bodies_body") == bodies
    else:
        assert Instance(kept).rows("SELECT count(*) FROM bodies_body") == bodies
    # The next backup is of what is there now, not of what was set aside.
    site.manage("prepare")
    _back_up(site, tmp_path / "two.backup")
    with (tmp_path / "two.backup").open("rb") as stream:
        names = [each.name for each in parcels.opened(stream, PASSPHRASE)]
    assert [name for name in names if "before" in name] == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
def test_a_database_to_which_others_are_connected_is_not_exchanged(site: Instance, tmp_path: Path) -> None:
    backup = _back_up(site, tmp_path / "one.backup")
    with contextlib.closing(site._connect()):
        code, said = _restore(site, backup, "--replace")
    assert (code, "1 others are connected to the database" in said) == (1, True)
