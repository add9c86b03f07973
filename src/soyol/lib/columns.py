"""Changing columns of text with as little work as their values need."""

from collections.abc import Callable

import polars as pl

Text = Callable[[pl.Series], pl.Series]


def in_one_pass(series: pl.Series, change: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """``change`` over a column, all of it at once: each call on a column is a pass of its own, and takes its time even
    over three values.
    """
    return series.to_frame("text").select(change(pl.col("text")))["text"].alias(series.name)


def over_unique(series: pl.Series, change: Text) -> pl.Series:
    """``change`` applied to each distinct value once, when values repeat enough for that to pay.

    Shape: as ``series``, with the dtype that ``change`` gives. ``change`` must treat every value by itself.
    """
    if len(series) < 1000:
        return change(series)
    distinct = series.unique()
    if len(distinct) > 0.5 * len(series):
        return change(series)
    made = pl.DataFrame({"value": distinct, "made": change(distinct)})
    joined = series.to_frame("value").join(made, on="value", how="left", maintain_order="left", nulls_equal=True)
    return joined["made"].alias(series.name)


def on_matching(series: pl.Series, pattern: str, change: Text) -> pl.Series:
    """``change`` applied only where ``pattern`` (a regular expression) is found: most values need no rare repair."""
    at = series.str.contains(pattern).arg_true()
    if not len(at):
        return series
    # A clone (which copies no data), because scatter writes into the series it is called on.
    return series.clone().scatter(at, change(series.gather(at)))


def over_words(series: pl.Series, change: Text) -> pl.Series:
    """``change`` applied to each distinct word once, where words repeat enough for that to pay.

    ``change`` must treat the words of a text by themselves and give single spaces and none at the ends.
    """
    distinct = over_words_of(series) if len(series) > 20_000 else None
    if distinct is None:
        return change(series)
    made = change(distinct)
    words = series.str.split(" ").list.eval(pl.element().replace_strict(distinct, made, return_dtype=pl.String))
    joined = words.list.join(" ")
    return on_matching(joined, "^ | $|  ", lambda text: text.str.replace_all(" +", " ").str.strip_chars(" "))


def over_words_of(series: pl.Series) -> pl.Series | None:
    """The distinct words of a column, or None where a look at some rows says that they hardly repeat."""
    look = series.head(10_000).str.split(" ").explode()
    if look.n_unique() > 0.5 * len(look):
        return None
    return series.str.split(" ").explode().unique().drop_nulls()
