"""Taking somebody out of lists for good: their rows, the files in which those stand, and whatever was told of them."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.files import actions as files
from soyol.sources.actions.rewriting import Theirs, rewritten
from soyol.sources.models import Batch, ErasedRow, RecordProblem, Sighting, SourceRecord
from soyol.sources.queries.erased import digests
from soyol.sources.queries.workroom import workroom

ROWS = 500


def take_out_of_files(*, by: By, records: Collection[int]) -> int:
    """Write every kept file of the lists anew in which one of ``records`` stands, without it; how many files.

    Each file is one short transaction, with which the former bytes are forgotten. Done again
    after a kill it finds the files that are left. Call it before the rows are emptied: they tell what to look for.
    """
    rows = SourceRecord.objects.filter(pk__in=records).exclude(identity_key="").select_related("source")
    done = 0
    for source in sorted({row.source_id for row in rows}):
        theirs = Theirs([row for row in rows if row.source_id == source])
        for batch in Batch.objects.filter(source_id=source, file__isnull=False).select_related("file").order_by("pk"):
            done += _take_out(by, batch, theirs)
    return done


def _take_out(by: By, batch: Batch, theirs: Theirs) -> bool:
    with workroom() as room:
        made = rewritten(batch, room, theirs)
        if made is None:
            return False
        stored = files.keep(by=by, name=made.name, content=made, personal=True)
    with transaction.atomic():
        former = batch.file
        Batch.objects.filter(pk=batch.pk).update(file=stored, rows_taken_out_on=timezone.localdate())
        _forget_samples(batch)
        if former is not None:
            files.forget(by=by, stored=former)
        audit.record(by, "sources.batch.take_out", f"sources.Batch:{batch.pk}", {})
    return True


def _forget_samples(batch: Batch) -> None:
    """Cells that were kept to be shown: of the first rows, of each column, of what a dry run would do."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    batch.reading, batch.mapping = _without(batch.reading, "sample"), _without(batch.mapping, "samples")
    if batch.dry_run:
        batch.dry_run = {
            **batch.dry_run,
            "lists": {name: [] for name in batch.dry_run.get("lists", {})},
            "problems": {**batch.dry_run.get("problems", {}), "first": []},
        }
    batch.save(update_fields=["reading", "mapping", "dry_run"])


def _without(told: Any, name: str) -> Any:
    if isinstance(told, dict):
        return {key: [] if key == name else _without(value, name) for key, value in told.items()}
    return [_without(each, name) for each in told] if isinstance(told, list) else told


@transaction.atomic
def empty_rows(*, by: By, records: Sequence[int]) -> int:
    """Empty rows for good and remember by keyed hashes that they are left out when they come again.

    What stays is a shell: of which list and file a row was. Rows that are empty already stay as they are.
    """
    rows = SourceRecord.objects.filter(pk__in=records).exclude(identity_key="")
    found = list(rows)
    _remember(found)
    _let_go(found)
    rows.update(raw={}, values={}, identity_key="", also_key="", content_hash="", sheet="", line=None)
    return _told(by, "sources.row.erase", found)


@transaction.atomic
def close_rows(*, by: By, records: Sequence[int]) -> int:
    """Rows that the law keeps: they stay as they came, with their keeper, and are nobody's entry any more.

    They are left out of every import to come and of every comparison, and no page of the registry shows them.
    """
    found = list(SourceRecord.objects.filter(pk__in=records, last_batch__isnull=False))
    _remember(found)
    _let_go(found)
    return _told(by, "sources.row.close", found)


def _remember(found: Sequence[SourceRecord]) -> None:
    marks = {(row.source_id, mark) for row in found for mark in digests(row.source_id, row.identity_key, row.values)}
    rows = [ErasedRow(source_id=source, digest=digest) for source, digest in sorted(marks)]
    ErasedRow.objects.bulk_create(rows, ROWS, ignore_conflicts=True)


def _let_go(found: Sequence[SourceRecord]) -> None:
    """No sighting makes them live again, and no problem tells a cell of theirs."""
    ids = [row.pk for row in found]
    seen = Sighting.objects.filter(record_id__in=ids)
    for batch, revision, row in seen.values_list("batch_id", "revision", "row"):
        RecordProblem.objects.filter(batch_id=batch, revision=revision, row=row).delete()
    for record in found:
        RecordProblem.objects.filter(batch_id=record.batch_id, row=record.row).delete()
    seen.delete()
    SourceRecord.objects.filter(pk__in=ids).update(live=False, listed=False, last_batch=None)


def _told(by: By, action: str, found: Sequence[SourceRecord]) -> int:
    for row in found:
        audit.record(by, action, f"sources.SourceRecord:{row.pk}", {})
    return len(found)
