"""Workbooks (XLSX, XLS, ODS) through calamine: cells as the text a reader of the sheet would write down."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from threading import Thread
from typing import Any

import python_calamine as calamine

from soyol.intake import archives, hours, layout, stretches, unseen
from soyol.intake.chunks import SheetWriter, Texts, whole_numbers, with_trouble
from soyol.intake.job import Job
from soyol.intake.problems import Problem, Refused
from soyol.intake.reading import Sheet
from soyol.intake.stretches import Part, Place, Stretches, Uneven

CHUNK = 10_000
#: A cell merged over more lines than these is the look of a column, no value for each of its rows.
TALL = 10_000
#: Lines of a sheet, in every spreadsheet program.
LINES = 1_048_576
MIDNIGHT = dt.time(0)
SECOND, HALF = dt.timedelta(seconds=1), 500_000
LAST = dt.datetime.max.replace(microsecond=0)  # noqa: DTZ901 - cells of workbooks know no zone
#: Spreadsheets keep fifteen digits of a number: of a longer one the last may be others than were typed.
KEPT = 1e15
#: From here on a number is written in powers of ten.
BIG = 1e18


def _number(value: float) -> str:
    """A number without the ".0" that workbooks give to all; phones and register numbers are numbers there."""
    return str(int(value)) if value.is_integer() and abs(value) < BIG else repr(value)


def _moment(value: dt.datetime) -> str:
    return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ", "seconds")


def _letters(value: bytes) -> str:
    """Bytes as UTF-8; what is none is replaced by U+FFFD, which is told as lost letters."""
    return value.decode("utf-8", "replace")


def _digits(value: Decimal) -> str:
    """All digits of a number, to the last nought behind the point, and no power of ten."""
    return format(value, "f")


_WRITERS: dict[type, Callable[[Any], str | None]] = {
    str: lambda value: value or None,
    float: _number,
    int: str,
    bool: lambda value: "true" if value else "false",
    dt.datetime: _moment,
    dt.date: dt.date.isoformat,
    dt.time: lambda value: value.isoformat("seconds"),
    dt.timedelta: str,
    bytes: lambda value: _letters(value) or None,
    Decimal: _digits,
    type(None): lambda _: None,
}


def _to_the_second(value: dt.datetime) -> dt.datetime:
    """A moment as a spreadsheet shows it: parts of days are seldom whole seconds, and are rounded to them."""
    whole = value.replace(microsecond=0)
    if value.microsecond < HALF or whole == LAST:
        return whole
    return whole + SECOND


def _time_of_day(value: dt.time) -> str:
    return _to_the_second(dt.datetime.combine(dt.date.min, value)).time().isoformat()


#: What cells of workbooks are written with, whose moments are numbers with a fraction.
_CELLS = _WRITERS | {
    dt.datetime: lambda value: _moment(_to_the_second(value)),
    dt.time: _time_of_day,
    dt.timedelta: lambda value: str(dt.timedelta(seconds=round(value.total_seconds()))),
}


def text(value: object) -> str | None:
    """One value as text; nested values of JSON and Parquet as JSON, lists of plain values parted by "; "."""
    writer = _WRITERS.get(type(value))
    if writer:
        return writer(value)
    if isinstance(value, list | tuple) and all(type(each) in _WRITERS for each in value):
        return "; ".join(filter(None, map(text, value))) or None
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=_inner)
    return str(value)


def _inner(value: object) -> str | None:
    """A value inside nested ones that JSON has no form for."""
    return text(value) if type(value) in _WRITERS else str(value)


class Begun:
    """A workbook whose first sheet is being parsed by a thread of its own, for which calamine needs no interpreter.

    It ends with the process when nobody asks for it any more.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.path, self.kind = path, kind
        self.first = stretches.begin(path) if kind == "xlsx" else None
        self.parsed: dict[str, Stretches] = {}
        self.failed: BaseException | None = None
        self.thread = Thread(target=self._parse, daemon=True)
        self.thread.start()

    def _parse(self) -> None:
        try:
            with self.path.open("rb") as file:
                self.opened = calamine.CalamineWorkbook.from_filelike(file)
            first = next(_worksheets(self.opened), None)
            if first is not None and self.first is None:
                self.parsed[first.name] = self.whole(first.name)
        except BaseException as error:  # noqa: BLE001 - raised again where it can be dealt with
            self.failed = error

    @property
    def at_hand(self) -> Mapping[str, bytes]:
        """Parts of the file that are unpacked already."""
        return {self.first.part: bytes(self.first.xml)} if self.first else {}

    def book(self) -> calamine.CalamineWorkbook:
        """The open workbook; raises what opening it or parsing its first sheet raised."""
        self.thread.join()
        if self.failed is not None:
            raise self.failed
        return self.opened

    def sheet(self, name: str) -> Stretches:
        """One sheet of the open workbook, given away, not kept."""
        if name in self.parsed:
            return self.parsed.pop(name)
        begun = self.first if self.first and self.first.name == name else None
        if begun is None and self.kind == "xlsx":
            begun = stretches.begin(self.path, name)
        self.first = None
        return (begun and begun.stretches()) or self.whole(name)

    def whole(self, name: str) -> Stretches:
        """The sheet parsed in one, when its stretches do not make one."""
        return Stretches(self.opened.get_sheet_by_name(name))

    def without_hours(self, name: str) -> Stretches:
        """The sheet parsed in one, with plain numbers where hours were shown."""
        with calamine.CalamineWorkbook.from_filelike(hours.without(self.path)) as book:
            return Stretches(book.get_sheet_by_name(name))


def _worksheets(book: calamine.CalamineWorkbook) -> Iterator[calamine.SheetMetadata]:
    return (about for about in book.sheets_metadata if about.typ == calamine.SheetTypeEnum.WorkSheet)


def read_workbook(
    begun: Begun, job: Job, errors: Mapping[str, Mapping[Place, str]] | None = None
) -> tuple[list[Sheet], list[Problem]]:
    """Every sheet that has rows, in order, into chunks; row numbers run on from sheet to sheet."""
    sheets: list[Sheet] = []
    notices: list[Problem] = []
    before: layout.Header | None = None
    try:
        with begun.book() as book:
            for about in _worksheets(book):
                hidden = about.visible != calamine.SheetVisibleEnum.Visible
                shown = unseen.seen(about.name)
                if hidden:
                    notices.append(Problem("intake.hidden_sheet", {"sheet": shown}))
                sheet = _Sheet(begun, about.name, job)
                sheet.errors = (errors or {}).get(about.name, {})
                found = sheet.read(len(sheets), hidden=hidden, before=before)
                if found is None:
                    notices.append(Problem("intake.empty_sheet", {"sheet": shown}))
                    continue
                before = sheet.header
                sheets.append(found)
                job.first_row += found.rows
                job.tell(job.total * len(sheets) // len(book.sheet_names))
    except calamine.PasswordError as error:
        raise Refused("intake.encrypted") from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise Refused("intake.workbook_damaged", why=unseen.seen(str(error))[:200]) from error
    return sheets, notices


class _Sheet:
    """One sheet on its way from calamine to chunks."""

    def __init__(self, begun: Begun, name: str, job: Job) -> None:
        self.begun, self.name, self.job = begun, name, job
        self.header: layout.Header | None = None
        self.errors: Mapping[Place, str] = {}

    def read(self, number: int, *, hidden: bool, before: layout.Header | None) -> Sheet | None:
        """Write the sheet as the ``number``-th; None when it has no rows."""
        spent = self.job.spent
        way = self.begun.sheet
        while True:
            try:
                return self._read(way(self.name), number, hidden=hidden, before=before)
            except Uneven:
                way = self.begun.whole
            except BaseException as error:
                if not hours.failed(error):
                    raise
                if self.begun.kind != "xlsx" or way == self.begun.without_hours:
                    raise Refused("intake.workbook_damaged", why=unseen.seen(str(error))[:200]) from error
                way = self.begun.without_hours
            self.job.spent = spent  # begun anew: the chunks that were written are written over

    def _allow(self, part: Part) -> None:
        """Refuse a sheet that reaches too far to the right and below; calamine leaves lines out that none can have."""
        area, limits = (part.end[0] + 1) * (part.end[1] + 1), self.job.limits
        if part.end[0] >= LINES:
            raise Refused("intake.too_many_lines", sheet=unseen.seen(self.name), n=part.end[0] + 1, limit=LINES)
        if area <= limits.cells:
            return
        if self.begun.kind == "xlsx":
            archives.far_cell(self.begun.path, limits)
        raise Refused("intake.too_many_cells", sheet=unseen.seen(self.name), n=area, limit=limits.cells)

    def _read(self, sheet: Stretches, number: int, *, hidden: bool, before: layout.Header | None) -> Sheet | None:
        if sheet.first is None:
            return None
        self._allow(sheet.first)
        self.sheet, self.width = sheet, sheet.right + 1 - sheet.left
        if self.width > self.job.limits.columns:
            raise Refused("intake.too_many_columns", n=self.width, limit=self.job.limits.columns)
        rows = self._rows()
        head: list[tuple[int, list[Any]]] = []
        for line, row in rows:
            if not _blank(row):
                head.append((line, row))
            if len(head) == layout.LOOKED_AT:
                break
        if not head:
            return None
        header = self._heading(head, before)
        self.header = header
        writer = SheetWriter(
            self.job.into, number, self.sheet.name, header, self.job.first_row, hidden, spend=self.job.unpack
        )
        waiting = head[header.skip :]
        first = waiting[0][0] if waiting else 0
        merged = _Merged(self.sheet, first, self.width, self.job.limits.merged_lines)
        while waiting:
            self._write(waiting, writer, merged)
            waiting = [(line, row) for line, row in islice(rows, CHUNK) if not _blank(row)]
            # A stretch of empty rows longer than a chunk is not the end of the sheet.
            while not waiting and (more := list(islice(rows, CHUNK))):
                waiting = [(line, row) for line, row in more if not _blank(row)]
        writer.notices += merged.notices()
        return writer.finish()

    def _rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Rows with their line in the sheet, and columns from the first filled one on."""
        rows = chain.from_iterable(self._of(part) for part in self.sheet.parts())
        return self._with_errors(rows) if self.errors else rows

    def _of(self, part: Part) -> Iterator[tuple[int, list[Any]]]:
        self._allow(part)
        return part.rows(self.sheet.left, self.sheet.right)

    def _with_errors(self, rows: Iterator[tuple[int, list[Any]]]) -> Iterator[tuple[int, list[Any]]]:
        """The rows with the errors of cells that calamine leaves out."""
        lines = {line for line, _ in self.errors}
        for line, row in rows:
            if line not in lines:
                yield line, row
            else:
                yield line, [self.errors.get((line, at), cell) for at, cell in enumerate(row, self.sheet.left)]

    def _heading(self, head: list[tuple[int, list[Any]]], before: layout.Header | None) -> layout.Header:
        rows = [[text(value) for value in row] for _, row in head]
        lines = [line for line, _ in head]
        found = layout.find_header(rows, lines, self.width, self.job.headings)
        if before is None or len(before.names) != self.width or found.headings == before.headings:
            return found
        if found.line is None or (_known(before, self.job) >= 0.3 and not _known(found, self.job)):
            return layout.continued(before)
        return found

    def _write(self, rows: list[tuple[int, list[Any]]], writer: SheetWriter, merged: "_Merged") -> None:
        troubles: list[str | None] = [None] * len(rows)
        if merged:
            troubles = [merged.settle(line, row) for line, row in rows]
        columns = []
        for column in zip(*(row for _, row in rows), strict=True):
            texts, long = _texts(column)
            columns.append(texts)
            for at in long:
                troubles[at] = with_trouble(troubles[at], "intake.long_number")
        writer.write_columns([line for line, _ in rows], troubles, [None] * len(rows), columns)


def _texts(column: Sequence[Any]) -> tuple["Texts", Sequence[int]]:
    """The cells of one column as text, "" where there is none; and which are numbers too long to be kept."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return column, ()
    if kinds == {float} and max(map(abs, column)) < KEPT:
        whole = whole_numbers(column)
        return list(map(_number, column)) if whole is None else whole, ()
    long = [at for at, value in enumerate(column) if type(value) is float and abs(value) >= KEPT]
    return [_CELLS[type(value)](value) or "" for value in column], long


def _known(header: layout.Header, job: Job) -> float:
    return sum(layout.plain(heading) in job.headings for heading in header.headings) / len(header.headings)


def _blank(row: Sequence[Any]) -> bool:
    first = row[0]
    if first and (type(first) is not str or not first.isspace()):
        return False
    return not any(value != "" and (not isinstance(value, str) or value.strip()) for value in row)


class _Merged:
    """Merged cells under the heading: a cell merged downwards counts for each of its rows, one across is a section."""

    def __init__(self, sheet: Stretches, first: int, width: int, most: int) -> None:
        self.filled = lines = 0
        self.down: dict[int, list[tuple[int, int, Place]]] = {}
        self.across: set[int] = set()
        self.left: list[str] = []  # what reaches too far down
        self.values: dict[Place, Any] = {}
        for (top, begin), (bottom, end) in sheet.merged:
            if top + 1 < first:
                continue
            if bottom == top and end - begin + 1 >= max(3, 0.8 * width):
                self.across.add(top + 1)
            if bottom > top and begin == end and bottom - top >= TALL:
                column = layout.letter(begin)
                self.left.append(f"{column}{top + 1}:{column}{bottom + 1}")
            elif bottom > top and begin == end:
                lines += bottom - top + 1
                if lines > most:
                    name, column = unseen.seen(sheet.name), layout.letter(begin)
                    raise Refused("intake.merged_overlap", sheet=name, column=column, row=top + 1, n=lines, limit=most)
                self._downwards(begin - sheet.left, top + 1, bottom + 1)

    def __bool__(self) -> bool:
        return bool(self.down or self.across)

    def notices(self) -> list[Problem]:
        """What was done with the values of merged cells, and what was not."""
        found = [Problem("intake.merged_filled", {"n": self.filled})] if self.filled else []
        return found + ([Problem("intake.merged_left", {"cells": ", ".join(self.left)[:500]})] if self.left else [])

    def _downwards(self, column: int, top: int, bottom: int) -> None:
        for line in range(top, bottom + 1):
            self.down.setdefault(line, []).append((column, top, (top, column)))

    def settle(self, line: int, row: list[Any]) -> str | None:
        """Fill what is merged into this row; the trouble of the row, if any."""
        for column, top, key in self.down.get(line, ()):
            if not 0 <= column < len(row):
                continue
            if line == top:
                self.values[key] = row[column]
            elif row[column] == "" and self.values.get(key, "") != "":
                row[column] = self.values[key]
                self.filled += 1
        only_one = line in self.across and sum(value != "" for value in row) == 1
        return "intake.section_row" if only_one else None
