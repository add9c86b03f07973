"""Letting go whatever the table says: in short transactions, each with a line in the audit, harmless when repeated."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit.actions import record
from soyol.fields.keeping import Row
from soyol.files import actions as files
from soyol.protection.queries.table import ALL, ENDED, due, limited
from soyol.protection.rules import AT_ONCE, Refused
from soyol.rights.actions.erasing import empty_log


def let_go(*, by: By, now: datetime | None = None, check: Callable[[], object] = lambda: None) -> dict[str, int]:
    """Let everything go whose time is over at ``now``; row of the table → how many.

    What goes in one transaction is asked for in it, and locked: of two runs at once each row goes by one, and a killed
    run leaves nothing half gone. ``check`` is called between two transactions and may raise. Raises Refused while the
    site is told to keep everything.
    """
    if settings.SOYOL_KEEP_EVERYTHING:
        raise Refused("everything_kept")
    moment = now or timezone.now()
    counts = {row.code: _all_of(by, row, moment, check) for row in limited()}
    with transaction.atomic():
        record(by, ENDED, ALL, {"counts": {code: count for code, count in counts.items() if count}})
    files.sweep()
    empty_log()
    return counts


def _all_of(by: By, row: Row, now: datetime, check: Callable[[], object]) -> int:
    total, last = 0, None
    while True:
        check()
        keys = _some_of(by, row, now, last)
        if not keys:
            return total
        total, last = total + len(keys), keys[-1]


@transaction.atomic
def _some_of(by: By, row: Row, now: datetime, last: Any) -> list[Any]:
    """Let the next few go, in the order of their keys: what should stay for any reason is met once and no more."""
    found = due(row, now) if last is None else due(row, now).filter(pk__gt=last)
    keys = list(found.select_for_update(of=("self",)).values_list("pk", flat=True)[:AT_ONCE])
    if keys and row.let_go is not None:
        row.let_go(by, keys)
        record(by, "protection.row.let_go", f"protection.Row:{row.code}", {"count": len(keys)})
    return keys
