"""Values repeat from batch to batch: what a pack's function gave for one is kept and looked up."""

from collections.abc import Callable
from threading import Lock

import polars as pl

Make = Callable[[pl.Series], pl.DataFrame]

#: So many distinct values are kept; a list of units, trades or given names stays far below.
MOST = 200_000
#: When more than this share of a batch is distinct, looking up costs more than it saves.
DISTINCT = 0.5


class Memo:
    """A function of text to a table, with what it gave for earlier values; safe for several threads."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.lock = Lock()
        self.known: pl.DataFrame | None = None

    def __call__(self, values: pl.Series) -> pl.DataFrame:
        """One row per value, in order; a null value gives what the function gives for null."""
        series = values.alias("_value")
        distinct = series.unique()
        if len(distinct) > DISTINCT * len(series) and len(series) > 1000:
            return self.make(values)
        with self.lock:
            known = self._learn(distinct)
        joined = series.to_frame().join(known, on="_value", how="left", maintain_order="left", nulls_equal=True)
        return joined.drop("_value")

    def _learn(self, distinct: pl.Series) -> pl.DataFrame:
        if self.known is not None and self.known.height > MOST:
            self.known = None
        new = distinct
        if self.known is not None:
            new = distinct.to_frame().join(self.known, on="_value", how="anti", nulls_equal=True)["_value"]
        if len(new) or self.known is None:
            made = self.make(new).with_columns(new)
            self.known = made if self.known is None else pl.concat([self.known, made])
        return self.known


def single(change: Callable[[pl.Series], pl.Series]) -> Memo:
    """A memo of a function of text to one column, called ``value``."""
    return Memo(lambda values: change(values).alias("value").to_frame())
