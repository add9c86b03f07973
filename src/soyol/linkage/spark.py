"""The same joins and comparisons on Apache Spark: extra ``soyol[spark]``, Java 17 or later.

Spark joins the blocks and its workers compare the pairs; the prepared table lies on a disk that all workers see
(in local mode the temporary folder, else the folder named by ``SOYOL_SPARK_SHARE``), and each worker reads it once.
Estimating and clustering follow in this process on the pairs, with the same code as after DuckDB.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from soyol.linkage.block import PAIRS_SQL, Rule, block_keys
from soyol.linkage.compare.columns import Columns
from soyol.linkage.compare.outcome import Compared
from soyol.linkage.engines import Candidates, Compare, LinkageError, as_candidates

#: Prefixes of the columns in which levels and shares travel back from the workers.
LEVEL, SHARE = "level_", "share_"


@dataclass(frozen=True)
class SparkEngine:
    """A Spark session; ``start`` makes a local one on two cores unless a session is already running."""

    session: Any

    @classmethod
    def start(cls) -> "SparkEngine":
        """LinkageError when pyspark is not installed."""
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise LinkageError("the engine spark needs the extra soyol[spark]; or choose the engine duckdb") from error
        # The workers must be this Python with these libraries, not whatever python3 the machine has first.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("soyol-linkage").master(os.environ.get("SOYOL_SPARK_MASTER", "local[2]"))
        options = {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "8",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "200000",
            "spark.driver.memory": "2g",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": str(Path(__file__).parents[2]),
        }
        for name, value in options.items():
            builder = builder.config(name, value)
        return cls(builder.getOrCreate())

    def candidates(self, frame: pl.DataFrame, rules: tuple[Rule, ...]) -> Candidates:
        with _share() as folder:
            path = Path(folder, "keys.parquet")
            block_keys(frame, rules).write_parquet(path)
            self.session.read.parquet(str(path)).createOrReplaceTempView("block_keys")
            found = self.session.sql(PAIRS_SQL).toArrow()
        return as_candidates(pl.DataFrame(found))

    def compare(self, part: str, frame: pl.DataFrame, pairs: Candidates, how: Compare) -> Compared:
        empty = how(Columns(frame), pairs.left[:0], pairs.right[:0])
        columns = dict.fromkeys(("left_row", "right_row"), "int")
        columns |= {LEVEL + name: "tinyint" for name in empty.levels} | {SHARE + name: "float" for name in empty.shares}
        schema = ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
        with _share() as folder:
            table, asked = str(Path(folder, "table.arrow")), str(Path(folder, "pairs.parquet"))
            frame.write_ipc(table)
            pl.DataFrame({"left_row": pairs.left, "right_row": pairs.right}).write_parquet(asked)
            done = self.session.read.parquet(asked).mapInArrow(_worker(part, table), schema).toArrow()
        return _gathered(pl.DataFrame(done).sort("left_row", "right_row"))


def _share() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="soyol-linkage-", dir=os.environ.get("SOYOL_SPARK_SHARE"))


def _worker(part: str, table: str) -> Any:
    """What each Spark worker runs on its batches of pairs."""

    def compare(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from soyol.linkage.spark import compared_batch

        for batch in batches:
            yield compared_batch(part, table, batch)

    return compare


def compared_batch(part: str, table: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Levels and shares of one batch of pairs (left_row, right_row) of the table stored at ``table``."""
    from soyol.linkage.parts import parts

    how = {each.name: each.compare for each in parts()}[part]
    left, right = (batch.column(name).to_numpy() for name in ("left_row", "right_row"))
    found = how(_stored(table), left, right)
    columns = {"left_row": left, "right_row": right}
    columns |= {LEVEL + name: levels for name, levels in found.levels.items()}
    columns |= {SHARE + name: shares.astype(np.float32) for name, shares in found.shares.items()}
    return pa.RecordBatch.from_pydict({name: pa.array(values) for name, values in columns.items()})


@lru_cache(maxsize=2)
def _stored(table: str) -> Columns:
    return Columns(pl.read_ipc(table))


def _gathered(done: pl.DataFrame) -> Compared:
    levels = {name.removeprefix(LEVEL): done[name].to_numpy() for name in done.columns if name.startswith(LEVEL)}
    shares = {name.removeprefix(SHARE): done[name].to_numpy() for name in done.columns if name.startswith(SHARE)}
    return Compared(levels, shares)
