"""Workbooks (XLSX, XLS, ODS) through calamine: cells as the text a reader of the sheet would write down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any

import python_calamine as calamine

from soyol.intake import archives, layout, tamed, unseen
from soyol.intake.at_once import Columns, NotAtOnce, Row
from soyol.intake.chunks import SheetWriter, with_trouble
from soyol.intake.job import Job
from soyol.intake.merged import Merged
from soyol.intake.parsing import Begun, worksheets
from soyol.intake.problems import Problem, Refused
from soyol.intake.reading import Sheet
from soyol.intake.sheet_text import LINES, Area, SheetText
from soyol.intake.texts import cell, column_texts

CHUNK = 10_000
#: Cells whose values are made in one go, in half the time of making them row by row: some 50 MB of memory.
AT_ONCE = 500_000


def read_workbook(
    begun: Begun, job: Job, texts: Mapping[str, SheetText] = MappingProxyType({})
) -> tuple[list[Sheet], list[Problem]]:
    """Every sheet that has rows, in order, into chunks; row numbers run on from sheet to sheet.

    ``texts`` tells of sheets of an XLSX file what has been seen of their text.
    """
    sheets: list[Sheet] = []
    notices: list[Problem] = []
    before: layout.Header | None = None
    try:
        with begun.book() as book:
            for about in worksheets(book):
                hidden = about.visible != calamine.SheetVisibleEnum.Visible
                shown = unseen.seen(about.name)
                if hidden:
                    notices.append(Problem("intake.hidden_sheet", {"sheet": shown}))
                sheet = _Sheet(begun, job, texts.get(about.name), Position(about.name, len(sheets), hidden, before))
                found = sheet.read()
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


@dataclass(frozen=True)
class Position:
    """Where a sheet stands: its name, its number among those with rows, and the heading of the one before."""

    name: str
    number: int
    hidden: bool
    before: layout.Header | None


class _Sheet:
    """One sheet on its way from its parser to chunks."""

    header: layout.Header

    def __init__(self, begun: Begun, job: Job, text: SheetText | None, place: Position) -> None:
        self.begun, self.job, self.text, self.place = begun, job, text, place
        self.left = self.width = 0

    def read(self) -> Sheet | None:
        """Write the sheet; None when it has no rows."""
        spent = self.job.spent
        columns = self.begun.at_once(self.place.name, self.text) if self.text else None
        if columns:
            try:
                return self._at_once(columns, self.text.merged if self.text else ())
            except NotAtOnce:
                pass  # to be read cell by cell
        ways = [self.begun.sheet, *([self.begun.tamed] if self.begun.kind == "xlsx" else [])]
        for way in ways:
            self.job.spent = spent  # begun anew: the chunks that were written are written over
            try:
                return self._by_cells(way(self.place.name))
            except BaseException as error:
                if not tamed.failed(error):
                    raise
                why = unseen.seen(str(error))[:200]
        raise Refused("intake.workbook_damaged", why=why)

    def _at_once(self, columns: Columns, merged: Sequence[Area]) -> Sheet | None:
        self.left, self.width = 0, len(columns.cells)
        if self.width > self.job.limits.columns:
            raise NotAtOnce
        return self._written(columns.rows(), merged, columns)

    def _by_cells(self, sheet: calamine.CalamineSheet) -> Sheet | None:
        if sheet.start is None or sheet.end is None:
            return None
        self._allow(sheet.end)
        self.left, self.width = sheet.start[1], sheet.end[1] + 1 - sheet.start[1]
        if self.width > self.job.limits.columns:
            raise Refused("intake.too_many_columns", n=self.width, limit=self.job.limits.columns)
        filled = ((line, row) for line, row in self._rows(sheet) if not _blank(row))
        return self._written(filled, sheet.merged_cell_ranges or ())

    def _written(self, rows: Iterator[Row], areas: Sequence[Area], columns: Columns | None = None) -> Sheet | None:
        """Write what ``rows`` gives, its filled lines; or ``columns``, where no cells are merged below the heading."""
        head = list(islice(rows, layout.LOOKED_AT))
        if not head:
            return None
        self._find_heading(head)
        waiting = head[self.header.skip :]
        place, job = self.place, self.job
        writer = SheetWriter(
            job.into, place.number, place.name, self.header, job.first_row, place.hidden, spend=job.unpack
        )
        below = [area for area in areas if not waiting or area[0][0] + 1 >= waiting[0][0]]
        merged = Merged(place.name, below, self.left, self.width, job.limits.merged_lines)
        if columns and merged and (columns.long or not (self.text and self.text.from_first)):
            raise NotAtOnce
        if columns and not merged:
            for table in columns.tables(waiting[0][0], CHUNK) if waiting else ():
                writer.write_table(table)
        else:
            while waiting:
                self._write(waiting, writer, merged)
                waiting = list(islice(rows, CHUNK))
        writer.notices += merged.notices()
        return writer.finish()

    def _rows(self, sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
        """Rows with their line in the sheet, and columns from the first filled one on."""
        top = sheet.start[0] if sheet.start else 0
        if top == 0 and sheet.height * sheet.width > AT_ONCE:
            rows = enumerate(sheet.iter_rows(), 1)
        else:  # the lines above are left out, all of them empty
            rows = enumerate(sheet.to_python(skip_empty_area=True), top + 1)
        return self._with_errors(rows, self.text.errors) if self.text and self.text.errors else iter(rows)

    def _with_errors(
        self, rows: Iterable[tuple[int, list[Any]]], errors: Mapping[tuple[int, int], str]
    ) -> Iterator[tuple[int, list[Any]]]:
        """The rows with the errors of cells that calamine leaves out."""
        lines = {line for line, _ in errors}
        for line, row in rows:
            if line not in lines:
                yield line, row
            else:
                yield line, [errors.get((line, at), cell) for at, cell in enumerate(row, self.left)]

    def _find_heading(self, head: list[Row]) -> None:
        """Find the heading among the first filled lines."""
        rows = [[cell(value) for value in row] for _, row in head]
        lines = [line for line, _ in head]
        before = self.place.before
        self.header = found = layout.find_header(rows, lines, self.width, self.job.headings)
        if before is not None and len(before.names) == self.width and found.headings != before.headings:
            better = _known(before, self.job) >= 0.3 and not _known(found, self.job)
            if found.line is None or better:
                self.header = layout.continued(before)

    def _allow(self, end: tuple[int, int]) -> None:
        """Refuse a sheet that reaches too far to the right and below; calamine leaves lines out that none can have."""
        area, limits = (end[0] + 1) * (end[1] + 1), self.job.limits
        if end[0] >= LINES:
            raise Refused("intake.too_many_lines", sheet=unseen.seen(self.place.name), n=end[0] + 1, limit=LINES)
        if area <= limits.cells:
            return
        if self.begun.kind == "xlsx":
            archives.far_cell(self.begun.path, limits)
        raise Refused("intake.too_many_cells", sheet=unseen.seen(self.place.name), n=area, limit=limits.cells)

    def _write(self, rows: list[tuple[int, list[Any]]], writer: SheetWriter, merged: Merged) -> None:
        troubles: list[str | None] = [None] * len(rows)
        if merged:
            troubles = [merged.settle(line, row) for line, row in rows]
        columns = []
        for column in zip(*(row for _, row in rows), strict=True):
            made, long = column_texts(column)
            columns.append(made)
            for at in long:
                troubles[at] = with_trouble(troubles[at], "intake.long_number")
        writer.write_columns([line for line, _ in rows], troubles, [None] * len(rows), columns)


def _known(header: layout.Header, job: Job) -> float:
    return sum(layout.plain(heading) in job.headings for heading in header.headings) / len(header.headings)


def _blank(row: Sequence[Any]) -> bool:
    first = row[0]
    if first and (type(first) is not str or not first.isspace()):
        return False
    return not any(value != "" and (not isinstance(value, str) or value.strip()) for value in row)
