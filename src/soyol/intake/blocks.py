"""One block of a separated text file to cells, as fast as can be proved right.

A block goes the fast way (Arrow's parser) when it can be proved that ``strict`` would give the same cells:
quotes only where they open, close or are doubled, no line end inside quotes, the right number of cells on every
line, no NUL, valid UTF-8. Otherwise its lines are told apart: proved ones still go the fast way together, the
others one by one through ``strict``.
"""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from soyol.intake import encodings, strict

MARK = b"\xef\xbb\xbf"

Places = np.ndarray[tuple[int], np.dtype[np.int64]]
Found = list[tuple[int, strict.Record]]  # records with the number of their first line in the block
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Shape:
    """What every line of the file must look like."""

    separator: str
    width: int

    @property
    def names(self) -> list[str]:
        return [f"c{number}" for number in range(self.width)]

    @property
    def sign(self) -> int:
        return ord(self.separator)


def parse(body: bytes, shape: Shape, line: int, *, last: bool, fast: bool) -> tuple[pa.Table, int, int]:
    """The rows of a block, and how many of its bytes and lines they took; the rest has to wait for the next block."""
    count = _clean_lines(body, shape.sign) if fast else None
    if count is not None:
        table = _arrow(body, shape, quoted=b'"' in body)
        if table is not None and table.num_rows == count:
            return _front(table, np.arange(line, line + count)), len(body), count
    table, used = _Mixed(body, shape, fast=fast).parse(line, last=last)
    return table, used, body.count(b"\n", 0, used)


def _clean_lines(body: bytes, sign: int) -> int | None:
    """How many lines a block has; ``None`` where the fast parser and ``strict`` may not agree on quotes and line ends.

    Python searches for a single byte many times faster than for several, and NumPy counts faster than Python.
    """
    if b"\0" in body or (MARK[:1] in body and MARK in body):
        return None
    signs = np.frombuffer(body, np.uint8)
    ends = np.flatnonzero(signs == 10)
    # Before the first sign of a block stands, for the look back, its last one: a line feed.
    if b"\r" in body and np.count_nonzero(signs == 13) != np.count_nonzero(signs[ends - 1] == 13):
        return None
    if b'"' in body:
        quotes = np.flatnonzero(signs == 34)
        if len(quotes) % 2 or (np.searchsorted(quotes, ends) & 1).any():
            return None
        before, after = signs[quotes[0::2] - 1], signs[quotes[1::2] + 1]
        opening = (before == sign) | (before == 10) | (before == 34)
        closing = (after == sign) | (after == 10) | (after == 13) | (after == 34)
        if not (opening.all() and closing.all()):
            return None
    return len(ends)


def _arrow(body: bytes, shape: Shape, *, quoted: bool) -> pa.Table | None:
    """The cells of lines that are all right; ``None`` when Arrow finds one that is not."""
    try:
        return arrow_csv.read_csv(
            io.BytesIO(body),
            arrow_csv.ReadOptions(column_names=shape.names, block_size=max(1 << 20, len(body) // 4)),
            arrow_csv.ParseOptions(delimiter=shape.separator, quote_char='"' if quoted else False),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(shape.names, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowInvalid:
        return None


def numbered(table: pa.Table, shape: Shape, line: int) -> pa.Table:
    """A table of cells made a chunk: lines counted from ``line``, empty rows left out."""
    return without_blank(_front(table, np.arange(line, line + table.num_rows)), shape)


def _front(table: pa.Table, lines: Places) -> pa.Table:
    empty: Any = pa.nulls(table.num_rows, pa.string())
    columns: list[Any] = [pa.array(lines.astype(np.int64)), empty, empty, *table.columns]
    return pa.table(columns, names=["line", "trouble", "extra", *table.column_names])


def without_blank(table: pa.Table, shape: Shape) -> pa.Table:
    """The table without rows whose cells are all empty or white space."""
    places: Any = None
    blank: Any
    for name in ["extra", *shape.names]:
        column = table[name] if places is None else table[name].take(places)
        if name == "extra" and column.null_count == len(column):
            continue
        trimmed: Any = pc.utf8_trim_whitespace(column)
        blank = pc.fill_null(pc.equal(trimmed, pa.scalar("")), True)
        hits = pc.indices_nonzero(blank)
        places = hits if places is None else places.take(hits)
        if not len(places):
            return table
    keep = np.ones(table.num_rows, bool)
    keep[np.asarray(places)] = False
    return table.filter(pa.array(keep))


class _Lines(Sequence[str]):
    """The lines of a block as text, decoded when asked for."""

    def __init__(self, body: bytes, starts: Places, ends: Places) -> None:
        self.body, self.starts, self.ends = body, starts, ends

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        return encodings.line_text(self.raw(place))[0]

    def raw(self, place: int) -> bytes:
        return self.body[self.starts[place] : self.ends[place]].removesuffix(b"\r")

    def valid(self, place: int) -> bool:
        return encodings.line_text(self.raw(place))[1]


class _Mixed:
    """A block in which some lines need ``strict``."""

    def __init__(self, body: bytes, shape: Shape, *, fast: bool) -> None:
        self.body, self.shape, self.fast = body, shape, fast
        self.signs = np.frombuffer(body, np.uint8)
        self.ends = np.flatnonzero(self.signs == 10)
        self.starts = np.concatenate([np.zeros(1, np.int64), self.ends[:-1] + 1])
        self.lines = _Lines(body, self.starts, self.ends)

    def parse(self, line: int, *, last: bool) -> tuple[pa.Table, int]:
        """The rows of the block and the number of bytes used; lines at its end may have to wait for the next block."""
        doubtful = self._doubtful()
        done = (self.ends - self.starts <= 1) & ~doubtful if self.shape.width > 1 else self.ends == self.starts
        records, done, stop = self._strictly(doubtful & ~done, done, last=last)
        proved = ~done
        proved[stop:] = False
        table = self._proved(proved)
        if table is None:  # Arrow and our proof disagree: the reference decides
            records, _, stop = self._strictly(np.ones(len(self.ends), bool), np.zeros(len(self.ends), bool), last=last)
            proved[:] = False
            table = self._proved(proved)
        assert table is not None  # noqa: S101 - a table of no lines cannot be refused
        used = len(self.body) if stop == len(self.ends) else int(self.starts[stop])
        return self._together(table, np.flatnonzero(proved), records, line), used

    def _doubtful(self) -> Flags:
        """Which lines the fast parser may not have."""
        if not self.fast:
            return np.ones(len(self.ends), bool)
        quotes = np.flatnonzero(self.signs == 34)
        doubtful = self._ill_quoted(quotes)
        cuts = np.flatnonzero(self.signs == self.shape.sign)
        owner = np.searchsorted(self.ends, cuts)
        before = np.searchsorted(quotes, self.starts)
        inside = (np.searchsorted(quotes, cuts) - before[owner]) & 1
        doubtful |= np.bincount(owner[inside == 0], minlength=len(self.ends)) != self.shape.width - 1
        returns = np.flatnonzero(self.signs == 13)
        alone = np.concatenate([np.flatnonzero(self.signs == 0), returns[self.signs[returns + 1] != 10]])
        doubtful[np.searchsorted(self.ends, alone)] = True
        for mark in _places(self.body, MARK):
            doubtful[np.searchsorted(self.ends, mark)] = True
        self._not_utf8(doubtful)
        return doubtful

    def _ill_quoted(self, quotes: Places) -> Flags:
        bad = np.zeros(len(self.ends), bool)
        if not len(quotes):
            return bad
        owner = np.searchsorted(self.ends, quotes)
        bad |= np.bincount(owner, minlength=len(self.ends)) % 2 == 1
        number = np.arange(len(quotes)) - np.searchsorted(quotes, self.starts)[owner]
        before, after = self.signs[quotes - 1], self.signs[quotes + 1]
        opening = (before == self.shape.sign) | (before == 10) | ((before == 34) & (number > 0))
        opening |= quotes == 0
        closing = (after == self.shape.sign) | (after == 10) | (after == 13) | (after == 34)
        bad[owner[np.where(number % 2 == 0, ~opening, ~closing)]] = True
        return bad

    def _not_utf8(self, doubtful: Flags) -> None:
        start = 0
        while start < len(self.body):
            try:
                self.body[start:].decode("utf-8")
            except UnicodeDecodeError as error:
                place = int(np.searchsorted(self.ends, start + error.start))
                doubtful[place] = True
                start = int(self.ends[place]) + 1
            else:
                return

    def _strictly(self, doubtful: Flags, done: Flags, *, last: bool) -> tuple[Found, Flags, int]:
        """Records of doubtful lines, which lines are dealt with, and the line at which more text is needed."""
        records: Found = []
        done = done.copy()
        free = 0
        for place in np.flatnonzero(doubtful).tolist():
            if place < free:
                continue
            found = strict.record(self.lines, place, self.shape.separator, self.shape.width, last=last)
            if found is None:
                return records, done, place
            free = place + found.lines
            done[place:free] = True
            if not all(self.lines.valid(number) for number in range(place, free)):
                found = strict.Record(found.cells, found.lines, (*found.troubles, "intake.bad_encoding"))
            records.append((place, found))
        return records, done, len(self.ends)

    def _proved(self, proved: Flags) -> pa.Table | None:
        edges = np.flatnonzero(np.diff(np.concatenate([[False], proved, [False]]).astype(np.int8)))
        runs = zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True)
        body = b"".join(self.body[self.starts[first] : self.ends[stop - 1] + 1] for first, stop in runs)
        if not body:
            return pa.table([pa.array([], pa.string())] * self.shape.width, names=self.shape.names)
        table = _arrow(body, self.shape, quoted=b'"' in body)
        return table if table is not None and table.num_rows == int(proved.sum()) else None

    def _together(
        self, table: pa.Table, places: Places, records: list[tuple[int, strict.Record]], line: int
    ) -> pa.Table:
        fast = _front(table, places + line)
        rows = [(place, *strict.fit(found, self.shape.width)) for place, found in records]
        columns: list[Any] = [
            pa.array([place + line for place, *_ in rows], pa.int64()),
            pa.array([" ".join(troubles) or None for *_, troubles in rows], pa.string()),
            pa.array(
                [json.dumps(extra, ensure_ascii=False) if extra else None for _, _, extra, _ in rows], pa.string()
            ),
        ]
        columns += [
            pa.array([cells[number] for _, cells, _, _ in rows], pa.string()) for number in range(self.shape.width)
        ]
        slow = pa.table(columns, names=fast.column_names)
        both = pa.concat_tables([fast, slow])
        return both.take(np.argsort(np.asarray(both["line"]), kind="stable"))


def _places(body: bytes, part: bytes) -> Iterator[int]:
    place = body.find(part)
    while place >= 0:
        yield place
        place = body.find(part, place + 1)
