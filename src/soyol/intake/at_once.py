"""A sheet of an XLSX file as columns of text at once, by fastexcel, where that gives what reading cell by cell gives.

calamine makes a value of Python of every cell, which takes longer than parsing the file. fastexcel, which stands on the
same parser, makes columns of Arrow; but it writes fractions, long numbers, hours and errors in its own way, and nothing
tells afterwards what a text was. So ``sheet_text`` looks for these beforehand, and they are put in their places here;
where anything else may be different, the sheet is read cell by cell.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isclose
from pathlib import Path
from typing import Any

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from soyol.intake.sheet_text import MIDNIGHT, SheetText
from soyol.intake.texts import KEPT, moment, written

#: What a day ends with. There are no other moments among plain whole numbers.
_MIDNIGHT = MIDNIGHT.decode()
#: Before 1905 it may be an hour or less than nothing, whose days are counted from 1900 or from 1904.
_YEARS = r"^(?:190[5-9]|19[1-9]\d|[2-9]\d{3})-\d\d-\d\d"
_DAY = rf"{_YEARS} 00:00:00$"
_MOMENT = re.compile(rf"{_YEARS}(?: \d\d:\d\d:\d\d(?:\.\d{{1,9}})?)?$", re.ASCII)
#: By how much the quick way may write another number.
ROUGH = 1e-9

#: Lines that become rows of Python in one go.
AT_ONCE = 1_000

Row = tuple[int, list[Any]]
Array = Any  # of Arrow


class NotAtOnce(Exception):
    """The sheet has to be read cell by cell."""


@dataclass(frozen=True)
class Columns:
    """All lines of one sheet from its first on, empty ones included."""

    name: str
    #: Its columns from the first filled one on, null where a cell is empty.
    cells: tuple[Array, ...]
    #: Cells with a value, were it an empty text.
    values: int
    #: Whether any of them was a day.
    days: bool
    #: Lines with a number that is longer than spreadsheets keep.
    long: frozenset[int] = frozenset()

    @cached_property
    def filled(self) -> Array:
        """Whether a line has anything in it but white space."""
        filled: Array = pa.repeat(False, len(self.cells[0]))
        for column in self.cells:
            if filled.true_count == len(filled):
                break
            spaces: Array = pc.utf8_is_space(column)
            blank: Array = pc.fill_null(spaces, True)
            filled = pc.or_(filled, pc.invert(blank))
        return filled

    def rows(self, first: int = 1) -> Iterator[Row]:
        """Filled lines from line ``first`` on, with their number from 1; "" where a cell is empty."""
        lines: Array = pc.indices_nonzero(self.filled.slice(first - 1))
        for start in range(0, len(lines), AT_ONCE):
            part = pc.add(lines.slice(start, AT_ONCE), first - 1)
            texts = [pc.fill_null(column.take(part), "").to_pylist() for column in self.cells]
            yield from zip(pc.add(part, 1).to_pylist(), map(list, zip(*texts, strict=True)), strict=True)

    def tables(self, first: int, most: int) -> Iterator[pa.Table]:
        """Filled lines from line ``first`` on, from ``most`` lines in one table, as a ``SheetWriter`` takes them."""
        for start in range(first - 1, len(self.filled), most):
            filled = self.filled.slice(start, most)
            lines = range(start + 1, start + 1 + len(filled))
            troubles = ["intake.long_number" if line in self.long else None for line in lines] if self.long else None
            nothing = pa.nulls(len(lines), pa.string())
            columns: dict[str, Array] = {"line": pa.array(lines, pa.int64())}
            columns |= {"trouble": pa.array(troubles, pa.string()) if troubles else nothing, "extra": nothing}
            columns |= {f"c{number}": column.slice(start, most) for number, column in enumerate(self.cells)}
            table = pa.table(columns)
            yield table if filled.true_count == len(filled) else table.filter(filled)

    def mended(self, text: SheetText, *, moments: bool) -> "Columns":
        """The columns with odd numbers and errors as they are written cell by cell; the first is the sheet's first.

        ``moments``: numbers may have been given as moments. Raises ``NotAtOnce`` where there is something else.
        """
        cells, long = list(self.cells), set[int]()
        for column, (lines, numbers) in text.numbers.items():
            before = _at(cells, column, lines)
            _write(cells, column, lines, _as_numbers(before, numbers) or _as_moments(before, numbers, moments=moments))
            long |= {line for line, number in zip(lines, numbers, strict=True) if abs(number) >= KEPT}
        for (line, column), error in text.errors.items():
            if _at(cells, column, [line])[0].is_valid:
                raise NotAtOnce
            _write(cells, column, [line], [error])
        return replace(self, cells=tuple(cells), long=frozenset(long))


def _at(cells: list[Array], column: int, lines: Sequence[int]) -> Array:
    """What stands in some lines of a column."""
    if column >= len(cells) or max(lines) > len(cells[column]):
        raise NotAtOnce
    return cells[column].take(np.array(lines) - 1)


def _write(cells: list[Array], column: int, lines: Sequence[int], texts: Sequence[str]) -> None:
    """Write texts into some lines of a column, from above to below."""
    places = np.array(lines) - 1
    if (places[1:] <= places[:-1]).any():
        raise NotAtOnce
    where = np.zeros(len(cells[column]), bool)
    where[places] = True
    cells[column] = pc.replace_with_mask(cells[column], pa.array(where), pa.array(texts, pa.string()))


def _as_numbers(before: Array, values: Sequence[float]) -> list[str] | None:
    """Numbers as text, when all that stood there were the same but for what the quick way leaves out."""
    try:
        rough: Array = pc.cast(before, pa.float64())
    except pa.ArrowInvalid:
        return None
    same = np.isclose(rough.to_numpy(zero_copy_only=False), values, rtol=ROUGH, atol=ROUGH).all()
    return list(map(written, values)) if same else None


def _as_moments(before: Array, values: Sequence[float], *, moments: bool) -> list[str]:
    """The same where some or all of the numbers were given as moments, if they may."""
    pairs = zip(before.to_pylist(), values, strict=True)
    return [_as_moment(told or "", value, moments=moments) for told, value in pairs]


def _as_moment(told: str, value: float, *, moments: bool) -> str:
    if moments and _MOMENT.match(told):
        return moment(dt.datetime.fromisoformat(told))
    try:
        same = isclose(float(told), value, rel_tol=ROUGH, abs_tol=ROUGH)
    except ValueError:
        same = False
    if not same:
        raise NotAtOnce
    return written(value)


class Workbook:
    """An XLSX file, its table of texts parsed; raises whatever the library does."""

    def __init__(self, path: Path) -> None:
        # By its path, a file without an ending would be taken for one of another format.
        self.book = fastexcel.read_excel(path.read_bytes())
        self.first = self.book.sheet_names[0]

    def columns(self, name: str, most: int) -> Columns:
        """A sheet of at most ``most`` cells; raises ``NotAtOnce`` for one that is none."""
        sheet = self.book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", eager=True)
        if not sheet.num_columns or sheet.num_rows * sheet.num_columns > most:
            raise NotAtOnce
        made = [(_nulled(column), len(column) - column.null_count) for column in sheet.columns]
        cells, days = zip(*(_days(column) for column, _ in made), strict=True)
        return Columns(name, cells, sum(count for _, count in made), any(days))


def _nulled(column: Array) -> Array:
    """The column with no value where a cell holds an empty text."""
    empty: Array = pc.equal(column, pa.scalar(""))
    return pc.if_else(empty, None, column) if pc.any(empty).as_py() else column


def _days(column: Array) -> tuple[Array, bool]:
    """The column with days as they are written, and whether it has any."""
    days: Array = pc.ends_with(column, _MIDNIGHT)
    if not pc.any(days).as_py():
        return column, False
    understood: Array = pc.match_substring_regex(column, _DAY)
    if pc.sum(understood) != pc.sum(days):
        raise NotAtOnce
    return pc.if_else(days, pc.utf8_slice_codeunits(column, 0, -len(_MIDNIGHT)), column), True
