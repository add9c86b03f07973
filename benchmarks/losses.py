"""Listing whom a loss of data concerns: seconds and memory until the list is written, read and kept as a workbook.

    ./soyol bench losses [--people 100000] [--database sqlite|postgresql]

A registry of invented people is built with the bulk loader. Then everything is lost, as with a backup: every kind of
data is read, the list is written row by row, each person on it gets a look in the audit, and the workbook is made. The
limit is that of the project: a list of people and fields within 60 seconds at 100,000 people. Beside it stands how long
the reading alone takes, and an account that looked at everybody.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.measuring import in_passing_room, machine, table
from benchmarks.search import Named, build, people_and_bodies, settle

LIMIT = 60.0
SEED = 7
#: Of what the generator makes at least so many are people.
PEOPLE = 0.7


def main(arguments: list[str] | None = None) -> int:
    """Build, list, print; exit code 1 when the limit is not kept."""
    return in_passing_room("losses", _measure, arguments, people=100_000)


def _people(count: int) -> Iterator[Named]:
    made = people_and_bodies(int(count / PEOPLE) + 100, SEED)
    return islice((each for each in made if each.kind == "person"), count)


def _measure(options: argparse.Namespace, room: Path) -> int:
    settle(options.database, room)
    built = build(list(_people(options.people)), room)
    print(f"{machine()} · {options.database} · {options.people:,} people · built in {built:.0f} s", flush=True)
    rows, kept = [], True
    for what, tables, act in (
        ("everything, with looks and workbook", True, _list),
        ("everything, reading alone", True, _read),
        ("what an account saw, with looks and workbook", False, _list),
    ):
        loss = _loss(whole=tables)
        began, worked, at = time.perf_counter(), time.process_time(), loss.made_at
        found = act(loss)
        loss.refresh_from_db()
        listed = (loss.listed_at - at).total_seconds() if loss.listed_at else 0.0
        seconds, worked = time.perf_counter() - began, time.process_time() - worked
        kept &= seconds <= LIMIT and found >= options.people
        rows.append([what, f"{found:,}", f"{listed:.1f}", f"{seconds:.1f}", f"{seconds / LIMIT:.2f}", f"{worked:.1f}"])
    heading = ["what is listed", "people", "on the page after s", "in all s", "of limit", "computing s"]
    print(table(heading, rows), flush=True)
    print(f"largest memory: {_memory():,.0f} MB", flush=True)
    return 0 if kept else 1


def _loss(*, whole: bool) -> Any:
    from django.utils import timezone

    from soyol.protection.models import Loss
    from soyol.protection.queries.held import KINDS

    now = timezone.now()
    return Loss.objects.create(
        what="a measurement",
        tables=[kind.code for kind in KINDS] if whole else [],
        account_id=None if whole else 1,
        since=now - timedelta(days=1),
        until=now + timedelta(days=1),
    )


def _list(loss: Any) -> int:
    from soyol.audit import By
    from soyol.protection.actions.listing import list_concerned

    by = By(kind="person", id="1", name="bench")  # whose looks the next measurement finds
    finish: Callable[[dict[str, Any]], None] = {}.update
    return list_concerned(by=by, loss=loss, lang="en", view=f"bench:{loss.pk}", finish=finish)


def _read(loss: Any) -> int:
    from soyol.protection.queries.affected import concerned

    return len(concerned(loss))


def _memory() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
