"""Loading a ready-made registry, a row per actor: for moving an instance, and for measuring with a million of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.fields import blind_index
from soyol.registry.actions.directory import cells_of, move_counts, write_entries, write_words
from soyol.registry.actions.identity import new_actors, open_change
from soyol.registry.actions.statements import statements_from
from soyol.registry.choices import ChangeKind
from soyol.registry.models import Actor, Change, Identity, Statement
from soyol.registry.queries.entries import ENTRY_FIELDS, drafts
from soyol.registry.queries.shown import Stated
from soyol.registry.rules import Candidate
from soyol.sources.actions import create_source
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, SourceRecord

ROWS = 2000


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One actor: its kind and its values, as record columns."""

    kind: str
    values: Mapping[str, Any]


def bulk_load(rows: Iterable[BulkRow], *, by: By, code: str = "bulk", chunk: int = 20_000) -> int:
    """Load one actor per row, with its record, statements, entries and search words; returns how many.

    Each chunk is one transaction with its own batch; begins with an empty list ``code``. Rows are taken as distinct:
    nothing is matched.
    """
    source = create_source(
        by=by, code=code, names={"en": "Loaded in bulk"}, keeper=by.name or by.kind, shown_publicly=False
    )
    done = 0
    waiting = iter(rows)
    while part := list(islice(waiting, chunk)):
        with transaction.atomic():
            batch = Batch.objects.create(
                source=source, file_name=f"{code}-{done}", sha256=f"{code}-{done}"[:64], state=BatchState.IMPORTED,
                revision=1, received_by=by.name or by.kind, imported_at=timezone.now(), counts={"new": len(part)},
            )  # fmt: skip
            change = open_change(ChangeKind.BULK, by=by, batch=batch)
            _load(part, batch, change)
            audit.record(by, "registry.bulk.load", f"sources.Batch:{batch.pk}", {"rows": len(part)})
        done += len(part)
    return done


def _load(part: list[BulkRow], batch: Batch, change: Change) -> None:
    records = SourceRecord.objects.bulk_create([_record(row, at, batch) for at, row in enumerate(part, start=1)], ROWS)
    actors = new_actors([row.kind for row in part])
    Identity.objects.bulk_create(
        [
            Identity(record=record, actor=actor, valid_from=change.at, opened_by=change)
            for record, actor in zip(records, actors, strict=True)
        ],
        ROWS,
    )
    statements = list(_statements(records, batch))
    Statement.objects.bulk_create(statements, ROWS)
    _show(actors, records, statements, batch)


def _record(row: BulkRow, at: int, batch: Batch) -> SourceRecord:
    key = blind_index(f"{batch.sha256}:{at}", "sources.identity")[:32]
    return SourceRecord(
        source=batch.source, batch=batch, revision=1, row=at, kind=row.kind, raw=dict(row.values),
        values=dict(row.values), identity_key=key, content_hash=key, last_batch=batch, live=True, listed=True,
    )  # fmt: skip


def _statements(records: list[SourceRecord], batch: Batch) -> Iterator[Statement]:
    now, day = timezone.now(), timezone.localdate()
    for record in records:
        yield from statements_from(record.pk, record.kind, record.values, trust=batch.source.trust, seen=day, now=now)


def _show(actors: list[Actor], records: list[SourceRecord], statements: list[Statement], batch: Batch) -> None:
    """Entries and words out of what is in memory: the database is not asked again."""
    owner = {record.pk: (actor.pk, record.kind) for record, actor in zip(records, actors, strict=True)}
    rows: dict[int, list[Stated]] = {actor.pk: [] for actor in actors}
    for each in statements:
        if each.field in ENTRY_FIELDS:
            actor, kind = owner[each.record_id]
            text = each.value if each.value is not None else each.sealed
            candidate = Candidate(
                each.field, text, 0, each.record_id, batch.source_id, trust=each.trust, observed_on=each.observed_on
            )
            rows[actor].append(Stated(actor, kind, candidate))
    made = drafts(
        {actor.pk: (actor.number, actor.kind) for actor in actors},
        rows,
        {actor.pk: {batch.source.code} for actor in actors},
    )
    entries = write_entries(made)
    move_counts(Counter(), cells_of(made))
    write_words(entries, made)
    for start in range(0, len(actors), ROWS):
        Actor.objects.filter(pk__in=[actor.pk for actor in actors[start : start + ROWS]]).update(stale=False)
