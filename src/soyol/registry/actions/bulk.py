"""Loading a ready-made registry, a row per actor: for moving an instance, and for measuring with a million of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.fields import blind_index
from soyol.jobs.statistics import renew_statistics
from soyol.registry.actions.directory import (
    REWRITTEN,
    cells_of,
    count_uses,
    move_counts,
    tell_choices,
    tell_days,
    tokens_of,
)
from soyol.registry.actions.fullness import count_fullness
from soyol.registry.actions.identity import open_change, take_numbers
from soyol.registry.actions.rows import insert_rows, take_ids
from soyol.registry.actions.statements import statements_from
from soyol.registry.choices import ChangeKind
from soyol.registry.models import Actor, Change, DirectoryEntry, Identity, Posting, Statement
from soyol.registry.queries.entries import ENTRY_FIELDS, Draft, drafts
from soyol.registry.queries.shown import Stated
from soyol.registry.rules import Candidate
from soyol.sources.actions import create_source
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, SourceRecord

RECORD = (
    "id", "source", "batch", "revision", "sheet", "row", "kind", "raw", "values", "identity_key", "content_hash",
    "last_batch", "live", "listed",
)  # fmt: skip
STATEMENT_VALUES = (
    "record_id", "field", "value", "sealed", "digest", "observed_on", "trust", "standing", "recorded_from",
)  # fmt: skip
STATEMENT = ("record", *STATEMENT_VALUES[1:])


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
    renew_statistics()
    count_fullness()
    return done


def _load(part: list[BulkRow], batch: Batch, change: Change) -> None:
    records = take_ids(SourceRecord, len(part))
    actors = new_actor_rows([row.kind for row in part])
    insert_rows(
        SourceRecord,
        RECORD,
        (_record(pk, at, row, batch) for at, (pk, row) in enumerate(zip(records, part, strict=True), start=1)),
    )
    insert_rows(
        Identity,
        ("record", "actor", "valid_from", "opened_by"),
        ((record, actor, change.at, change.pk) for record, (actor, _number) in zip(records, actors, strict=True)),
    )
    now, day, trust = timezone.now(), timezone.localdate(), batch.source.trust
    statements = [
        each
        for pk, row in zip(records, part, strict=True)
        for each in statements_from(pk, row.kind, row.values, trust=trust, seen=day, now=now)
    ]
    insert_rows(Statement, STATEMENT, ([getattr(each, name) for name in STATEMENT_VALUES] for each in statements))
    _show(
        {record: (actor, number, row.kind) for record, (actor, number), row in zip(records, actors, part, strict=True)},
        statements,
        batch,
    )


def _record(pk: int, at: int, row: BulkRow, batch: Batch) -> tuple[Any, ...]:
    key = blind_index(f"{batch.sha256}:{at}", "sources.identity")[:32]
    values = dict(row.values)
    return (pk, batch.source_id, batch.pk, 1, "", at, row.kind, values, values, key, key, batch.pk, True, True)


def new_actor_rows(kinds: list[str]) -> list[tuple[int, str]]:
    """Ids and numbers of new actors of these kinds, already shown."""
    numbers, ids, now = take_numbers(len(kinds)), take_ids(Actor, len(kinds)), timezone.now()
    rows = ((pk, number, kind, "active", now, False) for pk, number, kind in zip(ids, numbers, kinds, strict=True))
    insert_rows(Actor, ("id", "number", "kind", "state", "created_at", "stale"), rows)
    return list(zip(ids, numbers, strict=True))


def _show(owners: dict[int, tuple[int, str, str]], statements: list[Statement], batch: Batch) -> None:
    """Entries and words out of what is in memory: the database is not asked again."""
    rows: dict[int, list[Stated]] = {actor: [] for actor, _number, _kind in owners.values()}
    for each in statements:
        if each.field in ENTRY_FIELDS:
            actor, _number, kind = owners[each.record_id]
            text = each.value if each.value is not None else each.sealed
            candidate = Candidate(each.field, text, 0, each.record_id, batch.source_id, trust=each.trust)
            rows[actor].append(Stated(actor, kind, candidate))
    named = {actor: (number, kind) for actor, number, kind in owners.values()}
    made = drafts(named, rows, {actor: {batch.source.code} for actor in named})
    tell_choices(made, {})
    tell_days(made, _days(owners, statements))
    entries = take_ids(DirectoryEntry, len(made))
    columns = ("id", "actor", "face", *REWRITTEN)
    insert_rows(
        DirectoryEntry,
        columns,
        (
            [pk, each.actor, each.face, *(each.values[name] for name in REWRITTEN)]
            for pk, each in zip(entries, made, strict=True)
        ),
    )
    move_counts(Counter(), cells_of(made))
    write_new_words(entries, made)


def _days(owners: Mapping[int, tuple[int, str, str]], statements: Iterable[Statement]) -> dict[int, date]:
    days = ((owners[each.record_id][0], each.observed_on) for each in statements if each.observed_on is not None)
    return dict(sorted(days, key=lambda each: each[1]))


def write_new_words(entries: list[int], made: list[Draft]) -> None:
    """Make new entries findable: as ``write_words``, without asking what they bore before."""
    tokens = tokens_of({pair for each in made for pair in each.words})
    borne = sorted(
        {(tokens[key], entry) for entry, each in zip(entries, made, strict=True) for key, _native in each.words}
    )
    insert_rows(Posting, ("token", "entry"), borne)
    count_uses(Counter(token for token, _entry in borne))
