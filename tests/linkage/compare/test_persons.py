"""Levels of comparing two persons."""

from typing import Any

import numpy as np
import pytest

from soyol.linkage.compare.columns import Columns
from soyol.linkage.compare.persons import COMPARISONS, compare_persons
from soyol.linkage.prepare import prepare
from soyol.packs import Pack

from ..conftest import person, table

BASE = person("Мөнхзул", "Ганбаатар", phone="+97699112233", unit="1104", birth_date="1980-05-16")


def levels(pack: Pack, one: dict[str, Any], other: dict[str, Any]) -> dict[str, str]:
    """Name of the level of every comparison of the two rows."""
    frame = prepare(table([one, other]), pack).persons
    found = compare_persons(Columns(frame), np.array([0], dtype=np.int32), np.array([1], dtype=np.int32))
    return {c.name: c.levels[int(found.levels[c.name][0])] for c in COMPARISONS}


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "comparison", "level"),
    [
        ({"given_name": "Munkhzul"}, "given", "equal"),
        ({"given_name": "Мөнхзүл"}, "given", "equal"),
        ({"given_name": "Мөнхзуд"}, "given", "typo"),
        ({"given_name": "Сарнай"}, "given", "different"),
        ({"given_name": "М"}, "given", "initial"),
        ({"surname": "Г"}, "surname", "initial"),
        ({"surname": None}, "surname", "unknown"),
        ({"birth_date": "1980"}, "birth", "year_equal"),
        ({"birth_date": "1980-05-17"}, "birth", "one_part"),
        ({"birth_date": "1981-05-16"}, "birth", "one_part"),
        ({"birth_date": "1980-11-02"}, "birth", "same_year"),
        ({"birth_date": "1963-11-02"}, "birth", "different"),
        ({"phones": ["+97688000000"]}, "phone", "different"),
        ({"phones": ["+97688000000", "+97699112233"]}, "phone", "shared_own"),
        ({"unit": "1107"}, "unit", "same_region"),
        ({"unit": "11"}, "unit", "within"),
        ({"unit": "21"}, "unit", "other_region"),
    ],
)
def test_level_of_a_change(pack: Pack, change: dict[str, Any], comparison: str, level: str) -> None:
    assert levels(pack, BASE, {**BASE, "name": None, **change})[comparison] == level


def test_swapped_names_agree_and_the_order_says_so(pack: Pack) -> None:
    found = levels(pack, BASE, person("Ганбаатар", "Мөнхзул", name_order="guessed"))
    assert (found["given"], found["surname"], found["order"]) == ("equal", "equal", "swapped_guessed")


def test_child_and_parent_are_no_swap(pack: Pack) -> None:
    found = levels(pack, person("Ганбаатар", "Сүхээ"), person("Мөнхзул", "Ганбаатар"))
    assert (found["given"], found["order"]) == ("different", "unknown")


@pytest.mark.parametrize(
    ("number", "level"),
    [("ЪЬ80051612", "equal"), ("ЪЬ80051613", "one_edit"), ("ЪЬ71010939", "different"), (None, "unknown")],
)
def test_level_of_register_numbers(pack: Pack, number: str | None, level: str) -> None:
    one = {**BASE, "person_number": "ЪЬ80051612", "person_number_status": "shape_only", "birth_date": None}
    assert levels(pack, one, {**one, "person_number": number})["number"] == level


@pytest.mark.long
def test_comparing_is_the_same_from_both_sides(pack: Pack) -> None:
    other = {**person("Munkhzul", "G", birth_date="1980"), "phones": ["+97688000000", "+97699112233"]}
    assert levels(pack, BASE, other) == levels(pack, other, BASE)
