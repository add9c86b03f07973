"""Cells of the CSV files: text that a spreadsheet cannot mistake for a formula."""

import polars as pl

#: A spreadsheet reads a cell that opens so as a formula (OWASP, "CSV injection").
_OPENS_FORMULA = r"^[=+\-@\t\r\n]"
#: Signed figures and telephone numbers open so too and are harmless.
_FIGURE = r"^[+-]?[\d][\d\s().,-]*$"


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with an apostrophe before each text that a spreadsheet would run as a formula.

    It costs one pass over each text column; figures keep their sign.
    """
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(_OPENS_FORMULA) & ~pl.col(name).str.contains(_FIGURE))
        .then(pl.lit("'") + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
