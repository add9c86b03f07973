"""The dry run: what an import would do, told without doing it, in memory that does not grow with the file."""

from collections import Counter
from typing import Any

import numpy as np
import polars as pl
import pyarrow.parquet as pq
from django.db import transaction

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.sources.actions.reading import Finish
from soyol.sources.actions.receiving import move_to
from soyol.sources.choices import BatchState, Completeness, Fate
from soyol.sources.models import Batch, SourceRecord
from soyol.sources.queries.erased import erased_rows
from soyol.sources.queries.fates import Foretold, foretold
from soyol.sources.queries.ledger import Ledger
from soyol.sources.queries.staging import CHUNK, Progress, StagedFile, Stop, stage_file
from soyol.sources.queries.workroom import workroom

#: Rows of each fate that the dry run lists; the counts are of all.
LISTED = 100
#: Problems that it lists one by one; besides, the first of every kind.
PROBLEMS_LISTED = 1000

Lists = dict[str, list[dict[str, Any]]]


def dry_run(
    *,
    by: By,
    batch: Batch,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    finish: Finish | None = None,
) -> Batch:
    """Say what importing would do, without doing it; the batch becomes CHECKED.

    ``progress`` and ``cancelled`` may raise at any time, also while the file is read: nothing has been written then.
    """
    with workroom() as room:
        file = stage_file(batch, room, progress=progress, cancelled=cancelled)
        told = _foretell(file, batch, progress)
    with transaction.atomic():
        batch = move_to(batch, BatchState.CHECKED, dry_run=told, excerpt_of=file.origin and root_of(file.origin))
        audit.record(by, "sources.batch.check", f"sources.Batch:{batch.pk}", {"counts": told["counts"]})
        if finish:
            finish({"batch": batch.pk, **told["counts"]})
    return batch


def root_of(origin: Batch) -> Batch:
    """The whole file behind a file of mended rows, also when mended rows were mended once more."""
    return origin.excerpt_of or origin


def _foretell(file: StagedFile, batch: Batch, progress: Progress | None) -> dict[str, Any]:
    troubled = _troubled(file)
    counts: Counter[str] = Counter({fate.value: 0 for fate in Fate} | {"rows": file.reading.rows})
    lists: Lists = {fate.value: [] for fate in Fate}
    with Ledger(file.room) as ledger:
        for chunk in foretold(file, ledger):
            _count(chunk, troubled, counts, lists)
            if progress:
                progress(sum(counts[fate] for fate in (Fate.NEW, Fate.KNOWN, Fate.CHANGED)), file.reading.rows)
        # A file of mended rows says nothing about the rows that are not in it.
        if file.source.completeness == Completeness.FULL and file.origin is None:
            _add_unlisted(batch, ledger, counts, lists)
    counts[Fate.TROUBLE] = int(troubled.sum())
    counts["totals"] = file.staged.totals
    if gone := erased_rows(file):
        counts["erased"] = len(gone)
    return {"counts": dict(counts), "lists": lists, "problems": _problems(file)}


def _problems(file: StagedFile) -> dict[str, Any]:
    """How many of each kind, and the first of them as staging told them."""
    counts: Counter[str] = Counter()
    first: list[dict[str, Any]] = []
    gone = erased_rows(file)
    for each in file.problems():
        if each["row"] in gone:
            continue
        counts[each["problem"]] += 1
        if len(first) < PROBLEMS_LISTED or counts[each["problem"]] == 1:
            first.append(each)
    return {"counts": dict(counts), "first": first}


def _troubled(file: StagedFile) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """By number of the row, whether it has a problem: one byte a row, whatever stands in it."""
    found = np.zeros(file.reading.rows + 1, np.bool_)
    with pq.ParquetFile(file.staged.problems) as problems:
        for part in problems.iter_batches(columns=["row"]):
            rows = pl.DataFrame(pl.from_arrow(part))["row"].drop_nulls()
            found[rows.to_numpy()] = True
    return found


def _count(
    chunk: list[Foretold], troubled: "np.ndarray[Any, np.dtype[np.bool_]]", counts: Counter[str], lists: Lists
) -> None:
    for each in chunk:
        counts[each.fate] += 1
        fates = (each.fate, Fate.TROUBLE) if troubled[each.row.row] else (each.fate,)
        for fate in fates:
            if len(lists[fate]) < LISTED:
                lists[fate].append(_line(each))


def _add_unlisted(batch: Batch, ledger: Ledger, counts: Counter[str], lists: Lists) -> None:
    rows = SourceRecord.objects.filter(source=batch.source, live=True, listed=True).order_by("pk")
    missing: list[int] = []
    for pk, key in rows.values_list("pk", "identity_key").iterator(chunk_size=CHUNK):
        if not ledger.has(key):
            counts[Fate.UNLISTED] += 1
            if len(missing) < LISTED:
                missing.append(pk)
    for record in SourceRecord.objects.filter(pk__in=missing).order_by("row"):
        line = {"row": record.row, "sheet": record.sheet, "line": record.line, "was": record.raw, "now": {}}
        lists[Fate.UNLISTED].append({**line, "name": record.values.get("name") or ""})


def _line(each: Foretold) -> dict[str, Any]:
    row = each.row
    replaced = each.known if each.fate == Fate.CHANGED else None
    old = SourceRecord.objects.get(pk=replaced).raw if replaced is not None else {}
    name = row.values.get("name") or row.values.get("org_name") or ""
    return {"row": row.row, "sheet": row.sheet, "line": row.line, "name": name, "was": old, "now": row.raw}
