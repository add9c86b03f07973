"""Column tools of preparing: unknown parts make no key, a value's own row does not make it common."""

from dataclasses import dataclass, field

import polars as pl
import pytest

from soyol import packs
from soyol.linkage.keys import (
    joint_key,
    nth,
    parts_of_date,
    place_words,
    relied_on,
    share,
    through_unique,
    unit_paths,
    unordered_key,
)


@dataclass(frozen=True)
class Place:
    code: str
    level: int
    parent: str | None
    names: dict[str, str] = field(default_factory=dict)


def made(expression: pl.Expr, **columns: list[object]) -> list[object]:
    return pl.DataFrame(columns).select(expression.alias("made"))["made"].to_list()


def test_an_unknown_part_makes_no_key() -> None:
    keys = made(joint_key(pl.col("a"), pl.col("b")), a=["x", "x", None], b=[1, None, 2])
    assert keys[1:] == [None, None]
    assert keys[0] is not None


def test_parts_cannot_run_into_each_other() -> None:
    keys = made(joint_key(pl.col("a"), pl.col("b")), a=["ab", "a"], b=["c", "bc"])
    assert keys[0] != keys[1]


def test_swapped_parts_have_one_key() -> None:
    keys = made(unordered_key(pl.col("a"), pl.col("b")), a=["bat", "dorj", "bat"], b=["dorj", "bat", "sukh"])
    assert keys[0] == keys[1] != keys[2]


def test_a_share_leaves_its_own_row_out_and_unknown_is_unknown() -> None:
    # Four rows have a value: "a" stands in two others beside each "a", "b" in none, which counts as one.
    assert made(share("name"), name=["a", "a", "a", "b", None]) == [0.5, 0.5, 0.5, 0.25, None]


def test_the_nth_value_of_a_short_list_is_unknown() -> None:
    assert made(nth("phones", 1), phones=[["1", "2"], ["1"], None]) == ["2", None, None]


@pytest.mark.parametrize(
    ("date", "parts"),
    [("1985-04-12", (1985, 4, 12)), ("1985-04", (1985, 4, None)), ("1985", (1985, None, None)), (None, (None,) * 3)],
)
def test_a_date_of_reduced_precision_has_the_parts_it_tells(date: str | None, parts: tuple[int | None, ...]) -> None:
    frame = pl.DataFrame({"born": [date]}, schema={"born": pl.String})
    assert frame.select(parts_of_date("born")).row(0) == parts


def test_each_distinct_value_is_changed_once_and_empty_is_unknown() -> None:
    asked: list[str] = []

    def change(column: pl.Series) -> pl.Series:
        asked.extend(column.to_list())
        return column.str.strip_chars("-").str.to_uppercase()

    told = pl.Series("name", ["b", "a", None, "b", "--"])
    assert through_unique(told, change).to_list() == ["B", "A", None, "B", None]
    assert sorted(asked) == ["--", "a", "b"]
    assert through_unique(pl.Series("name", [None], dtype=pl.String), change).to_list() == [None]


def test_the_path_of_a_unit_leaves_the_country_out_and_survives_a_circle() -> None:
    units = [
        Place("0", 0, None),
        Place("1", 1, "0"),
        Place("11", 2, "1"),
        Place("x", 2, "y"),
        Place("y", 2, "x"),
    ]
    paths = {row[0]: row[1:] for row in unit_paths(units).rows()}
    assert paths["1"] == ("1", None, None, None)
    assert paths["11"] == ("1", "11", None, None)
    assert "0" not in paths
    assert set(paths["x"]) == {"x", "y", None}


def test_words_of_places_are_told_once_without_the_very_short_ones() -> None:
    units = [Place("1", 1, "0", {"en": "Lääne Viru"}), Place("2", 1, "0", {"en": "Ida Viru", "et": "Jõ"})]
    latin = lambda column: column.str.to_lowercase().str.replace_all("ä", "a").str.replace_all("õ", "o")  # noqa: E731
    assert place_words(units, latin) == ["ida", "laane", "viru"]
    assert place_words([], latin) == []


def test_numbers_of_a_country_tell_rows_apart_and_numbers_of_no_rule_do_not() -> None:
    rows = pl.DataFrame({"person_number_status": ["shape_only", "invalid", None]})
    ours, nobodys = packs.load("mn"), packs.load("neutral")
    assert rows.select(relied_on("person", ours)).to_series().to_list() == [True, False, False]
    assert rows.select(relied_on("person", nobodys)).to_series().to_list() == [False, False, False]
