"""Names that name nobody."""

import polars as pl

from soyol.combine.labels import without_labels
from soyol.linkage.schema import conform


def names(rows: list[dict[str, object]]) -> list[str | None]:
    table = conform(pl.DataFrame([{"source": "a", "record_id": at, **row} for at, row in enumerate(rows)]))
    return without_labels(table)["name"].to_list()


def test_a_name_on_three_bare_rows_of_one_list_is_a_label() -> None:
    rows: list[dict[str, object]] = [
        {"name": "Unknown artist"},
        {"name": "unknown artist "},
        {"name": "Unknown Artist"},
    ]
    assert names([*rows, {"name": "Peter Orwell"}]) == [None, None, None, "Peter Orwell"]


def test_two_rows_are_not_enough_and_lists_are_counted_apart() -> None:
    rows: list[dict[str, object]] = [{"name": "Bat"}, {"name": "Bat"}, {"name": "Bat", "source": "b"}]
    assert names(rows) == ["Bat", "Bat", "Bat"]


def test_rows_that_say_more_than_the_name_are_people() -> None:
    rows: list[dict[str, object]] = [{"name": "Bat", "birth_date": f"197{at}"} for at in range(3)]
    assert names(rows) == ["Bat", "Bat", "Bat"]


def test_only_the_bare_rows_of_a_name_lose_it() -> None:
    rows: list[dict[str, object]] = [
        {"name": "Bat"},
        {"name": "Bat"},
        {"name": "Bat"},
        {"name": "Bat", "phones": ["1"]},
    ]
    assert names(rows) == [None, None, None, "Bat"]
