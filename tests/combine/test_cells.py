"""Cells that a spreadsheet must not run."""

import polars as pl
import pytest

from soyol.combine.cells import harmless


@pytest.mark.parametrize("text", ["=1+1", '=cmd|"/c calc"!A1', "+SUM(A1)", "-A1+3", "@SUM(1)", "\t=1", "\r=1"])
def test_text_that_opens_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(pl.DataFrame({"x": [text]}))["x"].to_list() == ["'" + text]


@pytest.mark.parametrize("text", ["+976 9911-0000", "-12.5", "Bat", "a=b", "", None])
def test_figures_and_plain_text_stay(text: str | None) -> None:
    assert harmless(pl.DataFrame({"x": [text]}, schema={"x": pl.String}))["x"].to_list() == [text]


def test_numbers_are_not_touched() -> None:
    assert harmless(pl.DataFrame({"n": [-1, 2]}))["n"].to_list() == [-1, 2]
