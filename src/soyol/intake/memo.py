"""Values repeat from batch to batch: what a pack's function gave for one is kept and looked up."""

from collections.abc import Callable
from threading import Lock

import polars as pl

Make = Callable[[pl.Series], pl.DataFrame]

#: So many distinct values are kept; a list of units, trades or given names stays far below.
MOST = 200_000
#: When more than this share of a batch is distinct, looking up costs more than it saves.
DISTINCT = 0.5
VALUE, KNOWN = "_value", "_known"


class Memo:
    """A function of text to a table, with what it gave for earlier values; safe for several threads."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.lock = Lock()
        self.known: pl.DataFrame | None = None

    def __call__(self, values: pl.Series) -> pl.DataFrame:
        """One row per value, in order; a null value gives what the function gives for null."""
        series, known = values.alias(VALUE), self.known
        if len(series) > 1 and series.null_count() == len(series):
            return self(series[:1])[[0] * len(series)]
        if known is None or known.height > MOST:
            return self._anew(series)
        found = _looked_up(series, known)
        new = series.filter(found[KNOWN].is_null())
        if not len(new):
            return found.drop(VALUE, KNOWN)
        new = new.unique()
        if _many(new, series):
            return self.make(values)
        return _looked_up(series, self._learn(known, new)).drop(VALUE, KNOWN)

    def _anew(self, series: pl.Series) -> pl.DataFrame:
        distinct = series.unique()
        if _many(distinct, series):
            return self.make(series)
        return _looked_up(series, self._learn(None, distinct)).drop(VALUE, KNOWN)

    def _learn(self, known: pl.DataFrame | None, new: pl.Series) -> pl.DataFrame:
        """What was known and what the function gives for ``new``.

        Nobody waits for a thread that learns; of two that do so at once, what one found is forgotten again.
        """
        made = self.make(new).with_columns(new, pl.lit(value=True).alias(KNOWN))
        together = made if known is None else pl.concat([known, made])
        with self.lock:
            if self.known is known:
                self.known = together
        return together


def _looked_up(series: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
    return series.to_frame().join(known, on=VALUE, how="left", maintain_order="left", nulls_equal=True)


def _many(distinct: pl.Series, series: pl.Series) -> bool:
    return len(distinct) > DISTINCT * len(series) and len(series) > 1000


def single(change: Callable[[pl.Series], pl.Series]) -> Memo:
    """A memo of a function of text to one column, called ``value``."""
    return Memo(lambda values: change(values).alias("value").to_frame())
