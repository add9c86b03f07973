"""The outcome of reading one file: its sheets, and where their raw rows lie on disk.

The raw rows are the truth that everything later refers back to. They lie in chunks, which are Arrow IPC files.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soyol.intake.problems import Problem

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

#: Columns of every chunk before the cells. ``row`` is the n-th non-empty row under the header, from 1, counted
#: through all sheets; ``line`` the line of the sheet (or of the text file) as a person would find it, from 1;
#: ``trouble`` the codes of what was met while the row was read, parted by spaces, usually null; ``extra`` a JSON
#: list of the cells beyond the last column, usually null.
FRONT = ("row", "line", "trouble", "extra")

FILE = "reading.json"


@dataclass(frozen=True)
class Sheet:
    """One table of the file. Cells are the columns ``c0`` … of its chunks, in the order of ``header``.

    ``header`` has one distinct name per column: the heading as written, with " (2)" after a second equal one, or
    the column's letter in parentheses where the heading is empty. ``headings`` are as written. ``marked``
    names, by chunk, the cell columns that need a closer look (see ``chunks.MARKS``); all others are known to be plain.
    ``spaced`` are those with white space in them, None where nobody has looked.
    """

    name: str
    header: tuple[str, ...]
    headings: tuple[str, ...]
    header_line: int | None
    rows: int
    first_row: int
    chunks: tuple[str, ...]
    hidden: bool = False
    marked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spaced: Mapping[str, tuple[str, ...]] | None = None
    notices: tuple[Problem, ...] = ()

    @property
    def cells(self) -> list[str]:
        """Names of the cell columns in the chunks."""
        return [f"c{number}" for number in range(len(self.header))]

    def as_json(self) -> dict[str, Any]:
        stored = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return stored | {"notices": [notice.as_json() for notice in self.notices]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Sheet":
        given = dict(stored)
        for name in ("header", "headings", "chunks"):
            given[name] = tuple(given[name])
        for name in ("marked", "spaced"):
            if stored[name] is not None:
                given[name] = {chunk: tuple(cells) for chunk, cells in stored[name].items()}
        given["notices"] = tuple(Problem.from_json(each) for each in given["notices"])
        return cls(**given)


@dataclass(frozen=True)
class Reading:
    """What ``read`` gives back; when ``refused`` is set there are no sheets and the words of it say why."""

    source: str  # the file's name without its ending
    file: str
    into: Path
    format: str | None = None  # "xlsx", "xls", "ods", "csv", "json", "jsonl", "parquet"
    encoding: str | None = None
    separator: str | None = None
    sheets: tuple[Sheet, ...] = ()
    notices: tuple[Problem, ...] = ()
    refused: Problem | None = None

    @property
    def rows(self) -> int:
        """Number of non-empty rows under the headers of all sheets."""
        return sum(sheet.rows for sheet in self.sheets)

    def frames(self, sheet: Sheet) -> Iterator["pl.DataFrame"]:
        """The raw rows of ``sheet``, chunk by chunk: ``row, line, trouble, extra`` and the cells as text."""
        for name in sheet.chunks:
            yield _frame(*self._chunks([name]))

    def frame(self, sheet: Sheet) -> "pl.DataFrame":
        """The raw rows of ``sheet`` in one table."""
        return _frame(*self._chunks(sheet.chunks))

    def sample(self, sheet: Sheet, most: int, spread: int) -> "pl.DataFrame":
        """Rows spread evenly over a sheet, ``most`` to twice as many, from ``spread`` chunks or one more."""
        import pyarrow as pa

        chosen = self._chunks(sheet.chunks[:: max(1, len(sheet.chunks) // spread)][: spread + 1])
        step = max(1, sum(table.num_rows for table in chosen) // most)
        return _frame(*(table.take(pa.array(range(0, table.num_rows, step))) for table in chosen))

    def _chunks(self, names: Iterable[str]) -> "list[pa.Table]":
        """Chunks as they lie on disk."""
        import pyarrow as pa

        return [pa.ipc.open_file(pa.memory_map(str(self.into / name))).read_all() for name in names]

    def as_json(self) -> dict[str, Any]:
        stored = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "into"}
        return stored | {
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "notices": [notice.as_json() for notice in self.notices],
            "refused": self.refused and self.refused.as_json(),
        }

    def save(self) -> None:
        """Write ``reading.json`` whole or not at all."""
        unfinished = self.into / f"{FILE}.part"
        unfinished.write_text(json.dumps(self.as_json(), ensure_ascii=False), encoding="utf-8")
        unfinished.replace(self.into / FILE)

    @classmethod
    def load(cls, into: Path) -> "Reading":
        """The reading that was saved under ``into``; raises ``FileNotFoundError`` when there is none."""
        stored = json.loads((into / FILE).read_text(encoding="utf-8"))
        stored["sheets"] = tuple(Sheet.from_json(each) for each in stored["sheets"])
        stored["notices"] = tuple(Problem.from_json(each) for each in stored["notices"])
        stored["refused"] = Problem.from_json(stored["refused"]) if stored["refused"] else None
        return cls(into=into, **stored)

    def moved(self, into: Path) -> "Reading":
        """The same reading after its folder was moved to ``into``."""
        return replace(self, into=into)


def _frame(*tables: "pa.Table") -> "pl.DataFrame":
    """One table of all rows; joined before they become columns of Polars, which is twice as fast as after."""
    import polars as pl
    import pyarrow as pa

    made = pl.from_arrow(pa.concat_tables(tables).combine_chunks())
    assert isinstance(made, pl.DataFrame)  # noqa: S101 - a table makes a table
    return made
