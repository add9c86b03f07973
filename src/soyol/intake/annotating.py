"""The problems of a file given back to the keeper of the list: a workbook to mend and send again.

It has the original columns under the original headings and one more that says in words what to mend. Whoever wants the
rows recognised when they come back gives each a mark: it stands last, in a hidden column that moves along when the rows
are sorted and that answers typing with a word of warning. Both columns are known by their headings and are not read as
part of the list (``excerpts``).
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from soyol.intake.reading import Reading, Sheet
from soyol.lib import words

#: A sheet of a workbook holds 1,048,576 lines; more problem rows than this nobody mends by hand.
MOST_ROWS = 200_000
#: What Excel accepts in a cell.
LONGEST = 32_767
WIDE, NARROW = 60, 18

COLOURS = {"error": "#F8D7DA", "warning": "#FFF3CD", "notice": "#E2EEF9"}


#: What gives a row, by its number in the file, the mark by which it is recognised when it comes back.
Mark = Callable[[int], str]


def annotated_workbook(
    reading: Reading,
    problems: Path | pl.DataFrame,
    to: Path,
    *,
    lang: str,
    everything: bool = False,
    mark: Mark | None = None,
) -> int:
    """Write the rows with problems (or, with ``everything``, all rows) as XLSX; returns the number of rows written.

    Cells are written as text, never as formulas, numbers or links, so what stands in a list can do nothing when the
    file is opened, and register numbers keep their zeros. ``lang`` is the language of the words. At most ``MOST_ROWS``
    rows are written, and no more than their problems are held in memory.
    """
    table = _first_problems(problems.lazy() if isinstance(problems, pl.DataFrame) else pl.scan_parquet(problems))
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    written = 0
    with xlsxwriter.Workbook(str(to), options) as book:
        for number, sheet in enumerate(reading.sheets):
            mine = table.filter(pl.col("sheet") == sheet.name)
            if mine.is_empty() and not everything:
                continue
            written += _Page(book, sheet, number, lang, mark).fill(
                reading, mine, everything=everything, room=MOST_ROWS - written
            )
        if not book.worksheets():
            book.add_worksheet(words.say("intake.workbook.sheet", {}, lang))
    return written


def _first_problems(problems: pl.LazyFrame) -> pl.DataFrame:
    """Problems of the first ``MOST_ROWS`` rows that have any."""
    about_rows = problems.filter(pl.col("row").is_not_null())
    rows = about_rows.select(pl.col("row").unique().sort().head(MOST_ROWS)).collect()["row"]
    last = rows[-1] if len(rows) else 0
    wanted = ("sheet", "row", "column", "problem", "params", "severity", "way_out")
    return about_rows.filter(pl.col("row") <= last).select(wanted).collect()


class _Page:
    """One sheet of the workbook being written."""

    def __init__(self, book: Any, sheet: Sheet, number: int, lang: str, mark: Mark | None) -> None:
        self.sheet, self.lang, self.mark = sheet, lang, mark
        name = "".join("_" if sign in r"[]:*?/\'" else sign for sign in sheet.name)[:31].strip()
        taken = {page.name.casefold() for page in book.worksheets()}
        if not name or name.casefold() in taken:
            name = f"{words.say('intake.workbook.sheet', {}, lang)[:24]} {number + 1}"
        self.page = book.add_worksheet(name)
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top", "num_format": "@"}
        )
        self.plain = book.add_format({"num_format": "@", "valign": "top"})
        self.note = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.bad = {
            severity: book.add_format({"bg_color": colour, "num_format": "@", "valign": "top"})
            for severity, colour in COLOURS.items()
        }

    def fill(self, reading: Reading, problems: pl.DataFrame, *, everything: bool, room: int) -> int:
        width = len(self.sheet.header)
        self.page.set_column(0, max(0, width - 1), NARROW, self.plain)
        self.page.set_column(width, width, WIDE, self.note)
        self.page.freeze_panes(1, 0)
        for number, heading in enumerate(self.sheet.header):
            self.page.write_string(0, number, heading[:LONGEST], self.heading)
        self.page.write_string(0, width, words.say("intake.workbook.note", {}, self.lang), self.heading)
        if self.mark:
            self.page.write_string(0, width + 1, words.say("intake.workbook.mark", {}, self.lang), self.heading)
        line = 0
        for row, cells, told in self._rows(reading, problems, everything=everything):
            if line >= room:
                break
            line += 1
            self._line(line, cells, told)
            if self.mark:
                self.page.write_string(line, width + 1, self.mark(row), self.plain)
        if self.mark:
            self._guard(width + 1, line)
        return line

    def _guard(self, column: int, last: int) -> None:
        """Hide the marks, and answer whoever types over one. A protected sheet could not be sorted any more."""
        self.page.set_column(column, column, NARROW, self.plain, {"hidden": True})
        told = words.say("intake.workbook.locked", {}, self.lang)
        rule = {"validate": "custom", "value": "=FALSE", "error_message": told, "ignore_blank": False}
        self.page.data_validation(0, column, max(1, last), column, rule)

    def _rows(
        self, reading: Reading, problems: pl.DataFrame, *, everything: bool
    ) -> Iterator[tuple[int, tuple[str | None, ...], list[dict[str, Any]]]]:
        """Number, cells and problems of each row that is written, chunk by chunk."""
        for frame in reading.frames(self.sheet):
            here = problems.join(frame.select("row"), on="row", how="semi")
            by_row = self._by_row(here)
            kept = frame if everything else frame.join(here.select("row"), on="row", how="semi")
            for row in kept.sort("row").select("row", *self.sheet.cells).iter_rows():
                yield row[0], row[1:], by_row.get(row[0], [])

    @staticmethod
    def _by_row(problems: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = {}
        for problem in problems.to_dicts():
            found.setdefault(problem["row"], []).append(problem)
        return found

    def _line(self, line: int, cells: tuple[str | None, ...], problems: list[dict[str, Any]]) -> None:
        worst = {}
        for problem in sorted(problems, key=lambda each: list(COLOURS).index(each["severity"]), reverse=True):
            worst[problem["column"]] = problem["severity"]
        for number, (name, cell) in enumerate(zip(self.sheet.header, cells, strict=True)):
            style = self.bad[worst[name]] if name in worst else self.plain
            if cell:
                self.page.write_string(line, number, cell[:LONGEST], style)
            elif name in worst:
                self.page.write_blank(line, number, None, style)
        if problems:
            note = "\n".join(dict.fromkeys(self._say(problem) for problem in problems))
            self.page.write_string(line, len(cells), note[:LONGEST], self.note)

    def _say(self, problem: dict[str, Any]) -> str:
        import json

        params = json.loads(problem["params"])
        where = f"{problem['column']}: " if problem["column"] else ""
        said = words.say(problem["problem"], params, self.lang)
        return f"{where}{said} {words.say(problem['way_out'], params, self.lang)}"
