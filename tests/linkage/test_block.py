"""Blocking proposes the right pairs and no explosion."""

import polars as pl

from soyol.linkage.block import Rule, block_keys, person_rules
from soyol.linkage.engines import DuckDBEngine
from soyol.linkage.prepare import prepare
from soyol.packs import Pack

from .conftest import person, table

ENGINE = DuckDBEngine()


def test_rows_with_an_equal_key_meet_once() -> None:
    frame = pl.DataFrame({"one": ["a", "a", "b", None], "two": ["x", "x", "x", None]})
    rules = (Rule("one", (pl.col("one"),), 10), Rule("two", (pl.col("two"),), 10))
    found = ENGINE.candidates(frame, rules)
    assert list(zip(found.left.tolist(), found.right.tolist(), found.rules.tolist(), strict=True)) == [
        (0, 1, 3),
        (0, 2, 2),
        (1, 2, 2),
    ]


def test_a_block_above_its_cap_is_left_out() -> None:
    frame = pl.DataFrame({"one": ["a"] * 5})
    assert len(ENGINE.candidates(frame, (Rule("one", (pl.col("one"),), 4),))) == 0
    assert len(ENGINE.candidates(frame, (Rule("one", (pl.col("one"),), 5),))) == 10


def test_unknown_values_make_no_block() -> None:
    frame = pl.DataFrame({"one": [None, None, ""]}, schema={"one": pl.String})
    assert block_keys(frame, (Rule("one", (pl.col("one"),), 10),)).is_empty()


def test_swapped_misspelt_and_romanised_names_meet(pack: Pack) -> None:
    rows = [
        person("Мөнхзул", "Ганбаатар", unit="1101", birth_date="1980-05-06"),
        person("Ганбаатар", "Мөнхзул", unit="1101"),
        person("Munkhzul", "Ganbaatar", birth_date="1980"),
        person("Мєнхзул", "Г", unit="1101"),
        person("Мөнхзл", "Ганбаатар", birth_date="1980-05-06"),
    ]
    frame = prepare(table(rows), pack).persons
    found = ENGINE.candidates(frame, person_rules())
    assert {(0, 1), (0, 2), (0, 3), (0, 4)} <= set(zip(found.left.tolist(), found.right.tolist(), strict=True))
