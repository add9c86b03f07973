"""Checking and importing: many short transactions that nobody sees, and one commit that shows them all."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.sources.actions.reading import Finish
from soyol.sources.actions.receiving import move_to
from soyol.sources.actions.settling import settle
from soyol.sources.choices import BatchState, Completeness, Fate
from soyol.sources.models import Batch, RecordProblem, Sighting, SourceRecord
from soyol.sources.queries.staging import CHUNK, Progress, StagedFile, StagedRow, known_rows, stage_file
from soyol.sources.queries.workroom import workroom

#: Rows of each fate that the dry run lists; the counts are of all.
LISTED = 100


def dry_run(*, by: By, batch: Batch, progress: Progress | None = None, finish: Finish | None = None) -> Batch:
    """Say what importing would do, without doing it; the batch becomes CHECKED."""
    with workroom() as room:
        file = stage_file(batch, room)
        told = _foretell(file, batch, progress)
    with transaction.atomic():
        batch = move_to(batch, BatchState.CHECKED, dry_run=told)
        audit.record(by, "sources.batch.check", f"sources.Batch:{batch.pk}", {"counts": told["counts"]})
        if finish:
            finish({"batch": batch.pk, **told["counts"]})
    return batch


def _foretell(file: StagedFile, batch: Batch, progress: Progress | None) -> dict[str, Any]:
    troubled = {problem["row"] for problem in file.problems() if problem["row"] is not None}
    counts: Counter[str] = Counter({fate.value: 0 for fate in Fate} | {"rows": file.reading.rows})
    lists: dict[str, list[dict[str, Any]]] = {fate.value: [] for fate in Fate}
    met: set[str] = set()
    for chunk in chunks(file.rows()):
        known = known_rows(file.source, [row.identity_key for row in chunk])
        for row in chunk:
            fate = _fate(row, known)
            met.add(row.identity_key)
            for each in (fate, *([Fate.TROUBLE] if row.row in troubled else [])):
                counts[each] += 1
                if len(lists[each]) < LISTED:
                    lists[each].append(_line(row, known.get(row.identity_key) if fate == Fate.CHANGED else None))
        if progress:
            progress(sum(counts[fate] for fate in (Fate.NEW, Fate.KNOWN, Fate.CHANGED)), file.reading.rows)
    unread = troubled - set(_rows_read(file))
    counts[Fate.TROUBLE] += len(unread)
    counts["totals"] = file.staged.totals
    if file.source.completeness == Completeness.FULL:
        _add_unlisted(batch, met, counts, lists)
    return {"counts": dict(counts), "lists": lists}


def _rows_read(file: StagedFile) -> Iterator[int]:
    import polars as pl

    yield from pl.scan_parquet(file.staged.records).select("row").collect()["row"].to_list()


def _add_unlisted(batch: Batch, met: set[str], counts: Counter[str], lists: dict[str, list[dict[str, Any]]]) -> None:
    rows = SourceRecord.objects.filter(source=batch.source, live=True, listed=True)
    missing = [pk for pk, key in rows.values_list("pk", "identity_key").iterator() if key not in met]
    counts[Fate.UNLISTED] = len(missing)
    for record in SourceRecord.objects.filter(pk__in=missing[:LISTED]).order_by("row"):
        line = {"row": record.row, "sheet": record.sheet, "line": record.line, "was": record.raw, "now": {}}
        lists[Fate.UNLISTED].append({**line, "name": record.values.get("name") or ""})


def _fate(row: StagedRow, known: dict[str, tuple[int, str]]) -> Fate:
    if row.identity_key not in known:
        return Fate.NEW
    return Fate.KNOWN if known[row.identity_key][1] == row.content_hash else Fate.CHANGED


def _line(row: StagedRow, was: tuple[int, str] | None) -> dict[str, Any]:
    old = SourceRecord.objects.get(pk=was[0]).raw if was else {}
    name = row.values.get("name") or row.values.get("org_name") or ""
    return {"row": row.row, "sheet": row.sheet, "line": row.line, "name": name, "was": old, "now": row.raw}


def import_batch(*, by: By, batch: Batch, progress: Progress | None = None, finish: Finish | None = None) -> Batch:
    """Write the rows of a checked batch; resumes where a killed import stopped. The batch becomes IMPORTED.

    ``finish`` is called inside the last commit, so that the job that ran this ends exactly once.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update(of=("self",)).select_related("source", "file").get(pk=batch.pk)
        if batch.state == BatchState.CHECKED:
            drop_unfinished(batch)
        batch = move_to(batch, BatchState.IMPORTING)
    with workroom() as room:
        file = stage_file(batch, room)
        _write_problems(batch, file)
        _write_rows(batch, file, progress)
        totals = file.staged.totals
    return _show(by, batch, totals, finish)


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


def chunks(rows: Iterable[StagedRow]) -> Iterator[list[StagedRow]]:
    """``rows`` in lists of at most CHUNK."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _write_rows(batch: Batch, file: StagedFile, progress: Progress | None) -> None:
    revision = batch.revision + 1
    done = Sighting.objects.filter(batch=batch, revision=revision).aggregate(last=Max("row"))["last"] or 0
    for chunk in chunks(file.rows()):
        if chunk[-1].row > done:
            with transaction.atomic():
                _write_chunk(batch, revision, [row for row in chunk if row.row > done])
        if progress:
            progress(chunk[-1].row, file.reading.rows)


def _write_chunk(batch: Batch, revision: int, chunk: list[StagedRow]) -> None:
    known = known_rows(batch.source, [row.identity_key for row in chunk])
    fresh = [row for row in chunk if _fate(row, known) != Fate.KNOWN]
    made = SourceRecord.objects.bulk_create(
        [
            SourceRecord(
                source=batch.source,
                batch=batch,
                revision=revision,
                sheet=row.sheet[:120],
                row=row.row,
                line=row.line,
                kind=row.kind,
                raw=row.raw,
                values=row.values,
                identity_key=row.identity_key,
                content_hash=row.content_hash,
                supersedes_id=known[row.identity_key][0] if row.identity_key in known else None,
            )
            for row in fresh
        ],
        500,
    )
    records = {row.row: record.pk for row, record in zip(fresh, made, strict=True)}
    Sighting.objects.bulk_create(
        [
            Sighting(
                batch=batch,
                revision=revision,
                record_id=records.get(row.row) or known[row.identity_key][0],
                sheet=row.sheet[:120],
                row=row.row,
                line=row.line,
            )
            for row in chunk
        ],
        1000,
    )


def _write_problems(batch: Batch, file: StagedFile) -> None:
    revision = batch.revision + 1
    done = RecordProblem.objects.filter(batch=batch, revision=revision).count()
    waiting = islice(file.problems(), done, None)
    while part := list(islice(waiting, CHUNK)):
        RecordProblem.objects.bulk_create([_problem(batch, revision, each) for each in part], 1000)


def _problem(batch: Batch, revision: int, told: dict[str, Any]) -> RecordProblem:
    import json

    params = told.get("params")
    return RecordProblem(
        batch=batch,
        revision=revision,
        row=told["row"],
        sheet=(told["sheet"] or "")[:120],
        line=told["line"],
        column=(told["column"] or "")[:255],
        value=told["value"] or "",
        code=told["problem"],
        params=json.loads(params) if isinstance(params, str) else params or {},
        way_out=told["way_out"] or "",
        severity=told["severity"] or "warning",
    )


@transaction.atomic
def _show(by: By, batch: Batch, totals: int, finish: Finish | None) -> Batch:
    revision = batch.revision + 1
    seen = Sighting.objects.filter(batch=batch, revision=revision)
    fresh = SourceRecord.objects.filter(batch=batch, revision=revision)
    changed = fresh.filter(supersedes__isnull=False).count()
    counts = {
        "rows": seen.count(),
        Fate.NEW.value: fresh.count() - changed,
        Fate.CHANGED.value: changed,
        Fate.KNOWN.value: seen.count() - fresh.count(),
        "totals": totals,
    }
    problems = RecordProblem.objects.filter(batch=batch, revision=revision).count()
    batch = move_to(
        batch,
        BatchState.IMPORTED,
        revision=revision,
        imported_at=timezone.now(),
        problems_count=problems,
        counts=counts,
    )
    counts[Fate.UNLISTED.value] = settle(batch)
    batch.counts = counts
    batch.save(update_fields=["counts"])
    audit.record(by, "sources.batch.import", f"sources.Batch:{batch.pk}", {"revision": revision, **counts})
    if finish:
        finish({"batch": batch.pk, **counts})
    return batch
