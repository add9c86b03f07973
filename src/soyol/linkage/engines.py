"""Engines: who joins the blocks into candidate pairs and compares them, DuckDB in this process or Spark."""

from collections.abc import Callable
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Protocol

import duckdb
import numpy as np
import polars as pl

from soyol.linkage.block import PAIRS_SQL, Rule, block_keys
from soyol.linkage.compare.columns import Columns, Ints
from soyol.linkage.compare.outcome import Compared, join_compared
from soyol.linkage.settings import Settings

Compare = Callable[[Columns, Ints, Ints], Compared]

#: Pairs compared at a time: keeps the arrays of one step within about 200 MB.
CHUNK = 1_500_000


class LinkageError(RuntimeError):
    """A request that linkage cannot serve; the text says what would serve."""


@dataclass(frozen=True)
class Candidates:
    """Pairs of row numbers of a prepared table (``left < right``), sorted, and the rules that found them as bits."""

    left: Ints
    right: Ints
    rules: np.ndarray

    def __len__(self) -> int:
        return len(self.left)


class Engine(Protocol):
    """Joins blocks into candidate pairs and compares them."""

    def candidates(self, frame: pl.DataFrame, rules: tuple[Rule, ...]) -> Candidates:
        """All candidate pairs of the prepared table ``frame``."""
        ...

    def compare(self, part: str, frame: pl.DataFrame, pairs: Candidates, how: Compare) -> Compared:
        """Levels of ``pairs`` of rows of ``frame``; ``part`` names the model that ``how`` belongs to."""
        ...


@dataclass(frozen=True)
class DuckDBEngine:
    """In this process; joins spill to a temporary folder rather than grow beyond ``memory``."""

    memory: str = "2GB"

    def candidates(self, frame: pl.DataFrame, rules: tuple[Rule, ...]) -> Candidates:
        with TemporaryDirectory(prefix="soyol-linkage-") as folder, _connect(self.memory, folder) as connection:
            connection.register("block_keys", block_keys(frame, rules).to_arrow())
            found = connection.sql(PAIRS_SQL).to_arrow_table()
        return as_candidates(pl.DataFrame(found))

    def compare(self, part: str, frame: pl.DataFrame, pairs: Candidates, how: Compare) -> Compared:
        columns = Columns(frame)
        steps = range(0, max(len(pairs), 1), CHUNK)
        return join_compared([how(columns, pairs.left[at : at + CHUNK], pairs.right[at : at + CHUNK]) for at in steps])


def engine_named(name: str, settings: Settings) -> Engine:
    """The engine called ``name``; LinkageError names the accepted ones and what is missing."""
    if name == "duckdb":
        return DuckDBEngine(settings.memory)
    if name == "spark":
        from soyol.linkage.spark import SparkEngine

        return SparkEngine.start()
    raise LinkageError(f"no engine is called {name!r}; there are duckdb and spark")


def _connect(memory: str, folder: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        ":memory:", config={"memory_limit": memory, "temp_directory": folder, "preserve_insertion_order": "false"}
    )


def as_candidates(found: pl.DataFrame) -> Candidates:
    """Sorted candidate arrays from columns left_row, right_row, rules."""
    found = found.sort("left_row", "right_row")
    return Candidates(
        found["left_row"].cast(pl.Int32).to_numpy(),
        found["right_row"].cast(pl.Int32).to_numpy(),
        found["rules"].cast(pl.Int64).to_numpy(),
    )
