"""When lists contradict each other."""

import pytest

from soyol.registry.rules import Candidate, choose
from soyol.registry.rules.contradicting import contradicting, lists_apart


def _values(*rows: Candidate) -> list[str]:
    return contradicting(choose(rows)["birth_date"][0])


def _born(value: str, source: int, **more: object) -> Candidate:
    return Candidate("birth_date", value, source, source, source, **more)  # type: ignore[arg-type]


def test_two_days_that_cannot_both_be_true_contradict_each_other_and_a_day_in_its_year_does_not() -> None:
    assert _values(_born("1980", 1), _born("1981", 2)) == ["1980", "1981"]
    assert _values(_born("1980", 1), _born("1980-05-01", 2)) == []


@pytest.mark.parametrize(
    "more", [{"listed": False}, {"beaten": True}], ids=["off the list", "not believed for this field"]
)
def test_what_counts_for_less_contradicts_nobody(more: dict[str, object]) -> None:
    assert _values(_born("1980", 1), _born("1981", 2, **more)) == []


def test_what_was_verified_or_chosen_settles_it() -> None:
    assert _values(_born("1980", 1, standing=1), _born("1981", 2)) == []
    assert _values(_born("1980", 1, standing=2), _born("1981", 2, standing=2)) == []
    assert _values(_born("1980", 1, standing=1), _born("1981", 2, standing=1)) == ["1980", "1981"]


def test_lists_are_apart_where_two_of_them_share_nothing() -> None:
    assert lists_apart({1: {"a"}, 2: {"b"}})
    assert not lists_apart({1: {"a", "b"}, 2: {"b", "c"}})
    assert not lists_apart({1: {"a"}, 2: set()})
    assert lists_apart({1: {"a"}, 2: {"a"}, 3: {"c"}})
