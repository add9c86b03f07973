"""Writing raw rows as chunks, one file at a time, and counting them.

Two forms: Arrow tables (text files, Parquet) and columns of Python values as JSON. The second exists because a
workbook's cells are Python values anyway and loading an Arrow library would cost more than reading the sheet.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soyol.intake.layout import Header
from soyol.intake.problems import Problem
from soyol.intake.reading import FRONT, Sheet

if TYPE_CHECKING:
    import pyarrow as pa

#: First bytes of letters, and signs, that call for a closer look at a column: wrong encodings (Ð, Ñ, Р°, lost letters),
#: error cells, loose accents, odd spaces, line ends. Their absence is proved once, here, at the speed of memory, and
#: staging need not look at all. One byte each: Python searches for a single byte many times faster than for two.
MARKS = (b"\xc2", b"\xc3", b"\xcc", b"\xef", b"#", b"?", b"\n", b"\r", b"\t")
#: Further parts, looked for only where their first byte is there at all.
RARE = ((b"\xe2", "\u200b".encode()), (b"+", b"E+"))


def marked(text: bytes) -> bool:
    """Whether a column's text needs a closer look."""
    return any(mark in text for mark in MARKS) or any(first in text and part in text for first, part in RARE)


def _bytes(part: "pa.Array[Any]") -> bytes:
    """The letters of a text column as they lie in memory."""
    kept = part.buffers()[2]
    return kept.to_pybytes() if kept is not None else b""


@dataclass
class SheetWriter:
    """Takes the rows of one sheet in order and gives the finished ``Sheet``."""

    into: Path
    number: int
    name: str
    header: Header
    first_row: int
    hidden: bool = False
    rows: int = 0
    chunks: list[str] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    marked: dict[str, list[str]] = field(default_factory=dict)

    def _next(self, ending: str) -> Path:
        name = f"s{self.number:03d}-{len(self.chunks):06d}.{ending}"
        self.chunks.append(name)
        return self.into / name

    def write_columns(
        self,
        lines: Sequence[int],
        troubles: Sequence[str | None],
        extras: Sequence[str | None],
        cells: Sequence[Sequence[str | None]],
    ) -> None:
        """Write one chunk of Python columns; rows are numbered here."""
        if not lines:
            return
        start = self.first_row + self.rows
        numbers = list(range(start, start + len(lines)))
        front = dict(zip(FRONT, (numbers, list(lines), list(troubles), list(extras)), strict=True))
        columns = front | {f"c{number}": list(column) for number, column in enumerate(cells)}
        path = self._next("json")
        for number, column in enumerate(cells):
            self._mark(path.name, f"c{number}", "\0".join(filter(None, column)).encode())
        path.write_text(json.dumps(columns, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        self.rows += len(lines)

    def write_table(self, table: "pa.Table") -> None:
        """Write one chunk that is an Arrow table of ``line, trouble, extra, c0 …``; rows are numbered here."""
        import numpy as np
        import pyarrow as pa

        if not table.num_rows:
            return
        start = self.first_row + self.rows
        numbers = pa.array(np.arange(start, start + table.num_rows, dtype=np.int64))
        table = table.add_column(0, "row", numbers)
        path = self._next("arrow")
        for name in table.column_names:
            for part in table[name].chunks if name[0] == "c" else ():
                self._mark(path.name, name, _bytes(part))
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        self.rows += table.num_rows

    def _mark(self, chunk: str, column: str, text: bytes) -> None:
        if column not in self.marked.get(chunk, ()) and marked(text):
            self.marked.setdefault(chunk, []).append(column)

    def finish(self) -> Sheet:
        return Sheet(
            name=self.name,
            header=self.header.names,
            headings=self.header.headings,
            header_line=self.header.line,
            rows=self.rows,
            first_row=self.first_row,
            chunks=tuple(self.chunks),
            hidden=self.hidden,
            marked={chunk: tuple(columns) for chunk, columns in self.marked.items()},
            notices=tuple(self.notices + list(self.header.notices)),
        )
