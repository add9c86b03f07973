"""A large sheet of a workbook, parsed in stretches of rows by several threads, the first rows before the last are done.

calamine takes one core for a sheet, however many there are, and is busy with the text of its XML for most of the time
that reading a workbook takes. So that text is cut between rows, each stretch gets the head and the foot of the sheet
around it, and each is parsed as the same workbook with a shorter sheet, for which no interpreter is needed; the rows of
one stretch are written while the next are parsed. Where the text makes a cut less than certain, where a stretch cannot
be parsed and where stretches do not fit together, the sheet is parsed whole as ever.
"""

import io
import os
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import python_calamine as calamine

from soyol.intake import archives
from soyol.intake.limits import MEGABYTE

Place = tuple[int, int]

#: Bytes of XML below which it is not worth while, and above which copies would take too much memory.
LEAST, MOST = 2 * MEGABYTE, 256 * MEGABYTE
#: Bytes of a stretch at least, and so many of them at most; what all sheets use is parsed anew for each.
STRETCH, PIECES = MEGABYTE, 16
THREADS = min(4, len(os.sched_getaffinity(0)))
OPEN, CLOSE = b"<sheetData>", b"</sheetData>"
#: What all sheets use: the list of sheets, texts, styles. Pictures and the like are not needed.
_SHARED = re.compile(r"(?i)\[content_types\]\.xml$|_rels/\.rels$|xl/(?:_rels/)?[^/]+\.(?:xml|rels)$")
#: What a damaged archive may raise, or too little memory for copies: parsing the sheet whole says what is wrong.
NOT_THIS_WAY = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError),
    *(ValueError, OSError, MemoryError),
)
_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')


class Uneven(Exception):
    """The stretches of a sheet do not make one: it has to be parsed whole."""


@dataclass(frozen=True)
class Part:
    """Rows of a sheet that were parsed together; places count from 0."""

    sheet: calamine.CalamineSheet
    start: Place
    end: Place

    def rows(self, left: int, right: int) -> Iterator[tuple[int, list[Any]]]:
        """Rows with their line in the sheet, from 1, and their cells from column ``left`` to ``right``."""
        if self.start[0] == 0:
            rows = enumerate(self.sheet.iter_rows(), 1)
        else:  # the lines above would be given as well, all of them empty
            rows = enumerate(self.sheet.to_python(skip_empty_area=True), self.start[0] + 1)
        before, after = [""] * (self.start[1] - left), [""] * (right - self.end[1])
        return ((line, before + row + after) for line, row in rows) if before or after else iter(rows)


class Stretches:
    """One sheet whose rows come part by part. ``left`` and ``right`` are its first and last column, from 0."""

    def __init__(self, first: calamine.CalamineSheet, more: Iterable[calamine.CalamineSheet] = ()) -> None:
        self.name = first.name
        self.merged: list[tuple[Place, Place]] = first.merged_cell_ranges or []
        self.first, self.more = _part(first), more
        self.left = self.first.start[1] if self.first else 0
        self.right = self.first.end[1] if self.first else -1

    def parts(self) -> Iterator[Part]:
        """The parts in order; raises ``Uneven`` for one that is wider than the first or not wholly below the others."""
        if self.first is None:
            return
        yield self.first
        bottom = self.first.end[0]
        for sheet in self.more:
            part = _part(sheet)
            if part is None:
                continue
            if part.start[0] <= bottom or part.start[1] < self.left or part.end[1] > self.right:
                raise Uneven
            bottom = part.end[0]
            yield part


def _part(sheet: calamine.CalamineSheet) -> Part | None:
    return None if sheet.start is None or sheet.end is None else Part(sheet, sheet.start, sheet.end)


def begin(path: Path, name: str | None = None) -> "Parsing | None":
    """Begin to parse a sheet of an XLSX file whose directory has been looked at, by as many threads as there are cores.

    Without a ``name`` it is the first. None: parse it whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archives.sheet_parts(archive)
            name = name or next(iter(parts), "")
            times = _pieces(archive, parts.get(name, ""))
            if not times:
                return None
            xml = archive.read(parts[name])
            shared = {each: archive.read(each) for each in archive.namelist() if _SHARED.match(each)}
        cuts = places(xml, times)
        return Parsing(name, parts[name], xml, cuts, shared) if cuts else None
    except NOT_THIS_WAY:
        return None


def _pieces(archive: zipfile.ZipFile, part: str) -> int:
    """In how many stretches a sheet is worth parsing; 0 where it is not.

    Parsing anew what all sheets use must not cost more than the sheet itself.
    """
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    size, shared = sizes.get(part, 0), sum(size for each, size in sizes.items() if _SHARED.match(each))
    times = min(PIECES, size // STRETCH, size // max(1, shared))
    return times if THREADS > 1 and LEAST <= size <= MOST and times > 1 else 0


def places(xml: bytes, times: int) -> Sequence[int]:
    """Where a sheet's XML can be cut into ``times`` stretches, with begin and end; nothing where no cut is certain.

    A comment or a section of raw text may hold anything, and rows without a number count from the one before.
    """
    begin, end = xml.find(OPEN) + len(OPEN), xml.rfind(CLOSE)
    if not len(OPEN) <= begin < end or b"<!" in xml:
        return ()
    cuts = [begin]
    for number in range(1, times):
        place = xml.find(b"<row ", begin + (end - begin) * number // times, end)
        if place <= cuts[-1] or not _ROW.match(xml, place):
            return ()
        cuts.append(place)
    return [*cuts, end]


class Parsing:
    """Threads that take one stretch after the other, and what they have found so far."""

    def __init__(self, name: str, part: str, xml: bytes, cuts: Sequence[int], shared: Mapping[str, bytes]) -> None:
        self.name, self.part, self.xml, self.cuts, self.shared = name, part, xml, cuts, shared
        count = len(cuts) - 1
        self.waiting = deque(range(count))
        self.done = [Event() for _ in range(count)]
        self.found: list[calamine.CalamineSheet | None] = [None] * count
        for _ in range(min(THREADS, count)):
            Thread(target=self._work, daemon=True).start()

    def stretches(self) -> Stretches | None:
        """The sheet, as soon as its first stretch is there; None: parse it whole."""
        sheets = self._sheets()
        try:
            first = next(sheets)
        except Uneven:
            return None
        return Stretches(first, sheets) if first.start is not None else None

    def _sheets(self) -> Iterator[calamine.CalamineSheet]:
        """The stretches as sheets, in order, each given away; raises ``Uneven`` for one that cannot be parsed."""
        for number, done in enumerate(self.done):
            done.wait()
            sheet, self.found[number] = self.found[number], None
            if sheet is None:
                raise Uneven
            yield sheet

    def _work(self) -> None:
        while self.waiting:
            try:
                number = self.waiting.popleft()
            except IndexError:  # another thread was faster
                return
            try:
                self.found[number] = self._parse(number)
            except BaseException:  # noqa: BLE001 - parsing the sheet whole meets it again where it is dealt with
                self.waiting.clear()
                for done in self.done[number:]:
                    done.set()
                return
            self.done[number].set()

    def _parse(self, number: int) -> calamine.CalamineSheet:
        view = memoryview(self.xml)
        rows = view[self.cuts[number] : self.cuts[number + 1]]
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as book:
            book.writestr(self.part, b"".join((view[: self.cuts[0]], rows, view[self.cuts[-1] :])))
            for each, content in self.shared.items():
                book.writestr(each, content)
        made.seek(0)
        return calamine.CalamineWorkbook.from_filelike(made).get_sheet_by_name(self.name)
