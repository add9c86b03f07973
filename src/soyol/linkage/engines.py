"""Engines: who joins the blocks into candidate pairs and compares them, DuckDB in this process or Spark."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import polars as pl

from soyol.linkage.block import PAIRS_SQL, Rule, block_keys
from soyol.linkage.compare.columns import Columns, Ints
from soyol.linkage.compare.outcome import Compared, join_compared

Compare = Callable[[Columns, Ints, Ints], Compared]

#: Pairs compared at a time: keeps the arrays of one step within about 200 MB.
CHUNK = 1_500_000


@dataclass(frozen=True)
class Candidates:
    """Pairs of row numbers of a prepared table (``left < right``), sorted, and the rules that found them as bits."""

    left: Ints
    right: Ints
    rules: np.ndarray

    def __len__(self) -> int:
        return len(self.left)


def connect(memory: str, folder: Path | str) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection that spills to ``folder`` rather than grow beyond ``memory``."""
    return duckdb.connect(
        ":memory:", config={"memory_limit": memory, "temp_directory": str(folder), "preserve_insertion_order": "false"}
    )


def candidates_on_duckdb(frame: pl.DataFrame, rules: tuple[Rule, ...], memory: str = "2GB") -> Candidates:
    """All candidate pairs of ``frame`` by ``rules``."""
    with TemporaryDirectory(prefix="soyol-linkage-") as folder, connect(memory, folder) as connection:
        keys = block_keys(frame, rules).to_arrow()
        connection.register("block_keys", keys)
        found = connection.sql(PAIRS_SQL).to_arrow_table()
    return as_candidates(pl.DataFrame(found))


def as_candidates(found: pl.DataFrame) -> Candidates:
    """Sorted candidate arrays from columns left_row, right_row, rules."""
    found = found.sort("left_row", "right_row")
    return Candidates(
        found["left_row"].cast(pl.Int32).to_numpy(),
        found["right_row"].cast(pl.Int32).to_numpy(),
        found["rules"].cast(pl.Int64).to_numpy(),
    )


def compare_in_chunks(frame: pl.DataFrame, pairs: Candidates, compare: Compare) -> Compared:
    """Compare ``pairs`` of rows of ``frame`` a chunk at a time."""
    columns = Columns(frame)
    parts = [
        compare(columns, pairs.left[at : at + CHUNK], pairs.right[at : at + CHUNK])
        for at in range(0, max(len(pairs), 1), CHUNK)
    ]
    return join_compared(parts)
