"""Whose answers are, when they were given, and whether they have the shape of the form."""

import datetime as dt
from typing import Any

import pytest

from soyol.surveys.rules.devices import given_on, instance_of, is_secret, misshapen
from tests.factories import surveys as make

CHOICES = (*make.PLACES, ("kinds", "person", "P"), ("provinces", "p1", "1"), ("districts", "d", "D", "p1"))


def test_an_id_follows_from_its_secret_alone() -> None:
    assert instance_of("00" * 32) == "66687aad-f862-8d77-ac8f-c18b8e9f8e20"
    assert instance_of("01" * 32) != instance_of("00" * 32)


@pytest.mark.parametrize(
    ("told", "is_one"), [("0f" * 32, True), ("0F" * 32, False), ("0f" * 31, False), ("0g" * 32, False), ("", False)]
)
def test_a_secret_is_thirty_two_bytes_in_small_figures(told: str, is_one: bool) -> None:
    assert is_secret(told) is is_one


@pytest.mark.parametrize(
    ("edited", "given"), [((2026, 11, 20), 20), ((2026, 10, 1), 10), ((2031, 1, 1), 27)], ids=["told", "early", "late"]
)
def test_a_day_that_cannot_be_right_gives_way(edited: tuple[int, int, int], given: int) -> None:
    asked_from, today = dt.date(2026, 11, 10), dt.date(2026, 11, 27)
    assert given_on(dt.date(*edited), asked_from, today) == dt.date(2026, 11, given)


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"full_name": "A", "works": [{"title": "Felt"}, {}]}, ""),
        ({"full_name": 3}, "full_name"),
        ({"no_such": "x"}, "no_such"),
        ({"who": "x"}, "who"),
        ({"title": "outside of its round"}, "title"),
        ({"works": "x"}, "works"),
        ({"works": ["x"]}, "works"),
        ({"works": [{}] * 51}, "works"),
        ({"works": [{"full_name": "x"}]}, "full_name"),
        ({"works": [{"title": ["x"]}]}, "title"),
    ],
)
def test_answers_have_the_shape_of_the_form(answers: dict[str, Any], wrong: str) -> None:
    assert misshapen(make.form(make.CRAFT, CHOICES), answers) == wrong
