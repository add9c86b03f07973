"""Columns of text are changed with as little work as their values need."""

import polars as pl

from soyol.lib.columns import in_one_pass, on_matching, over_unique


def column(*values):
    return pl.Series("text", list(values), dtype=pl.String)


def test_each_distinct_value_is_worked_on_once():
    seen = []

    def change(some: pl.Series) -> pl.Series:
        seen.append(len(some))
        return some.str.to_uppercase()

    made = over_unique(column(*["a", None, "b"] * 1000), change)
    assert made.to_list() == ["A", None, "B"] * 1000
    assert seen == [3]


def test_only_matching_values_are_touched():
    seen = []

    def change(some: pl.Series) -> pl.Series:
        seen.extend(some)
        return some.str.to_uppercase()

    assert on_matching(column("a", "b1", None), r"\d", change).to_list() == ["a", "B1", None]
    assert seen == ["b1"]


def test_a_change_in_one_pass_keeps_name_and_nulls():
    made = in_one_pass(column("a", None).alias("name"), lambda text: text.str.to_uppercase().str.replace("A", "b"))
    assert (made.name, made.to_list()) == ("name", ["b", None])
