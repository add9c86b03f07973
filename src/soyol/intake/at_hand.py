"""Rows that are at hand, not in a file: the first rows kept of a file, or what a person has just typed.

They take the way of all rows: the same normalising, the same problems.
"""

import json
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from soyol.intake import unseen
from soyol.intake.chunks import SheetWriter
from soyol.intake.layout import Header
from soyol.intake.mapping import Column, Kind, Mapping, SheetMapping
from soyol.intake.reading import Reading
from soyol.packs import Pack

#: What is told of a row that names nobody.
NAMELESS: tuple[tuple[str, str | None, str | None], ...] = (("intake.no_name", None, None),)


@dataclass(frozen=True)
class Row:
    """One row: its number among all rows of the file, its line in the sheet, and its cells in the header's order."""

    row: int
    line: int | None
    cells: Sequence[str | None]
    trouble: str | None = None
    extra: str | None = None


@dataclass(frozen=True)
class Understood:
    """A typed row as a record: its values, and problem, column and value of whatever could not be understood.

    ``params`` are what the words of each problem need, in the same order.
    """

    values: dict[str, Any]
    problems: list[tuple[str, str | None, str | None]]
    params: list[dict[str, Any]] = field(default_factory=list)


def reading_at_hand(
    sheets: Sequence[tuple[str, Sequence[str], Sequence[Row]]], into: Path, *, source: str, file: str = ""
) -> Reading:
    """A reading of ``sheets`` (name, header, rows), written under ``into`` as a reading of a file would be."""
    into.mkdir(parents=True, exist_ok=True)
    read = []
    for number, (name, header, rows) in enumerate(sheets):
        first = rows[0].row if rows else 1
        writer = SheetWriter(into, number, name, Header(tuple(header), tuple(header), None, 0), first)
        cells = [[_cell(row, at) for row in rows] for at in range(len(header))]
        lines = [row.line or 0 for row in rows]
        writer.write_columns(lines, [row.trouble for row in rows], [row.extra for row in rows], cells)
        read.append(writer.finish())
    return Reading(source, file, into, sheets=tuple(read))


def understand(texts: Table[str, str], kind: Kind, pack: Pack, into: Path) -> Understood:
    """One row of ``texts`` (field of ``soyol.intake.fields`` → what was typed) as a record of ``kind``.

    A row that says nothing is no record: no values, and the problem that its name is missing.
    """
    return understand_all([texts], kind, pack, into)[0]


def understand_all(rows: Sequence[Table[str, str]], kind: Kind, pack: Pack, into: Path) -> list[Understood]:
    """Several rows of one kind, each as ``understand`` takes one; hardly dearer than a single one."""
    import polars as pl

    from soyol.intake.staging import stage
    from soyol.linkage.schema import ORIGIN

    saying = [
        at for at, texts in enumerate(rows, start=1) if any(unseen.seen(text or "").strip() for text in texts.values())
    ]
    made = {at: Understood({}, list(NAMELESS), [{}]) for at in range(1, len(rows) + 1) if at not in set(saying)}
    if saying:
        names = list(dict.fromkeys(name for texts in rows for name in texts))
        told = [Row(n, n, [rows[at - 1].get(name) for name in names]) for n, at in enumerate(saying, start=1)]
        reading = reading_at_hand([("", names, told)], into / "raw", source="typed")
        columns = tuple(Column(name, name, 1.0) for name in names)
        staged = stage(reading, Mapping((SheetMapping(None, columns, kind),)), pack, into / "staged")
        problems = pl.read_parquet(staged.problems).filter(pl.col("severity") != "notice")
        found = {record["row"]: record for record in staged.frame().to_dicts()}
        for n, at in enumerate(saying, start=1):
            values = {name: value for name, value in found.get(n, {}).items() if name not in ORIGIN}
            mine = list(problems.filter(pl.col("row") == n).select("problem", "column", "value", "params").iter_rows())
            if n not in found and not mine:  # taken for a sum or a title
                mine = [(*NAMELESS[0], None)]
            kept = {name: each for name, each in values.items() if each not in (None, [])}
            params = [json.loads(each[3] or "{}") for each in mine]
            made[at] = Understood(kept, [(code, column, value) for code, column, value, _params in mine], params)
    return [made[at] for at in range(1, len(rows) + 1)]


def _cell(row: Row, at: int) -> str:
    return (row.cells[at] or "") if at < len(row.cells) else ""


def first_rows(sheet: Table[str, Any], most: int) -> list[Row]:
    """The first ``most`` rows that the summary of a reading keeps of a sheet."""
    return [
        Row(each["row"], each["line"], each["cells"], each.get("trouble"), each.get("extra"))
        for each in sheet["sample"][:most]
    ]


def summary_row(front: Table[str, Any], cells: Sequence[str]) -> dict[str, Any]:
    """A raw row as the summary of a reading keeps it; ``first_rows`` reads it again."""
    kept = {"row": front["row"], "line": front["line"], "cells": [front[cell] for cell in cells]}
    return kept | {name: front[name] for name in ("trouble", "extra") if front[name] is not None}
