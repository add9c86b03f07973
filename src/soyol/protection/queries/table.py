"""The table of what is kept how long, with how much is due, and when it was last looked at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from soyol.audit import queries as audit
from soyol.fields.keeping import Row, rows
from soyol.protection.rules import said

#: What the audit calls the keeping as a whole.
ALL = "protection"
#: Action by which the end of each run is written down.
ENDED = "protection.run.end"


@dataclass(frozen=True, slots=True)
class Line:
    """One row as a page shows it; ``due``: how many would go now, None where nobody counted."""

    row: Row
    due: int | None = None
    gone: int = 0

    @property
    def how_long(self) -> str:
        """The period in the reader's language; empty for what is kept for ever."""
        return said(self.row.period) if self.row.is_limited else ""


@dataclass(frozen=True, slots=True)
class Run:
    """When it last ended, and how many rows went."""

    at: datetime
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many rows went in all."""
        return sum(self.counts.values())


def limited() -> list[Row]:
    """Rows of the table that go some day, in the order in which they go."""
    return [row for row in rows() if row.is_limited]


def due(row: Row, now: datetime) -> QuerySet[Any]:
    """What of a row goes at ``now``."""
    if row.due is None:
        raise ValueError(f"{row.code} is kept for ever")
    return row.due(row.period.before(now)).order_by("pk")


def due_now(now: datetime | None = None) -> dict[str, int]:
    """How many of each row would go now: the dry run."""
    moment = now or timezone.now()
    return {row.code: due(row, moment).count() for row in limited()}


def last_run() -> Run | None:
    """The last run that came to its end; None before the first."""
    entry = audit.about(ALL).filter(action=ENDED).first()
    return None if entry is None else Run(entry.at, dict(entry.told.get("counts", {})))


def table(*, counted: bool = False) -> list[Line]:
    """The whole table, what goes some day first; ``counted``: with how many are due now and how many went last."""
    due = due_now() if counted else {}
    run = last_run() if counted else None
    gone = run.counts if run else {}
    found = [Line(row, due.get(row.code), gone.get(row.code, 0)) for row in rows()]
    return sorted(found, key=lambda line: not line.row.is_limited)
