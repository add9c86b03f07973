"""Columns of text in one file: the form of a chunk whose cells came as Python values.

The first line is JSON: the number of the first row, the lines, what was met, and the bytes of each column. After it
come the columns in UTF-8, each with its cells parted by NUL, which no cell holds; a cell of no letters is an empty one.
Writing such a file needs no Arrow library, and reading it makes no Python value of any cell.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

ENDING = ".cells"
BETWEEN = "\0"


@dataclass(frozen=True)
class Front:
    """What stands before the cells of each row, as ``reading.FRONT`` names it; ``row`` is that of the first."""

    row: int
    lines: Sequence[int]
    troubles: Sequence[str | None]
    extras: Sequence[str | None]


def joined(cells: Sequence[str]) -> str:
    """The cells of one column as they stand in the file; the caller has taken NUL out of them."""
    return BETWEEN.join(cells)


def write(path: Path, front: Front, columns: Sequence[bytes]) -> None:
    """Write one chunk. ``columns`` are what ``joined`` gave, encoded, all with a cell for every line."""
    head = {
        "row": front.row,
        "lines": front.lines,
        "troubles": front.troubles if any(front.troubles) else None,
        "extras": front.extras if any(front.extras) else None,
        "bytes": [len(column) for column in columns],
    }
    with path.open("wb") as file:
        file.write(json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        file.writelines(columns)


def load(path: Path) -> "pl.DataFrame":
    """The chunk as a table: ``row, line, trouble, extra`` and the cells ``c0`` …, null where there is none."""
    import polars as pl

    told, cells = path.read_bytes().split(b"\n", 1)
    head = json.loads(told)
    rows = len(head["lines"])
    nothing = [None] * rows
    front = pl.DataFrame(
        {
            "row": pl.Series(range(head["row"], head["row"] + rows), dtype=pl.Int64),
            "line": pl.Series(head["lines"], dtype=pl.Int64),
            "trouble": pl.Series(head["troubles"] or nothing, dtype=pl.String),
            "extra": pl.Series(head["extras"] or nothing, dtype=pl.String),
        }
    )
    ends = pairwise(accumulate(head["bytes"], initial=0))
    texts = {f"c{number}": [cells[start:end].decode()] for number, (start, end) in enumerate(ends)}
    parted = pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)).select(pl.all().str.split(BETWEEN).explode())
    return front.hstack(parted.select(pl.when(pl.all() != "").then(pl.all())))
