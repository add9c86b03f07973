"""What staging leaves: the records in parts, the problems of all rows, and the numbers of both."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from soyol.linkage import schema

RECORDS, PROBLEMS = "records", "problems.parquet"


@dataclass(frozen=True)
class Staged:
    """Where records and problems lie, and their numbers. ``rows`` = records + totals + other rows that are none.

    ``records`` is a folder of Arrow files, the parts of the list in the order of its rows; each has only the columns
    in which it holds something.
    """

    records: Path
    problems: Path
    rows: int
    records_count: int
    totals: int
    problems_count: int
    kinds: dict[str, int] = field(default_factory=dict)
    by_problem: dict[str, int] = field(default_factory=dict)

    def frames(self) -> Iterator[pl.DataFrame]:
        """The records part by part, each with every column of ``soyol.linkage.schema``."""
        for part in sorted(self.records.iterdir()):
            yield schema.conform(pl.read_ipc(part))

    def frame(self) -> pl.DataFrame:
        """All records in one table."""
        return pl.concat([pl.DataFrame(schema=schema.RECORD_COLUMNS), *self.frames()])


def write_part(records: pl.DataFrame, folder: Path, number: int) -> None:
    """Write some records as one part. Nothing is packed: staging waits for it, and the folder lives for one import."""
    held = [name for name in records.columns if records[name].null_count() < records.height]
    path = folder / f"{number:06d}.arrow"
    records.select(held).write_ipc(path, compat_level=pl.CompatLevel.newest())
