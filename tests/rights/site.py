"""What the processes of the tests of erasing do: fill a site, erase somebody, tell what is left of them."""

import json
import os
import threading
import time

from django.db import transaction

from soyol.registry.actions.directory import refresh_stale
from soyol.registry.actions.statements import record_statements
from soyol.registry.models import Actor
from soyol.rights.actions.erasing import erase
from soyol.sources.models import SourceRecord
from tests.factories import lists
from tests.factories import registry as make
from tests.rights.canary import everything_of_others, found

#: Words that stand nowhere else, beside those of a neighbour in the same file.
WORDS = ("Kanariqa", "Zwhistler", "88997766", "1971-02-03")
ROWS = ["Kanariqa Zwhistler,88997766,1971-02-03,yes", "Plain Neighbour,88001122,1960-01-01,yes"]
AT = "2026-11-27T10:00:00+00:00"


def fill() -> dict[str, object]:
    """Three files of one list with the person in each, and entries; the number of the person."""
    source = make.a_source("members")
    for name in "abc":
        batch = lists.imported(source, [*ROWS, f"Other {name},8800112{ord(name) % 10},1950-01-01,"], name=f"{name}.csv")
    record_statements()
    with transaction.atomic():  # numbers are drawn under a lock
        made = [make.an_actor(record) for record in SourceRecord.objects.filter(live=True).order_by("pk")]
    refresh_stale()
    return {"number": made[0].number, "batch": batch.pk}


def erase_all(number: str, *, dies_after: float | None = None) -> None:
    """Erase; ``dies_after`` seconds this process is killed, wherever it is."""
    if dies_after is not None:
        threading.Thread(target=_die, args=[dies_after], daemon=True).start()
    erase(by=make.BY, actor=Actor.objects.get(number=number), at=AT)


def _die(after: float) -> None:
    time.sleep(after)
    os.kill(os.getpid(), 9)


def left() -> list[tuple[str, str]]:
    """Where words of the person stand, everything opened."""
    return found(WORDS)


def others(number: str) -> list[str]:
    """Rows of everybody else."""
    told = everything_of_others()
    gone = set(SourceRecord.objects.filter(identities__actor__number=number).values_list("pk", flat=True))
    return [
        repr(row) for label, rows in sorted(told.items()) for row in rows
        if not ({dict(row).get("record_id"), dict(row).get("id") if label == "sources.SourceRecord" else None} & gone)
        and dict(row).get("number") != number
    ]  # fmt: skip


def tell(value: object) -> None:
    """Say it to whoever started this process."""
    print(json.dumps(value))
