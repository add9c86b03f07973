"""When lists contradict each other."""

from datetime import date

import pytest

from soyol.registry.rules import Candidate, choose
from soyol.registry.rules.contradicting import contradicting, lists_apart

STATED, DOCUMENT, CHOSEN, REGISTER = 0, 1, 2, 3


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
    assert _values(_born("1980", 1, standing=1), _born("1981", 2, standing=1)) == ["1981", "1980"]


def _on(year: int, value: str, source: int, standing: int) -> Candidate:
    return _born(value, source, standing=standing, observed_on=date(year, 1, 1))


def test_what_was_checked_is_shown_and_asked_about_where_somebody_declares_something_else_later() -> None:
    assert _values(_on(2020, "1980", 1, DOCUMENT), _on(2021, "1981", 2, STATED)) == ["1980", "1981"]
    assert _values(_on(2020, "1980", 1, DOCUMENT), _on(2019, "1981", 2, STATED)) == []


def test_a_newer_document_goes_before_an_older_one_and_settles_it() -> None:
    assert _values(_on(2020, "1980", 1, DOCUMENT), _on(2021, "1981", 2, DOCUMENT)) == []
    shown = choose([_on(2020, "1980", 1, DOCUMENT), _on(2021, "1981", 2, DOCUMENT)])["birth_date"][0]
    assert shown.value == "1981"


@pytest.mark.parametrize("other", [0, 1])
def test_what_a_register_of_the_state_says_otherwise_is_asked_about_whatever_its_day(other: int) -> None:
    for year in (2019, 2021):
        assert set(_values(_on(2020, "1980", 1, REGISTER), _on(year, "1981", 2, other))) == {"1980", "1981"}


@pytest.mark.parametrize(("other", "open_"), [(0, False), (1, True), (3, True), (2, False)])
def test_what_a_person_chose_is_asked_about_again_where_something_was_checked(other: int, open_: bool) -> None:
    values = _values(_on(2021, "1980", 1, CHOSEN), _on(2020, "1981", 2, other))
    assert values == (["1980", "1981"] if open_ else [])


def test_lists_are_apart_where_two_of_them_share_nothing() -> None:
    assert lists_apart({1: {"a"}, 2: {"b"}})
    assert not lists_apart({1: {"a", "b"}, 2: {"b", "c"}})
    assert not lists_apart({1: {"a"}, 2: set()})
    assert lists_apart({1: {"a"}, 2: {"a"}, 3: {"c"}})
