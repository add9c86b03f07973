"""Backing a site up and bringing it back: seconds and memory, beside a plain copy of the same files in the same run.

    ./soyol bench backup [--people 100000] [--media 2000] [--database sqlite|postgresql] [--folder DIR]

A registry of invented people and bodies is built with the bulk loader, and files of 4 MB with random bytes are kept in
the vault, half of them sealed. Then the real commands run, each as a process: a backup (which reads back what it
wrote), a look whether it is whole, and a restore into an empty place, which compares every file and the rows of every
table with the manifest. The copy is 'cp -r' of the data folder, synced to the disk as a backup is; on PostgreSQL the
database is no file, so there the copy holds the other files only and is told without a ratio.
"""

import argparse
import io
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measuring import Run, machine, memory, ratio, table, timed
from benchmarks.search import build, people_and_bodies, settle

#: The project's own limit for 100,000 people and 2 GB of media (seconds), for either way.
LIMIT = 600.0
FILE = 4_000_000
SEED = 7
RESTORED = "soyol_bench_backup"
PASSPHRASE = "only for this measurement"  # noqa: S105 - the backup is gone with the measurement


def main(arguments: list[str] | None = None) -> int:
    """Build, back up, look, restore, print; exit code 1 when a limit is not kept or a command fails."""
    parser = argparse.ArgumentParser(prog="./soyol bench backup")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--media", type=int, default=2_000, metavar="MB")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--folder", type=Path, help="where to measure (default: the system's folder for passing files)")
    options = parser.parse_args(arguments)
    room = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        return _measure(options, room)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _measure(options: argparse.Namespace, room: Path) -> int:
    site = room / "site"
    site.mkdir()
    settle(options.database, site)
    seconds = build(list(people_and_bodies(options.people, SEED)), site)
    kept = _keep_media(options.media * 1_000_000)
    _let_go()
    print(
        f"{machine()} · {options.database} · {options.people:,} actors · {kept / 1e6:,.0f} MB of media · "
        f"built in {seconds:.0f} s",
        flush=True,
    )
    copied = _copy(site, room / "copy")
    backup = room / "one.backup"
    environment = {"SOYOL_DATA": str(site), "SOYOL_BACKUP_PASSPHRASE": PASSPHRASE}
    ran = {"backup": timed(["-m", "config.manage", "backup", backup], extra=environment)}
    ran["look whether it is whole"] = timed(["-m", "config.restore", "--check", backup], extra=environment)
    with _empty_database(options.database) as database:
        elsewhere = {**environment, "SOYOL_DATA": str(room / "restored"), **database}
        ran["restore"] = timed(["-m", "config.restore", backup], extra=elsewhere)
    _tell(copied, ran, with_ratio=options.database == "sqlite")
    same = _same_files(site, room / "restored")
    print(f"{same:,} kept files compared byte for byte after the restore; backup {backup.stat().st_size / 1e6:,.0f} MB")
    return 0 if all(run.ended_well and run.seconds <= LIMIT for run in ran.values()) else 1


def _keep_media(size: int) -> int:
    """Keep files of random bytes in the vault, every other one sealed; bytes that were kept."""
    from soyol.audit import By
    from soyol.files.actions import keep

    by = By.system("bench")
    count = size // FILE
    for number in range(count):
        keep(by=by, name=f"{number}.bin", content=io.BytesIO(os.urandom(FILE)), personal=number % 2 == 0)
    return count * FILE


def _let_go() -> None:
    """This process holds no connection while others are measured."""
    from django.db import connections

    connections.close_all()
    os.sync()


def _copy(site: Path, to: Path) -> float:
    """Seconds of a plain copy, synced."""
    began = time.perf_counter()
    subprocess.run(["cp", "-r", "--reflink=never", site, to], check=True)
    os.sync()
    seconds = time.perf_counter() - began
    shutil.rmtree(to)
    return seconds


@contextmanager
def _empty_database(kind: str) -> Iterator[dict[str, str]]:
    """Where to restore to: on a server another database, gone afterwards."""
    if kind == "sqlite":
        yield {}
        return
    import psycopg

    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {RESTORED}")
        connection.execute(f"CREATE DATABASE {RESTORED}")
        try:
            yield {"DATABASE_URL": f"{server}/{RESTORED}"}
        finally:
            connection.execute(f"DROP DATABASE {RESTORED}")


def _tell(copied: float, ran: dict[str, Run], *, with_ratio: bool) -> None:
    rows = [["plain copy", f"{copied:.1f}", "", "", "1.00×", ""]]
    for name, run in ran.items():
        if not run.ended_well:
            print(f"{name} ended with code {run.code}:\n{run.output}")
        shown = ratio(run.seconds, copied) if with_ratio else "–"
        rows.append([name, f"{run.seconds:.1f}", f"{LIMIT:.0f}", ratio(run.seconds, LIMIT), shown, memory(run.peak)])
    print(table(["step", "seconds", "limit", "of limit", "of the copy", "peak"], rows), flush=True)


def _same_files(site: Path, restored: Path) -> int:
    """How many files of the vault came back as they were; an error when one did not."""
    names = [path.relative_to(site) for path in (site / "files").rglob("*") if path.is_file()]
    for name in names:
        if (site / name).read_bytes() != (restored / name).read_bytes():
            raise SystemExit(f"{name} came back as something else")
    return len(names)
