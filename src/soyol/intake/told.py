"""Collecting what is wrong with rows and values, as one table per batch."""

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from soyol.intake.problems import SEVERITIES, way_out_of

#: The table of problems. ``sheet``, ``row``, ``line``, ``column`` and ``value`` are null where a problem is about more.
COLUMNS: dict[str, pl.DataType] = {
    "source": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "line": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "problem": pl.String(),
    "params": pl.String(),
    "severity": pl.String(),
    "way_out": pl.String(),
}


#: Letters of a value that are shown with its problem, as many as a spreadsheet's cell can hold; the row keeps all.
MOST = 32_767


class Told:
    """Problems of one batch; ``front`` has ``row`` and ``line`` of each of its rows."""

    def __init__(self, source: str, sheet: str | None, front: pl.DataFrame) -> None:
        self.source, self.sheet = source, sheet
        self.front = front
        self.frames: list[pl.DataFrame] = []

    def tell(
        self,
        code: str,
        where: pl.Series,
        column: str | None = None,
        values: pl.Series | None = None,
        params: Mapping[str, Any] | pl.Series | None = None,
    ) -> None:
        """Tell ``code`` for the rows where ``where`` is true; ``params`` are equal for all, or a JSON text for each."""
        where = where.fill_null(value=False)
        if not where.any():
            return
        at = where.arg_true()
        shown = (
            values.gather(at).str.slice(0, MOST) if values is not None else pl.Series([None] * len(at), dtype=pl.String)
        )
        told = (
            params.gather(at) if isinstance(params, pl.Series) else pl.lit(_json({"column": column, **(params or {})}))
        )
        self.frames.append(
            self.front[at].select(
                pl.lit(self.source).alias("source"),
                pl.lit(self.sheet, dtype=pl.String).alias("sheet"),
                "row",
                "line",
                pl.lit(column, dtype=pl.String).alias("column"),
                shown.alias("value"),
                pl.lit(code).alias("problem"),
                told.alias("params"),
                pl.lit(SEVERITIES[code]).alias("severity"),
                pl.lit(way_out_of(code)).alias("way_out"),
            )
        )

    def table(self) -> pl.DataFrame:
        """All problems told so far, by row."""
        empty = pl.DataFrame(schema=COLUMNS)
        return pl.concat([empty, *self.frames]).sort("row", maintain_order=True)


def about_file(source: str, sheet: str | None, code: str, params: Mapping[str, Any]) -> pl.DataFrame:
    """One problem that is about a whole sheet or file."""
    row = {
        "source": source,
        "sheet": sheet,
        "problem": code,
        "params": _json(params),
        "severity": SEVERITIES[code],
        "way_out": way_out_of(code),
    }
    return pl.DataFrame([{name: row.get(name) for name in COLUMNS}], schema=COLUMNS)


def _json(params: Mapping[str, Any]) -> str:
    return json.dumps({name: value for name, value in params.items() if value is not None}, ensure_ascii=False)
