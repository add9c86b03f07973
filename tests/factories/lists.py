"""Small CSV files as keepers send them, and the way of one into the registry."""

import io
from collections.abc import Sequence
from typing import Any

from soyol.audit import By
from soyol.sources import actions
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, Source

BY = By.system("tests")
HEADER = "Name,Phone,Birth date,Consent"


def csv(rows: Sequence[str], header: str = HEADER) -> io.BytesIO:
    """A CSV file with these lines under a heading."""
    return io.BytesIO("\n".join([header, *rows, ""]).encode())


def received(source: Source, rows: Sequence[str], *, name: str = "list.csv", header: str = HEADER) -> Batch:
    """A file as it came."""
    return actions.receive(by=BY, source=source, name=name, content=csv(rows, header))


def checked(batch: Batch, mapping: dict[str, Any] | None = None) -> Batch:
    """The same after reading, confirming its columns (or ``mapping``) and the dry run."""
    if batch.state == BatchState.RECEIVED:
        batch = actions.read_batch(by=BY, batch=batch)
    batch = actions.set_mapping(by=BY, batch=batch, mapping=mapping or batch.mapping)
    return actions.dry_run(by=BY, batch=batch)


def imported(source: Source, rows: Sequence[str], *, name: str = "list.csv", header: str = HEADER) -> Batch:
    """A file all the way in."""
    return actions.import_batch(by=BY, batch=checked(received(source, rows, name=name, header=header)))
