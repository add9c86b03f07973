"""Reading small files in this process, for tests of what becomes of rows once they are read.

The caged process is the same code behind limits; starting one for each small file would be most of the time that
such tests take. ``tests/intake`` and the journeys with real processes go through the cage.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from soyol.intake import cage
from soyol.intake.job import Job
from soyol.intake.limits import Limits
from soyol.intake.problems import Problem, Refused
from soyol.intake.reading import Reading


def read_here(
    orders: dict[str, Any],
    limits: Limits,
    cancelled: Callable[[], bool] | None,
    progress: Callable[[int, int], None] | None,
) -> Problem | None:
    """Do what a caged process does with its ``orders``, without a cage."""
    path, into = Path(orders["path"]), Path(orders["into"])
    job = Job(into, limits, frozenset(orders["headings"]), total=path.stat().st_size)
    empty = Reading(orders["source"], orders["file"], into)
    try:
        reading = cage.examine(path, job, empty)
    except Refused as refused:
        reading = cage._refused(empty, refused.problem)
    reading.save()
    return None
