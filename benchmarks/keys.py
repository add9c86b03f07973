"""Changing the key: seconds until everything that is sealed is under a new one, beside what sealing alone would take.

    ./soyol bench keys [--people 100000] [--files 200] [--database sqlite|postgresql]

A registry of invented people is built with the bulk loader, with some kept files. Then a key is added and every sealed
value and file goes over. The peer is the cipher itself: opening and sealing as many values of the same size in memory.
The limit is a lunch break: five minutes at 100,000 people, during which everybody can work.
"""

import argparse
import os
import time
from io import BytesIO
from pathlib import Path

from benchmarks.measuring import in_passing_room, machine, table
from benchmarks.search import build, people_and_bodies, settle

LIMIT = 300.0
SEED = 7
#: Bytes of a value, as most are, and of a file.
VALUE, FILE = 120, 1 << 20


def main(arguments: list[str] | None = None) -> int:
    """Build, change, print; exit code 1 when the limit is not kept or anything stayed behind."""
    return in_passing_room("keys", _measure, arguments, people=100_000, files=200)


def _measure(options: argparse.Namespace, room: Path) -> int:
    settle(options.database, room)
    built = build(list(people_and_bodies(options.people, SEED)), room)
    from soyol.audit import By
    from soyol.fields.keys import LOOK_AGAIN
    from soyol.files.actions import keep
    from soyol.protection.actions import change_key

    by = By.system("bench")
    for at in range(options.files):
        keep(by=by, name=f"{at}.pdf", content=BytesIO(os.urandom(FILE)), personal=True)
    about = f"{options.database} · {options.people:,} actors, {options.files} files of 1 MB"
    print(f"{machine()} · {about} · built in {built:.0f} s", flush=True)
    began = time.perf_counter()
    done = change_key(by=by)
    seconds, alone = time.perf_counter() - began, _alone(done.values)
    left = change_key(by=by, new=False)
    shown = [f"{done.values:,}", str(done.files), f"{seconds:.1f}", f"{seconds / LIMIT:.2f}"]
    shown += [f"{2 * LOOK_AGAIN:.0f}", f"{alone:.1f}", f"{seconds / alone:.1f}"]
    heading = ["values", "files", "s", "of limit", "of it waiting s", "the cipher alone s", "times"]
    print(table(heading, [shown]), flush=True)
    behind = left.values + left.files + len(done.broken)
    print(f"left behind: {behind}", flush=True)
    return 0 if seconds <= LIMIT and not behind and done.files == options.files else 1


def _alone(count: int) -> float:
    from soyol.fields.keys import ring

    keys = ring()
    sealed = keys.seal(os.urandom(VALUE), "bench")
    began = time.perf_counter()
    for _each in range(count):
        keys.seal(keys.open(sealed, "bench"), "bench")
    return time.perf_counter() - began
