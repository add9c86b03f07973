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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import IO, Any, Self

import python_calamine as calamine

from soyol.intake import archives
from soyol.intake.limits import MEGABYTE

Place = tuple[int, int]

#: Bytes of XML below which it is not worth while, and above which copies would take too much memory.
LEAST, MOST = 2 * MEGABYTE, 256 * MEGABYTE
#: Bytes of a stretch at least, and so many of them at most; what all sheets use is parsed anew for each.
STRETCH, PIECES = MEGABYTE, 16
THREADS = min(4, len(os.sched_getaffinity(0)))
#: Cells whose values are made in one go, in half the time of making them row by row: some 50 MB of memory.
AT_ONCE = 500_000
OPEN, CLOSE, MERGED = b"<sheetData>", b"</sheetData>", b"<mergeCell"
#: No tag of a row is longer than this; the end of what is unpacked so far may stand in the middle of one.
LONGEST = 4096
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
        if self.start[0] == 0 and self.sheet.height * self.sheet.width > AT_ONCE:
            rows = enumerate(self.sheet.iter_rows(), 1)
        else:  # the lines above are left out, all of them empty
            rows = enumerate(self.sheet.to_python(skip_empty_area=True), self.start[0] + 1)
        before, after = [""] * (self.start[1] - left), [""] * (right - self.end[1])
        return ((line, before + row + after) for line, row in rows) if before or after else iter(rows)


class Stretches:
    """One sheet whose rows come part by part. ``left`` and ``right`` are its first and last column, from 0."""

    def __init__(
        self,
        first: calamine.CalamineSheet,
        more: Iterable[calamine.CalamineSheet] = (),
        merged: list[tuple[Place, Place]] | None = None,
    ) -> None:
        self.name = first.name
        self.merged = (first.merged_cell_ranges or []) if merged is None else merged
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
            stretch = _stretch(archive, parts.get(name, ""))
            if not stretch:
                return None
            shared = {each: archive.read(each) for each in archive.namelist() if _SHARED.match(each)}
            parsing = Parsing(name, parts[name], shared)
            with archive.open(parts[name]) as xml, parsing:
                return parsing if parsing.take(xml, stretch) else None
    except NOT_THIS_WAY:
        return None


def _stretch(archive: zipfile.ZipFile, part: str) -> int:
    """Of how many bytes the stretches of a sheet should be; 0 where it is not worth while.

    Parsing anew what all sheets use must not cost more than the sheet itself.
    """
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    size, shared = sizes.get(part, 0), sum(size for each, size in sizes.items() if _SHARED.match(each))
    times = min(PIECES, size // STRETCH, size // max(1, shared))
    return size // times if THREADS > 1 and LEAST <= size <= MOST and times > 1 else 0


class Parsing:
    """Threads that take one stretch after the other while the sheet is still unpacked, and what they have found."""

    def __init__(self, name: str, part: str, shared: Mapping[str, bytes]) -> None:
        self.name, self.part, self.shared = name, part, shared
        self.xml = bytearray()
        self.empty = b""  # the sheet without its rows
        self.waiting: SimpleQueue[tuple[int, bytes] | None] = SimpleQueue()
        self.done: list[Event] = []
        self.found: dict[int, calamine.CalamineSheet] = {}
        self.failed = False

    def __enter__(self) -> Self:
        for _thread in range(THREADS):
            Thread(target=self._work, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing more will be given out: the threads end, whatever happened."""
        for _thread in range(THREADS):
            self.waiting.put(None)

    def take(self, stream: IO[bytes], stretch: int) -> bool:
        """Unpack a sheet and give out its stretches; False where no cut is certain, and then they are of no use.

        Rows without a number count from the one before, so that every stretch must begin with one that has it.
        """
        head = 0
        while block := stream.read(min(MEGABYTE, stretch)):
            self.xml += block
            if not head:
                head = last = self.xml.find(OPEN) + len(OPEN)
                if head < len(OPEN):
                    break
            if len(self.xml) - last >= stretch:
                place = self.xml.rfind(b"<row ", last + 1, len(self.xml) - LONGEST)
                if place < 0:
                    continue
                if not _ROW.match(self.xml, place):
                    break
                self._give(self.xml[:head], self.xml[last:place], CLOSE + b"</worksheet>")
                last = place
        end = self.xml.rfind(CLOSE)
        certain = len(OPEN) <= head <= last <= end and not stream.read(1)
        if certain:
            self._give(self.xml[:head], self.xml[last:end], self.xml[end:])
        self.failed |= not certain  # what was given out need not be parsed
        self.empty = bytes(self.xml[:head] + self.xml[end:])
        return certain and len(self.done) > 1

    def stretches(self) -> Stretches | None:
        """The sheet, as soon as its first stretch is there; None: parse it whole."""
        sheets = self._sheets()
        try:
            first = next(sheets)
            merged = self._parse(self.empty) if MERGED in self.empty else first
        except (*NOT_THIS_WAY, calamine.CalamineError, Uneven):
            return None
        return Stretches(first, sheets, merged.merged_cell_ranges or []) if first.start is not None else None

    def _sheets(self) -> Iterator[calamine.CalamineSheet]:
        """The stretches as sheets, in order, each given away; raises ``Uneven`` for one that cannot be parsed."""
        for number, done in enumerate(self.done):
            done.wait()
            if number not in self.found:
                raise Uneven
            yield self.found.pop(number)

    def _give(self, *parts: bytes | bytearray) -> None:
        self.done.append(Event())
        self.waiting.put((len(self.done) - 1, b"".join(parts)))

    def _work(self) -> None:
        while (given := self.waiting.get()) is not None:
            number, xml = given
            try:
                if not self.failed:
                    self.found[number] = self._parse(xml)
            except BaseException:  # noqa: BLE001 - parsing the sheet whole meets it again where it is dealt with
                self.failed = True
            self.done[number].set()

    def _parse(self, xml: bytes) -> calamine.CalamineSheet:
        """One stretch as a sheet. A comment or a section of raw text may hold anything, also what looks like a row."""
        if b"<!" in xml:
            raise Uneven
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as book:
            book.writestr(self.part, xml)
            for each, content in self.shared.items():
                book.writestr(each, content)
        made.seek(0)
        return calamine.CalamineWorkbook.from_filelike(made).get_sheet_by_name(self.name)
