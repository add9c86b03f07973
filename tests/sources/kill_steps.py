"""What the processes of the kill tests do: prepare a checked file, import it in small steps, tell what is there."""

import hashlib
import io
import json
import time
from pathlib import Path

from django.db import close_old_connections

from soyol.audit import By
from soyol.audit.models import Entry
from soyol.sources import actions
from soyol.sources.actions import importing
from soyol.sources.models import Batch, RecordProblem, Sighting, Source, SourceRecord
from soyol.sources.queries import fates

BY = By.system("tests")
ROWS = 120
COLUMNS = (
    "row", "sheet", "line", "kind", "raw", "values", "identity_key", "content_hash", "live", "listed",
)  # fmt: skip
#: Small steps make many transactions, so that a kill can fall between any two.
importing.CHUNK = fates.CHUNK = 10


def content() -> io.BytesIO:
    """A list with known, new and troubled rows."""
    lines = [f"Name{at} Person{at},9911{at:04d},19{50 + at % 50}-01-{1 + at % 28:02d}" for at in range(ROWS)]
    lines[7] += "-x"
    return io.BytesIO("\n".join(["Name,Phone,Birth date", *lines, ""]).encode())


def prepare() -> int:
    """A source with one checked file; returns the file's number."""
    source = actions.create_source(by=BY, code="list", names={"en": "List"}, keeper="Keeper")
    batch = actions.receive(by=BY, source=source, name="list.csv", content=content())
    batch = actions.read_batch(by=BY, batch=batch)
    batch = actions.set_mapping(by=BY, batch=batch, mapping=batch.mapping)
    return actions.dry_run(by=BY, batch=batch).pk


def run(batch: int) -> None:
    """Import it, or go on with importing it."""
    actions.import_batch(by=BY, batch=Batch.objects.get(pk=batch))


def receive_again() -> str:
    """Send the same bytes once more; which file holds them."""
    close_old_connections()
    try:
        return f"new {actions.receive(by=BY, source=Source.objects.get(), name='again.csv', content=content()).pk}"
    except actions.AlreadyReceived as known:
        return f"known {known.batch.pk}"


def receive_rounds(meeting: str, mine: int, rounds: int) -> list[str]:
    """Send a new file in each round at the moment at which the other process sends the same; which file holds it."""
    return [_meet_and_receive(Path(meeting), mine, number) for number in range(rounds)]


def _meet_and_receive(meeting: Path, mine: int, number: int) -> str:
    content = io.BytesIO(f"Name,Phone\nRound {number},{99110000 + number}\n".encode())
    source = Source.objects.get()
    (meeting / f"{number}-{mine}").touch()
    until = time.monotonic() + 60
    while not (meeting / f"{number}-{1 - mine}").exists():
        if time.monotonic() > until:
            raise TimeoutError(f"the other process did not come to round {number}")
    try:
        batch = actions.receive(by=BY, source=source, name=f"round-{number}.csv", content=content)
    except actions.AlreadyReceived as known:
        return f"known {known.batch.pk} {known.batch.received_by}"
    return f"new {batch.pk} {batch.received_by}"


def fingerprint() -> str:
    """Everything that importing wrote, without ids, times and nonces."""
    told = [
        list(Batch.objects.values_list("state", "revision", "problems_count", "counts")),
        [
            [getattr(row, name) for name in COLUMNS]
            for row in SourceRecord.objects.order_by("row")
        ],
        list(Sighting.objects.order_by("row").values_list("row", "revision", "record__row")),
        [[row.row, row.column, row.value, row.code, row.params] for row in RecordProblem.objects.all()],
        list(Entry.objects.order_by("id").filter(action__startswith="sources.").values_list("action", "target")),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()
