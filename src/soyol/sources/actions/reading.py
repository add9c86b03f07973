"""Reading a file for the first time: its sheets, its first rows, and what its columns seem to be."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction

from soyol import intake, packs
from soyol.audit import By
from soyol.audit import actions as audit
from soyol.sources.actions.receiving import move_to
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch
from soyol.sources.queries.staging import Progress, Stop, read_file
from soyol.sources.queries.workroom import workroom

#: Rows of each sheet that are kept for the page of columns: enough to see what a choice does, few enough to stay
#: live however long the file is.
SAMPLE = 200

Finish = Callable[[dict[str, Any]], None]


def read_batch(
    *,
    by: By,
    batch: Batch,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    finish: Finish | None = None,
) -> Batch:
    """Read the file and propose what its columns mean; the batch becomes READ, or REFUSED with the reason.

    Rows that were mended are understood as the file that they came from was.
    """
    with workroom() as room:
        reading, origin = read_file(batch, room, progress, cancelled)
        if reading.refused is not None:
            told = {"refused": reading.refused.as_json()}
            return _keep(by, batch, BatchState.REFUSED, finish, reading=told, mapping=None)
        remembered = origin.mapping if origin is not None else batch.source.mapping
        mapping = intake.recognise(
            reading, packs.load(settings.SOYOL_PACK), intake.Mapping.from_json(remembered) if remembered else None
        )
        told, found = summary(reading), json.loads(mapping.to_json())
        whole = origin and (origin.excerpt_of or origin)
        return _keep(by, batch, BatchState.READ, finish, reading=told, mapping=found, excerpt_of=whole)


def _keep(by: By, batch: Batch, state: str, finish: Finish | None, **changes: Any) -> Batch:
    with transaction.atomic():
        batch = move_to(batch, state, **changes)
        audit.record(by, "sources.batch.read", f"sources.Batch:{batch.pk}", {"state": state})
        if finish:
            finish({"batch": batch.pk})
    return batch


def summary(reading: intake.Reading) -> dict[str, Any]:
    """What the pages show of a reading without opening the file again; sealed where it is kept."""
    return {
        "format": reading.format,
        "encoding": reading.encoding,
        "separator": reading.separator,
        "rows": reading.rows,
        "notices": [notice.as_json() for notice in reading.notices],
        "sheets": [
            {
                "name": sheet.name,
                "header": list(sheet.header),
                "header_line": sheet.header_line,
                "rows": sheet.rows,
                "hidden": sheet.hidden,
                "notices": [notice.as_json() for notice in sheet.notices],
                "sample": _sample(reading, sheet),
            }
            for sheet in reading.sheets
        ],
    }


def _sample(reading: intake.Reading, sheet: intake.Sheet) -> list[dict[str, Any]]:
    first = next(iter(reading.frames(sheet)), None)
    if first is None:
        return []
    rows = first.head(SAMPLE).iter_rows(named=True)
    return [intake.summary_row(row, sheet.cells) for row in rows]
