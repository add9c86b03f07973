"""The first rows of a file under a mapping that nobody has confirmed yet: writes nothing."""

from dataclasses import dataclass
from typing import Any

from soyol.lib.words import say
from soyol.sources.models import Batch
from soyol.sources.queries.staging import stage_file
from soyol.sources.queries.workroom import workroom

ROWS = 20


@dataclass(frozen=True, slots=True)
class PreviewRow:
    row: int
    sheet: str
    line: int | None
    raw: dict[str, Any]
    values: dict[str, Any]
    problems: list[str]


def preview(batch: Batch, mapping: dict[str, Any], *, lang: str = "en") -> list[PreviewRow]:
    """What the first rows would become under ``mapping``, with their problems in words."""
    with workroom() as room:
        file = stage_file(batch, room, mapping)
        rows = [row for row, _n in zip(file.rows(), range(ROWS), strict=False)]
        last = rows[-1].row if rows else 0
        told: dict[int, list[str]] = {}
        for problem in file.problems():
            if problem["row"] is not None and problem["row"] <= last:
                told.setdefault(problem["row"], []).append(problem_words(problem, lang))
    return [PreviewRow(row.row, row.sheet, row.line, row.raw, row.values, told.get(row.row, [])) for row in rows]


def problem_words(problem: dict[str, Any], lang: str) -> str:
    """A staged problem in words."""
    import json

    params = problem.get("params")
    known = json.loads(params) if isinstance(params, str) else params or {}
    return say(problem["problem"], {"value": problem["value"], "column": problem["column"], **known}, lang)
