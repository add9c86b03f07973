"""The first rows of a file under a mapping that nobody has confirmed yet: writes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from soyol import intake, packs
from soyol.lib.words import say
from soyol.sources.models import Batch
from soyol.sources.queries.keys import StagedRow
from soyol.sources.queries.staging import StagedFile, home_of
from soyol.sources.queries.workroom import workroom

#: Rows of each sheet that are shown, and that are understood for it; the whole file is for the dry run.
ROWS, LOOKED_AT = 10, 200


@dataclass(frozen=True, slots=True)
class PreviewRow:
    row: int
    sheet: str
    line: int | None
    raw: dict[str, Any]
    values: dict[str, Any]
    problems: list[str]


def preview(batch: Batch, mapping: dict[str, Any], *, lang: str = "en") -> list[PreviewRow]:
    """What the first rows would become under ``mapping``, with their problems in words. The file itself stays shut:
    the rows kept when it was read are understood, so that a long file answers as fast as a short one."""
    with workroom() as room:
        file = _first_rows(batch, mapping, room)
        rows = _of_each_sheet(file.rows())
        told: dict[int, list[str]] = {row.row: [] for row in rows}
        for problem in file.problems():
            if problem["row"] in told:
                told[problem["row"]].append(problem_words(problem, lang))
    return [PreviewRow(row.row, row.sheet, row.line, row.raw, row.values, told.get(row.row, [])) for row in rows]


def _of_each_sheet(rows: Iterable[StagedRow]) -> list[StagedRow]:
    """The first rows of every sheet: the second sheet of a workbook has columns of its own."""
    shown: Counter[str] = Counter()
    kept = []
    for row in rows:
        shown[row.sheet] += 1
        if shown[row.sheet] <= ROWS:
            kept.append(row)
    return kept


def _first_rows(batch: Batch, mapping: Mapping[str, Any], room: Path) -> StagedFile:
    kept = [
        (sheet["name"], sheet["header"], intake.first_rows(sheet, LOOKED_AT))
        for sheet in (batch.reading or {}).get("sheets", ())
    ]
    reading = intake.reading_at_hand(kept, room / "raw", source=Path(batch.file_name).stem, file=batch.file_name)
    pack, today = packs.load(settings.SOYOL_PACK), timezone.localdate(batch.received_at)
    known = intake.Mapping.from_json(mapping)
    staged = intake.stage(reading, known, pack, room / "staged", today=today, home=home_of(batch.source))
    return StagedFile(batch.source, reading, staged, known, room)


def problem_words(problem: dict[str, Any], lang: str) -> str:
    """A staged problem in words."""
    import json

    params = problem.get("params")
    known = json.loads(params) if isinstance(params, str) else params or {}
    return say(problem["problem"], {"value": problem["value"], "column": problem["column"], **known}, lang)
