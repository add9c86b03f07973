"""Lists, rows and actors for tests, written the way the site writes them but without a file."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.fields import blind_index
from soyol.registry.actions.directory import refresh
from soyol.registry.actions.identity import move, new_actors, open_change, set_states
from soyol.registry.actions.statements import write_statements
from soyol.registry.choices import ChangeKind
from soyol.registry.models import Actor
from soyol.sources.actions import create_source
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, Sighting, Source, SourceRecord

BY = By.system("tests")
_numbers = count(1)


def a_source(code: str = "", **more: Any) -> Source:
    """A list; ``more`` are its fields."""
    code = code or f"list-{next(_numbers)}"
    return create_source(by=BY, code=code, names={"en": code, "mn": code}, keeper=f"Keeper of {code}", **more)


def a_batch(source: Source, *, observed_on: date | None = None) -> Batch:
    """An imported file without bytes."""
    number = next(_numbers)
    return Batch.objects.create(
        source=source,
        file_name=f"file-{number}.csv",
        sha256=f"{number:064d}",
        state=BatchState.IMPORTED,
        revision=1,
        received_by="tests",
        imported_at=timezone.now(),
        observed_on=observed_on,
    )


def a_record(source: Source, batch: Batch | None = None, *, kind: str = "person", **values: Any) -> SourceRecord:
    """A live row with its statements; nobody stands behind it yet."""
    batch = batch or source.batches.first() or a_batch(source)
    number = next(_numbers)
    key = blind_index(f"tests:{number}", "sources.identity")[:32]
    record = SourceRecord.objects.create(
        source=source,
        batch=batch,
        revision=1,
        row=number,
        line=number + 1,
        kind=kind,
        raw={name: str(value) for name, value in values.items()},
        values={"kind": kind, **values},
        identity_key=key,
        content_hash=key,
        last_batch=batch,
        live=True,
        listed=True,
    )
    Sighting.objects.create(batch=batch, revision=1, record=record, row=number)
    write_statements([record.pk])
    return record


@transaction.atomic
def an_actor(*records: SourceRecord) -> Actor:
    """An actor behind ``records``, shown in the directory."""
    actor = new_actors([records[0].kind])[0]
    change = open_change(ChangeKind.BULK, by=BY)
    set_states(change, move(change, {record.pk: actor.pk for record in records}))
    refresh([actor.pk])
    actor.refresh_from_db()
    return actor


def people(source: Source, rows: Sequence[Mapping[str, Any]], *, kind: str = "person") -> list[Actor]:
    """One actor per row of values."""
    return [an_actor(a_record(source, kind=kind, **row)) for row in rows]
