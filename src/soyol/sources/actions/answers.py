"""Answers to a survey as rows of its list: new ones of a day in one file, corrected ones in a file of their own.

A file for every answer would bury the page of the list; one for all of them could hold no correction, for a row that
replaces another has to come in a later file.
"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from soyol.audit import By
from soyol.fields import blind_index
from soyol.intake.problems import way_out_of
from soyol.sources.actions.settling import settle
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, RecordProblem, Sighting, Source, SourceRecord
from soyol.sources.queries.erased import answer_key


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One set of answers. ``key`` tells it from all others of the survey; ``problems``: code, column, value, params."""

    key: str
    values: Mapping[str, Any]
    raw: Mapping[str, Any]
    problems: Sequence[tuple[str, str, str, Mapping[str, Any]]] = field(default=())


@transaction.atomic
def record_answers(
    *, by: By, source: Source, rows: Sequence[AnswerRow], file: Any = None, name: str = "", day: date | None = None
) -> list[SourceRecord]:
    """Keep answers as live rows; one whose key is known replaces the row that it corrects. The caller writes the audit.

    ``file`` is the stored file that they came in, ``name`` what it was called, ``day`` when they were given.
    """
    Source.objects.select_for_update().get(pk=source.pk)
    keys = {row.key: answer_key(source.pk, row.key) for row in rows}
    known = dict(
        SourceRecord.objects.filter(source=source, live=True, identity_key__in=keys.values()).values_list(
            "identity_key", "pk"
        )
    )
    own = bool(known) or file is not None
    batch = _own_batch(by, source, file, name, day) if own else _batch_of_day(by, source)
    first = batch.sightings.aggregate(last=Max("row"))["last"] or 0
    made = [
        _record(batch, number, row, key=keys[row.key], known=known.get(keys[row.key]), live=not own)
        for number, row in enumerate(rows, start=first + 1)
    ]
    records = SourceRecord.objects.bulk_create(made, 500)
    Sighting.objects.bulk_create(
        [Sighting(batch=batch, revision=1, record=each, row=each.row) for each in records], 1000
    )
    _write_problems(batch, rows, records)
    if own:
        settle(batch)
    _count(batch, new=len(rows) - len(known), changed=len(known))
    return records


def _batch_of_day(by: By, source: Source) -> Batch:
    """The file of today's new answers; another one when it was withdrawn."""
    today = timezone.localdate()
    gone = Batch.objects.filter(source=source, observed_on=today, state=BatchState.WITHDRAWN).count()
    mark = hashlib.sha256(f"answers:{source.pk}:{today}:{gone}".encode()).hexdigest()
    found = Batch.objects.filter(source=source, sha256=mark).exclude(state=BatchState.WITHDRAWN).first()
    if found is not None:
        return found
    return _new_batch(by, source, gettext("answers of %(day)s") % {"day": today.isoformat()}, today, mark=mark)


def _own_batch(by: By, source: Source, file: Any, name: str, day: date | None) -> Batch:
    today = timezone.localdate()
    words = name or gettext("corrected answers, %(day)s") % {"day": today.isoformat()}
    return _new_batch(by, source, words, day or today, mark=uuid.uuid4().hex * 2, file=file)


def _new_batch(by: By, source: Source, name: str, day: date, *, mark: str, file: Any = None) -> Batch:
    return Batch.objects.create(
        source=source,
        file=file,
        file_name=name[-255:],
        sha256=mark,
        state=BatchState.IMPORTED,
        revision=1,
        observed_on=day,
        received_by=by.name or by.kind,
        imported_at=timezone.now(),
    )


def _record(batch: Batch, number: int, row: AnswerRow, *, key: str, known: int | None, live: bool) -> SourceRecord:
    content = f"{batch.source_id}:{sorted(row.raw.items())}:{sorted(row.values.items(), key=str)}"
    return SourceRecord(
        source=batch.source,
        batch=batch,
        revision=1,
        row=number,
        kind=str(row.values["kind"]),
        raw=dict(row.raw),
        values=dict(row.values),
        identity_key=key,
        content_hash=blind_index(content, "sources.content")[:32],
        supersedes_id=known,
        last_batch=batch,
        live=live,
        listed=True,
    )


def _write_problems(batch: Batch, rows: Sequence[AnswerRow], records: Sequence[SourceRecord]) -> None:
    RecordProblem.objects.bulk_create(
        [
            RecordProblem(
                batch=batch,
                revision=1,
                row=record.row,
                column=column[:255],
                value=value,
                code=code,
                params=dict(params),
                way_out=way_out_of(code),
            )
            for row, record in zip(rows, records, strict=True)
            for code, column, value, params in row.problems
        ],
        1000,
    )


def _count(batch: Batch, *, new: int, changed: int) -> None:
    counts = {**batch.counts}
    counts["rows"] = counts.get("rows", 0) + new + changed
    counts["new"] = counts.get("new", 0) + new
    counts["changed"] = counts.get("changed", 0) + changed
    batch.counts = counts
    batch.problems_count = batch.problems.filter(revision=1).count()
    batch.save(update_fields=["counts", "problems_count"])
