"""Rows that are no records: totals, headings repeated on each printed page, section titles, broken lines."""

import re

import polars as pl

from soyol.intake import words_of
from soyol.intake.layout import plain, tidy
from soyol.intake.problems import SEVERITIES
from soyol.intake.reading import Sheet
from soyol.intake.told import Told
from soyol.lib.letters import swift
from soyol.packs import Pack

TEXT = swift(r"\p{L}{2}")


def sift(frame: pl.DataFrame, sheet: Sheet, pack: Pack, told: Told) -> tuple[pl.Series, int]:
    """Which rows of a batch are records, and how many of the others are totals; everything is told."""
    troubled = _troubles(frame, told)
    totals = _totals(frame, sheet, pack)
    told.tell("intake.total_row", totals, None, _shown(frame, sheet, totals))
    signed = _signatures(frame, sheet, pack) & ~totals
    told.tell("intake.signature_row", signed, None, _shown(frame, sheet, signed))
    repeated = _repeated(frame, sheet) & ~totals
    told.tell("intake.repeated_header", repeated)
    return ~(totals | signed | repeated | troubled), int(totals.sum())


def _troubles(frame: pl.DataFrame, told: Told) -> pl.Series:
    """Tell what was met while the rows were read; returns the rows that are no records because of it."""
    trouble = frame["trouble"]
    dropped = pl.Series([False] * frame.height)
    if trouble.null_count() == len(trouble):
        return dropped
    for code in sorted({code for each in trouble.drop_nulls().unique() for code in each.split()}):
        where = trouble.str.contains(code, literal=True).fill_null(value=False)
        told.tell(code, where, None, frame["extra"] if code in {"intake.row_long", "intake.bad_json_line"} else None)
        if code == "intake.section_row" or SEVERITIES[code] == "error":
            dropped = dropped | where
    return dropped


def _totals(frame: pl.DataFrame, sheet: Sheet, pack: Pack) -> pl.Series:
    """Rows of a sum: a word for "total" in the first cells, and little beside it but numbers."""
    words = words_of.totals(pack)
    shape = r"(?i)^\s*(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")\b[\s:.\-–—]*\d*\s*[^\s\d]{0,6}$"
    found = pl.Series([False] * frame.height)
    if not words or not sheet.cells:
        return found
    # A sum leaves most cells of its row empty; only such rows are looked into.
    filled = frame.select(pl.sum_horizontal(pl.col(sheet.cells).is_not_null().cast(pl.UInt16)).alias("n"))["n"]
    bare = (filled <= max(2, int(0.6 * len(sheet.cells)))).arg_true()
    if not len(bare):
        return found
    rest = frame[bare]
    for cell in sheet.cells[:4]:
        hits = rest[cell].str.contains(shape).fill_null(value=False)
        if not hits.any():
            continue
        at = bare.gather(hits.arg_true())
        part = frame[at].select(sheet.cells)
        texts = part.select(
            pl.sum_horizontal(pl.all().str.contains(TEXT).fill_null(value=False).cast(pl.Int32)).alias("n")
        )["n"]
        sure = at.filter(texts <= 1)
        found = found.scatter(sure, [True] * len(sure))
    return found


def _signatures(frame: pl.DataFrame, sheet: Sheet, pack: Pack) -> pl.Series:
    """Rows at the foot of a list that say who drew it up: one or two cells that begin so, and have room to sign."""
    words = words_of.signatures(pack)
    none = pl.Series([False] * frame.height)
    if not words or len(sheet.cells) < 3:
        return none
    shape = r"(?i)^\s*(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b.*[:/…_]"
    cells = pl.col(sheet.cells)
    few = pl.sum_horizontal(cells.is_not_null().cast(pl.UInt16)) <= 2
    begins = pl.coalesce(cells).str.contains(shape)
    return frame.select((few & begins).fill_null(value=False).alias("signed"))["signed"]


def _shown(frame: pl.DataFrame, sheet: Sheet, where: pl.Series) -> pl.Series | None:
    if not where.any():
        return None
    return frame.select(pl.concat_str(sheet.cells, separator="; ", ignore_nulls=True).alias("value"))["value"]


def _repeated(frame: pl.DataFrame, sheet: Sheet) -> pl.Series:
    first = next((number for number, heading in enumerate(sheet.headings) if plain(heading)), None)
    none = pl.Series([False] * frame.height)
    if first is None or sheet.header_line is None:
        return none
    heading = tidy(sheet.headings[first])
    at = (frame[f"c{first}"] == heading).fill_null(value=False).arg_true()
    if not len(at):
        return none
    same = [
        all(tidy(cell) == tidy(told) for cell, told in zip(row, sheet.headings, strict=True))
        for row in frame[at].select(sheet.cells).iter_rows()
    ]
    sure = at.filter(pl.Series(same, dtype=pl.Boolean))
    return none.scatter(sure, [True] * len(sure))
