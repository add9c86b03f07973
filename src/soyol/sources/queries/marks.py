"""The mark of a row in a workbook to mend: which file and row it is, with a check that nobody can make up.

``r17-345-0a1b2c3d4e5f`` is row 345 of file 17; the last part is a keyed hash over the list, the file and the row, so
that a workbook of another list, of another site or with altered marks is found out instead of believed.
"""

import re
from itertools import islice

from soyol import intake
from soyol.fields import blind_index
from soyol.intake.problems import Problem
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, Sighting, SourceRecord
from soyol.sources.queries.ledger import Ledger

CHECK = 12
_SHAPE = re.compile(rf"r(\d{{1,18}})-(\d{{1,18}})-([0-9a-f]{{{CHECK}}})")
CHUNK = 1000


def mark_of(source: int, batch: int, row: int) -> str:
    """The mark of a row of a file of a list, all by their numbers."""
    return f"r{batch}-{row}-{blind_index(f'{source}:{batch}:{row}', 'sources.mark')[:CHECK]}"


def place_of(mark: str, source: int) -> tuple[int, int] | None:
    """File and row that a mark names; None when this list never gave it out."""
    found = _SHAPE.fullmatch(mark)
    if found is None:
        return None
    batch, row = int(found[1]), int(found[2])
    return (batch, row) if mark == mark_of(source, batch, row) else None


def origin_of(batch: Batch, reading: intake.Reading, ledger: Ledger) -> Batch | Problem:
    """The file whose rows the excerpt ``reading`` mends, or why it is refused. ``ledger`` holds its rows."""
    origin: int | None = None
    for row, line, mark in intake.marked_rows(reading):
        place = place_of(mark, batch.source_id)
        if place is None:
            return Problem("intake.excerpt_foreign", {"line": line or row})
        if origin not in (None, place[0]):
            return Problem("intake.excerpt_several", {})
        origin = place[0]
        first = ledger.first_line(place[1], line or row)
        if first is not None:
            return Problem("intake.excerpt_doubled", {"first": first, "line": line or row})
    found = Batch.objects.filter(pk=origin or 0, source=batch.source_id, revision__gt=0)
    standing = found.exclude(state=BatchState.WITHDRAWN).first()
    return standing if standing is not None else Problem("intake.excerpt_gone", {})


def records_behind(origin: Batch, rows: list[int]) -> dict[int, SourceRecord]:
    """Row of a file → the record that it was or became; nothing for rows that were no records."""
    seen = Sighting.objects.filter(batch=origin, revision=origin.revision, row__in=rows).select_related("record")
    return {sighting.row: sighting.record for sighting in seen}


def reserve(origin: Batch, reading: intake.Reading, ledger: Ledger) -> None:
    """Claim what every marked row stands for, so that no added row can take its place."""
    rows = (place[1] for *_, mark in intake.marked_rows(reading) if (place := place_of(mark, origin.source_id)))
    while part := list(islice(rows, CHUNK)):
        for record in records_behind(origin, part).values():
            ledger.claim(record.identity_key)
