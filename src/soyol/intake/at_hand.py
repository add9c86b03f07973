"""Rows that are at hand, not in a file: the first rows kept of a file, or what a person has just typed.

They take the way of all rows: the same normalising, the same problems.
"""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soyol.intake import unseen
from soyol.intake.chunks import SheetWriter
from soyol.intake.layout import Header
from soyol.intake.mapping import Column, Kind, Mapping, SheetMapping
from soyol.intake.reading import Reading
from soyol.packs import Pack


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
    """A typed row as a record: its values, and problem, column and value of whatever could not be understood."""

    values: dict[str, Any]
    problems: list[tuple[str, str | None, str | None]]


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
    import polars as pl

    from soyol.intake.staging import stage
    from soyol.linkage.schema import ORIGIN

    if not any(unseen.seen(text or "").strip() for text in texts.values()):
        return Understood({}, [("intake.no_name", None, None)])
    names = list(texts)
    reading = reading_at_hand([("", names, [Row(1, 1, list(texts.values()))])], into / "raw", source="typed")
    columns = tuple(Column(name, name, 1.0) for name in names)
    staged = stage(reading, Mapping((SheetMapping(None, columns, kind),)), pack, into / "staged")
    records = staged.frame().to_dicts()
    values = {name: value for name, value in (records or [{}])[0].items() if name not in ORIGIN}
    told = pl.read_parquet(staged.problems).filter(pl.col("severity") != "notice")
    problems = list(told.select("problem", "column", "value").iter_rows())
    return Understood({name: value for name, value in values.items() if value not in (None, [])}, problems)


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
