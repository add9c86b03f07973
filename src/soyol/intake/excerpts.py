"""A workbook of troubled rows that comes back: our own columns are taken off, and each row keeps its mark beside it.

Such a file is an excerpt: it says something about the rows in it and nothing about all others. What a mark means, the
caller knows who gave it out; here it is a text. A file in which nobody marked anything is read as any other.
"""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from soyol.intake import words_of
from soyol.intake.layout import plain
from soyol.intake.problems import Problem
from soyol.intake.reading import Reading, Sheet

#: Column of a chunk, beside the cells, with the mark of each row; null in a row that somebody added.
MARK = "mark"


def excerpt_of(reading: Reading) -> tuple[Reading, bool]:
    """The reading without our own columns, and whether it is an excerpt; costs nothing for any other file."""
    if not any(_marks(sheet) for sheet in reading.sheets):
        return replace(reading, sheets=tuple(_told_unmarked(sheet) for sheet in reading.sheets)), False
    sheets = tuple(_taken_off(reading, sheet) for sheet in reading.sheets)
    hidden = sum(bool(_marks(sheet)) for sheet in reading.sheets)
    notices = tuple(kept for each in reading.notices if (kept := _fewer_hidden(each, hidden)) is not None)
    return replace(reading, sheets=sheets, notices=notices), True


def marked_rows(reading: Reading) -> Iterator[tuple[int, int | None, str]]:
    """Row, line and mark of every row of an excerpt that has a mark."""
    for sheet in reading.sheets:
        for frame in reading.frames(sheet):
            if MARK in frame.columns:
                yield from frame.filter(pl.col(MARK).is_not_null()).select("row", "line", MARK).iter_rows()


def _named(sheet: Sheet, wanted: frozenset[str]) -> list[int]:
    known = {plain(heading) for heading in wanted}
    return [place for place, name in enumerate(sheet.header) if plain(name) in known]


def _marks(sheet: Sheet) -> list[int]:
    return _named(sheet, words_of.mark_headings())


def _told_unmarked(sheet: Sheet) -> Sheet:
    """The sheet, with a warning where it has our column of notes but lost the marks."""
    notes = _named(sheet, words_of.note_headings())
    if not notes:
        return sheet
    told = {"note": sheet.header[notes[0]], "mark": sorted(words_of.mark_headings())[0]}
    return replace(sheet, notices=(*sheet.notices, Problem("intake.excerpt_unmarked", told)))


def _taken_off(reading: Reading, sheet: Sheet) -> Sheet:
    marks, ours = _marks(sheet), set(_named(sheet, words_of.note_headings()))
    kept = [place for place in range(len(sheet.header)) if place not in ours]
    cells = {f"c{place}": f"c{number}" for number, place in enumerate(kept)}
    mark = pl.col(f"c{marks[0]}").str.strip_chars() if marks else pl.lit(None, dtype=pl.String)
    mark = pl.when(mark != "").then(mark).alias(MARK)
    marked, chunks = {}, []
    for old, frame in zip(sheet.chunks, reading.frames(sheet), strict=True):
        new = f"{old.rsplit('.', 1)[0]}-kept.arrow"
        front = ("row", "line", "trouble", "extra")
        frame.select(*front, mark, *(pl.col(was).alias(now) for was, now in cells.items())).write_ipc(
            reading.into / new, compat_level=pl.CompatLevel.oldest()
        )
        (reading.into / old).unlink()
        marked[new] = tuple(cells[cell] for cell in sheet.marked.get(old, ()) if cell in cells)
        chunks.append(new)
    return replace(
        sheet,
        header=tuple(sheet.header[place] for place in kept),
        headings=tuple(sheet.headings[place] for place in kept),
        chunks=tuple(chunks),
        marked=marked,
        spaced=None,
    )


def _fewer_hidden(notice: Problem, ours: int) -> Problem | None:
    """A notice of hidden columns without those that we hid ourselves."""
    if notice.code != "intake.hidden_columns":
        return notice
    left = int(notice.params["n"]) - ours
    return Problem(notice.code, {"n": left}) if left > 0 else None
