"""Writing raw rows as chunks, one Arrow file at a time, and counting them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from soyol.intake import unseen
from soyol.intake.layout import Header, distinct
from soyol.intake.limits import MEGABYTE
from soyol.intake.problems import Problem
from soyol.intake.reading import Sheet

if TYPE_CHECKING:
    import pyarrow as pa

#: A chunk holds no more text than this (or one row): what is normalised at once stays small, however long its cells.
CHUNK_BYTES = 32 * MEGABYTE
#: A cell longer than this is a pasted document; spreadsheets themselves stop here.
LONG = 32_767

#: First bytes of letters, and signs, that call for a closer look at a column: wrong encodings (Ð, Ñ, Р°, lost letters),
#: error cells, loose accents, odd spaces, line ends. Their absence is proved once, here, at the speed of memory, and
#: staging need not look at all. One byte each: Python searches for a single byte many times faster than for two.
MARKS = (b"\xc2", b"\xc3", b"\xcc", b"\xef", b"#", b"?", b"\n", b"\r", b"\t", b"\x7f")
#: A further part, looked for only where its first byte is there at all.
RARE = ((b"+", b"E+"),)
#: What white space begins with that no mark stands for. A column without it has nothing to strip.
SPACE = (b" ", b"\xe1", b"\xe2", b"\xe3")

#: Told for every chunk that is written: the bytes of text in it, its first and last row, the heaviest column.
Spend = Callable[[int, str, int, str], None]
#: A column: texts of Python, or of Arrow already.
Texts: TypeAlias = "Sequence[str] | pa.Array[Any]"


def marked(text: bytes) -> bool:
    """Whether a column's text needs a closer look; control signs of ASCII are for the caller to find."""
    return (
        any(mark in text for mark in MARKS)
        or any(first in text and part in text for first, part in RARE)
        or unseen.rare(text)
    )


def _bytes(part: "pa.Array[Any]") -> bytes:
    """The letters of a text column as they lie in memory; of a slice only its own."""
    import numpy as np

    offsets, kept = part.buffers()[1:3]
    if kept is None or offsets is None or not len(part):
        return b""
    ends = np.frombuffer(memoryview(offsets), np.int32)
    return kept[int(ends[part.offset]) : int(ends[part.offset + len(part)])].to_pybytes()


def with_trouble(trouble: str | None, code: str) -> str:
    """What was met while a row was read, with one more thing; each is said once."""
    if trouble is None:
        return code
    return trouble if code in trouble.split() else f"{trouble} {code}"


@dataclass
class SheetWriter:
    """Takes the rows of one sheet in order and gives the finished ``Sheet``.

    Whatever the format, NUL signs are taken out here and told by row; a chunk of too much text is divided.
    """

    into: Path
    number: int
    name: str
    header: Header
    first_row: int
    hidden: bool = False
    spend: Spend | None = None
    rows: int = 0
    chunks: list[str] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    marked: dict[str, list[str]] = field(default_factory=dict)
    spaced: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = unseen.seen(self.name)
        shown = tuple(map(unseen.seen, self.header.headings))
        if shown == self.header.headings and all(name == unseen.seen(name) for name in self.header.names):
            return
        cleaned = [name for name, before in zip(shown, self.header.headings, strict=True) if name != before]
        self.header = replace(self.header, headings=shown, names=distinct(map(unseen.seen, self.header.names)))
        self.notices.append(Problem("intake.heading_signs", {"headings": ", ".join(cleaned)[:500]}))

    def _next(self) -> Path:
        name = f"s{self.number:03d}-{len(self.chunks):06d}.arrow"
        self.chunks.append(name)
        return self.into / name

    def write_columns(
        self,
        lines: Sequence[int],
        troubles: Sequence[str | None],
        extras: Sequence[str | None],
        cells: Sequence["Texts"],
    ) -> None:
        """Write columns of texts, "" where a cell is empty; rows are numbered here."""
        import pyarrow as pa

        table: dict[str, Any] = {"line": pa.array(lines, pa.int64())}
        table |= {"trouble": pa.array(troubles, pa.string()), "extra": pa.array(extras, pa.string())}
        self.write_table(pa.table(table | {f"c{number}": _column(each) for number, each in enumerate(cells)}))

    def write_table(self, table: "pa.Table") -> None:
        """Write an Arrow table of ``line, trouble, extra, c0 …``; rows are numbered here."""
        import numpy as np
        import pyarrow as pa

        if not table.num_rows:
            return
        if table.nbytes > CHUNK_BYTES and table.num_rows > 1:
            half = table.num_rows // 2
            self.write_table(table.slice(0, half))
            self.write_table(table.slice(half))
            return
        names = [name for name in table.column_names if name[0] == "c"]
        raw = {name: [_bytes(part) for part in table[name].chunks] for name in names}
        if any(b"\0" in part for parts in raw.values() for part in parts):
            table = _without_nul(table, names)
        self._spend(table.num_rows, [sum(map(len, parts)) for parts in raw.values()])
        start = self.first_row + self.rows
        numbers = pa.array(np.arange(start, start + table.num_rows, dtype=np.int64))
        table = table.add_column(0, "row", numbers)
        path = self._next()
        for name, parts in raw.items():
            for part in filter(None, parts):
                control = int(np.frombuffer(part, np.uint8).min()) < ord(" ")
                self._mark(path.name, name, part, control=control)
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        self.rows += table.num_rows

    def _mark(self, chunk: str, column: str, text: bytes, *, control: bool) -> None:
        if column not in self.marked.get(chunk, ()) and (control or marked(text)):
            self.marked.setdefault(chunk, []).append(column)
        if column not in self.spaced.get(chunk, ()) and any(space in text for space in SPACE):
            self.spaced.setdefault(chunk, []).append(column)

    def _spend(self, rows: int, sizes: Sequence[int]) -> None:
        """Tell how much text is being written, and where: rows so far and the heaviest column."""
        if self.spend is not None and sizes:
            heaviest = max(range(len(sizes)), key=sizes.__getitem__)
            self.spend(sum(sizes), self.name, self.first_row + self.rows + rows - 1, self.header.names[heaviest])

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
            spaced={chunk: tuple(columns) for chunk, columns in self.spaced.items()},
            notices=tuple(self.notices + list(self.header.notices)),
        )


def whole_numbers(numbers: Sequence[float]) -> "pa.Array[Any] | None":
    """Numbers without a fraction, as telephones are in workbooks, as text; None where one has a fraction."""
    import pyarrow as pa

    try:
        return pa.array(numbers, pa.float64()).cast(pa.int64()).cast(pa.string())
    except pa.ArrowInvalid:
        return None


def _column(cells: "Texts") -> Any:  # an array of Arrow
    """One column as Arrow keeps it, null where a cell is empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(cells, pa.Array):
        return cells
    try:
        texts: Any = pa.array(cells, pa.string())
    except UnicodeEncodeError:  # half of a sign, which no file can hold
        texts = pa.array(map(unseen.whole, cells), pa.string())
    empty: Any = pc.equal(texts, pa.scalar(""))
    return pc.if_else(empty, None, texts) if pc.any(empty).as_py() else texts


def _without_nul(table: "pa.Table", names: Sequence[str]) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    hit: Any = None
    for name in names:
        column = table[name]
        found: Any = pc.match_substring(column, unseen.NUL)
        here: Any = pc.fill_null(found, False)
        hit = here if hit is None else pc.or_(hit, here)
        clean: Any = pc.replace_substring(column, unseen.NUL, "")
        empty: Any = pc.equal(clean, pa.scalar(""))
        table = table.set_column(table.column_names.index(name), name, pc.if_else(empty, None, clean))
    troubles = [
        with_trouble(told, "intake.nul") if touched else told
        for told, touched in zip(table["trouble"].to_pylist(), hit.to_pylist(), strict=True)
    ]
    return table.set_column(table.column_names.index("trouble"), "trouble", pa.array(troubles, pa.string()))
