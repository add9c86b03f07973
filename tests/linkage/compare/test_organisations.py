"""Levels of comparing two organisations."""

from typing import Any

import numpy as np
import pytest

from soyol.linkage.compare.columns import Columns
from soyol.linkage.compare.organisations import COMPARISONS, compare_organisations
from soyol.linkage.prepare import prepare
from soyol.packs import Pack

from ..conftest import body, table

OTHERS = [body(name) for name in ("Алтан Гэгээ Студи", "Мөнгөн Завьяа Галерей", "Номин Хан Продакшн")]


def levels(pack: Pack, one: dict[str, Any], other: dict[str, Any]) -> dict[str, str]:
    frame = prepare(table([one, other, *OTHERS]), pack).organisations
    found = compare_organisations(Columns(frame), np.array([0], dtype=np.int32), np.array([1], dtype=np.int32))
    return {c.name: c.levels[int(found.levels[c.name][0])] for c in COMPARISONS}


@pytest.mark.long
@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Хөх Тэнгэр", "Khukh Tenger", "equal"),
        ("Тэнгэр Хөх", "Хөх Тэнгэр", "equal"),
        ("Хөх Тэнгэр", "Хөх Тэнгэв", "typo"),
        ("Хөх Тэнгэр Продакшн", "Хөх Тэнгэр", "within"),
        ("Монгол Улсын Их Сургууль", "МУИС", "acronym"),
        ("Хөх Тэнгэр", "Саран Хөхөө", "different"),
        ("Мөнгөн навч галерей", "Silver Leaf Gallery", "meaning"),
        ("Цэнгэл сумын 3 дугаар сургуулийн урлагийн дугуйлан", "Arts Circle of School 3", "within"),
        ("Хөх Тэнгэр (хуучин нэр Саран Туяа)", "Саран Туяа", "equal"),
    ],
)
def test_level_of_names(pack: Pack, one: str, other: str, level: str) -> None:
    assert levels(pack, body(one), body(other))["core"] == level


def test_state_bodies_of_two_provinces_conflict(pack: Pack) -> None:
    found = levels(pack, body("Увс аймгийн Хөгжимт драмын театр"), body("Ховд аймгийн Хөгжимт драмын театр"))
    assert found["distinct"] == "conflict"


def test_numbers_in_names_conflict(pack: Pack) -> None:
    assert levels(pack, body("1-р сургууль"), body("2-р сургууль"))["distinct"] == "conflict"


@pytest.mark.long
def test_legal_forms_are_compared_by_family(pack: Pack) -> None:
    one = body("Хөх Тэнгэр", org_form="llc")
    assert levels(pack, one, body("Хөх Тэнгэр", org_form="ngo"))["form"] == "different"
    assert levels(pack, one, body("Хөх Тэнгэр"))["form"] == "unknown"


@pytest.mark.long
def test_a_branch_that_does_not_say_which_is_not_another_branch(pack: Pack) -> None:
    here, there, somewhere = (body(f"Хөх Хүлэг{which} салбар") for which in (" Мөрөн", " Дархан", ""))
    assert levels(pack, here, there)["branch"] == "different"
    assert levels(pack, here, somewhere)["branch"] == "one_sided"
    assert levels(pack, here, body("Хөх Хүлэг"))["branch"] == "one_sided"
    assert levels(pack, somewhere, somewhere)["branch"] == "equal"
