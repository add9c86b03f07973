"""Importing: many short transactions that nobody sees, and one commit that shows them all."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.sources.actions.checking import root_of
from soyol.sources.actions.reading import Finish
from soyol.sources.actions.receiving import move_to
from soyol.sources.actions.settling import settle
from soyol.sources.choices import BatchState, Fate
from soyol.sources.models import Batch, RecordProblem, Sighting, SourceRecord
from soyol.sources.queries.erased import erased_rows
from soyol.sources.queries.fates import Foretold, foretold
from soyol.sources.queries.ledger import Ledger
from soyol.sources.queries.lists import problem_of
from soyol.sources.queries.staging import CHUNK, Progress, StagedFile, Stop, stage_file
from soyol.sources.queries.workroom import workroom

#: Rows written in one transaction: whoever saves something meanwhile waits for one of these at most.
WRITTEN = 100


def import_batch(
    *,
    by: By,
    batch: Batch,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    finish: Finish | None = None,
) -> Batch:
    """Write the rows of a checked batch; resumes where a killed import stopped. The batch becomes IMPORTED.

    ``progress`` and ``cancelled`` may raise at any time, also while the file is read; ``abandon_import`` then takes
    away what was written. ``finish`` is called inside the last commit, so that the job that ran this ends exactly once.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update(of=("self",)).select_related("source", "file").get(pk=batch.pk)
        if batch.state == BatchState.CHECKED:
            drop_unfinished(batch)
        batch = move_to(batch, BatchState.IMPORTING)
    with workroom() as room:
        file = stage_file(batch, room, progress=progress, cancelled=cancelled)
        _write_problems(batch, file, cancelled)
        _write_rows(batch, file, progress)
        counts = _counts(batch, file)
    return _show(by, batch, file, finish, counts)


def abandon_import(*, by: By, batch: Batch) -> Batch:
    """Give up an import that was cancelled; what it had written was never visible and goes."""
    with transaction.atomic():
        batch = move_to(batch, BatchState.CHECKED)
        drop_unfinished(batch)
        audit.record(by, "sources.batch.abandon", f"sources.Batch:{batch.pk}", {})
    return batch


def drop_unfinished(batch: Batch) -> None:
    """Remove rows of a revision that was never shown."""
    coming = batch.revision + 1
    Sighting.objects.filter(batch=batch, revision=coming).delete()
    SourceRecord.objects.filter(batch=batch, revision=coming).delete()
    RecordProblem.objects.filter(batch=batch, revision=coming).delete()


def _write_rows(batch: Batch, file: StagedFile, progress: Progress | None) -> None:
    revision = batch.revision + 1
    done = Sighting.objects.filter(batch=batch, revision=revision).aggregate(last=Max("row"))["last"] or 0
    with Ledger(file.room) as ledger:
        for chunk in foretold(file, ledger):
            for part in _parts([each for each in chunk if each.row.row > done]):
                _write_part(batch, revision, part)
            if progress:
                progress(chunk[-1].row.row, file.reading.rows)


def _parts(chunk: Sequence[Foretold]) -> Iterator[Sequence[Foretold]]:
    return (chunk[at : at + WRITTEN] for at in range(0, len(chunk), WRITTEN))


@transaction.atomic
def _write_part(batch: Batch, revision: int, chunk: Sequence[Foretold]) -> None:
    fresh = [each for each in chunk if each.fate != Fate.KNOWN]
    made = SourceRecord.objects.bulk_create([_record(batch, revision, each) for each in fresh], 500)
    records = {each.row.row: each.known for each in chunk if each.known is not None}
    records |= {each.row.row: record.pk for each, record in zip(fresh, made, strict=True)}
    Sighting.objects.bulk_create(
        [
            Sighting(
                batch=batch,
                revision=revision,
                record_id=records[each.row.row],
                sheet=each.row.sheet[:120],
                row=each.row.row,
                line=each.row.line,
            )
            for each in chunk
        ],
        1000,
    )


def _record(batch: Batch, revision: int, told: Foretold) -> SourceRecord:
    row = told.row
    return SourceRecord(
        source=batch.source,
        batch=batch,
        revision=revision,
        sheet=row.sheet[:120],
        row=row.row,
        line=row.line,
        kind=row.kind,
        raw=row.raw,
        values=row.values,
        identity_key=told.identity_key,
        also_key=told.also_key,
        content_hash=row.content_hash,
        supersedes_id=told.known,
    )


def _write_problems(batch: Batch, file: StagedFile, cancelled: Stop | None) -> None:
    revision = batch.revision + 1
    done = RecordProblem.objects.filter(batch=batch, revision=revision).count()
    gone = erased_rows(file)
    waiting = islice((each for each in file.problems() if each["row"] not in gone), done, None)
    while part := list(islice(waiting, CHUNK)):
        RecordProblem.objects.bulk_create([problem_of(batch, revision, each) for each in part], 1000)
        if cancelled:
            cancelled()


def _counts(batch: Batch, file: StagedFile) -> dict[str, Any]:
    """What was written and nobody sees yet; counted before the last transaction, which others wait for."""
    seen = Sighting.objects.filter(batch=batch, revision=batch.revision + 1).count()
    fresh = SourceRecord.objects.filter(batch=batch, revision=batch.revision + 1)
    new, changed = fresh.filter(supersedes=None).count(), fresh.exclude(supersedes=None).count()
    counts = {Fate.NEW.value: new, Fate.CHANGED.value: changed, Fate.KNOWN.value: seen - new - changed}
    left_out = len(erased_rows(file))
    return {"rows": seen, **counts, "totals": file.staged.totals, **({"erased": left_out} if left_out else {})}


@transaction.atomic
def _show(by: By, batch: Batch, file: StagedFile, finish: Finish | None, counts: dict[str, Any]) -> Batch:
    revision = batch.revision + 1
    problems = RecordProblem.objects.filter(batch=batch, revision=revision).count()
    batch = move_to(
        batch,
        BatchState.IMPORTED,
        revision=revision,
        imported_at=timezone.now(),
        problems_count=problems,
        counts=counts,
        excerpt_of=file.origin and root_of(file.origin),
    )
    batch.counts = {**counts, Fate.UNLISTED.value: settle(batch)}
    batch.save(update_fields=["counts"])
    audit.record(by, "sources.batch.import", f"sources.Batch:{batch.pk}", {"revision": revision, **batch.counts})
    if finish:
        finish({"batch": batch.pk, **batch.counts})
    return batch
