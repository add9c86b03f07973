"""A workbook in the hands of its parsers: calamine cell by cell, or fastexcel at once where it says the same."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import IO

import python_calamine as calamine

from soyol.intake import archives, at_once, breaks, tamed
from soyol.intake.sheet_text import SheetText, may_hold_midnight


class Begun:
    """A workbook whose first sheet is being parsed by a thread of its own, for which its parsers need no interpreter.

    It ends with the process when nobody asks for it any more. No sheet of an XLSX file of more than ``most`` cells is
    read at once.
    """

    def __init__(self, path: Path, kind: str, most: int = 0) -> None:
        self.path, self.kind, self.most = path, kind, most
        self.opened: calamine.CalamineWorkbook | None = None
        self.first: calamine.CalamineSheet | None = None
        self.swift: at_once.Workbook | None = None
        self.columns: at_once.Columns | None = None
        self.failed: BaseException | None = None
        self.thread = Thread(target=self._parse_at_once if kind == "xlsx" else self._parse, daemon=True)
        self.thread.start()

    def _parse(self) -> None:
        try:
            first = next(worksheets(self.whole()), None)
            self.first = first and self.whole().get_sheet_by_name(first.name)
        except BaseException as error:  # noqa: BLE001 - raised again where it can be dealt with
            self.failed = error

    def _parse_at_once(self) -> None:
        try:
            self.swift = at_once.Workbook(self.path)
            self.columns = self.swift.columns(self.swift.first, self.most)
        except BaseException as error:  # noqa: BLE001 - reading cell by cell meets it again where it can be dealt with
            self.failed = error

    def whole(self) -> calamine.CalamineWorkbook:
        """The workbook with all that its sheets have in common, opened once."""
        if self.opened is None:
            with self._source() as file:
                self.opened = calamine.CalamineWorkbook.from_filelike(file)
        return self.opened

    def _source(self) -> IO[bytes]:
        """The file, or a copy of it of which calamine leaves nothing out."""
        broken = self.kind == "ods" and archives.may(self.path, breaks.CONTENT, breaks.held_in)
        return breaks.written_out(self.path) if broken else self.path.open("rb")

    def book(self) -> calamine.CalamineWorkbook:
        """The workbook, to ask what sheets it has; raises what parsing the first cell by cell raised."""
        if self.kind == "xlsx":
            return calamine.CalamineWorkbook.from_filelike(archives.outline(self.path))
        self.thread.join()
        if self.failed is not None:
            raise self.failed
        return self.whole()

    def at_once(self, name: str, text: SheetText) -> at_once.Columns | None:
        """A sheet as columns of text, given away, not kept; None where it has to be read cell by cell."""
        if not text.understood():
            return None
        self.thread.join()
        if self.swift is None:
            return None
        first, self.columns = self.columns, None
        try:
            found = first if first and first.name == name else self.swift.columns(name, self.most)
            # Nothing may have been left out.
            if found.values != text.values - len(text.errors) or (found.days and not self._days_are_days(text)):
                return None
            return found.mended(text, moments=not self.hours)
        except BaseException:  # noqa: BLE001 - also the panics of a library of Rust, which are no errors of Python
            return None

    @cached_property
    def hours(self) -> bool:
        """Whether any cell may be shown as hours that go on; asked once, not for each of a thousand sheets."""
        return tamed.shown(self.path)

    @cached_property
    def midnight(self) -> bool:
        """Whether any text that the sheets share may be a day with its hour."""
        return archives.may(self.path, "sharedstrings.xml", may_hold_midnight)

    def _days_are_days(self, text: SheetText) -> bool:
        """Whether what looks like a day of the quick way can be neither a text nor hours."""
        return not (text.midnight or self.midnight or self.hours)

    def sheet(self, name: str) -> calamine.CalamineSheet:
        """One sheet of the open workbook, given away, not kept."""
        first, self.first = self.first, None
        if first is not None and first.name == name:
            return first
        return self.whole().get_sheet_by_name(name)

    def tamed(self, name: str) -> calamine.CalamineSheet:
        """The sheet without what makes calamine fail over one cell: plain numbers for hours, errors that it knows."""
        with calamine.CalamineWorkbook.from_filelike(tamed.tamed(self.path)) as book:
            return book.get_sheet_by_name(name)


def worksheets(book: calamine.CalamineWorkbook) -> Iterator[calamine.SheetMetadata]:
    """What is known of each sheet of cells; others are charts."""
    return (about for about in book.sheets_metadata if about.typ == calamine.SheetTypeEnum.WorkSheet)
