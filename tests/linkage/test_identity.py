"""Public numbers over reruns."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from soyol.linkage import carry_over


def members(entities: dict[int, list[int]]) -> pl.DataFrame:
    rows = [(record, entity) for entity, records in entities.items() for record in records]
    return pl.DataFrame(rows, schema={"record_id": pl.Int64, "entity_id": pl.Int64}, orient="row")


def kept(old: dict[int, list[int]], new: dict[int, list[int]]) -> dict[int, int | None]:
    return dict(carry_over(members(old), members(new)).iter_rows())


def test_a_rerun_that_changes_nothing_changes_no_number() -> None:
    assert kept({70: [1, 2], 71: [3]}, {1: [1, 2], 3: [3]}) == {1: 70, 3: 71}


def test_a_split_leaves_the_number_with_the_larger_part() -> None:
    assert kept({70: [1, 2, 3]}, {1: [1], 2: [2, 3]}) == {1: None, 2: 70}


def test_a_merge_keeps_the_number_of_the_larger() -> None:
    assert kept({70: [1], 71: [2, 3]}, {1: [1, 2, 3]}) == {1: 71}


def test_even_parts_go_to_the_smaller_number() -> None:
    assert kept({70: [1], 71: [2]}, {1: [1, 2]}) == {1: 70}


def test_new_records_get_no_old_number() -> None:
    assert kept({70: [1]}, {1: [1], 2: [2]}) == {1: 70, 2: None}


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.lists(st.integers(0, 5), min_size=12, max_size=12))
def test_every_old_number_is_given_once_at_most(old: list[int], new: list[int]) -> None:
    before = pl.DataFrame({"record_id": range(len(old)), "entity_id": [70 + code for code in old]})
    after = pl.DataFrame({"record_id": range(len(new)), "entity_id": new})
    given_away = carry_over(before, after)["kept_id"].drop_nulls()
    assert given_away.n_unique() == len(given_away)
    again = carry_over(before.with_columns(pl.col("entity_id")), before)
    assert again.filter(pl.col("entity_id") != pl.col("kept_id")).is_empty()
