"""Values side by side: what differs is lit sign by sign, also between spellings that agree."""

import pytest

from soyol.registry.queries import Row, Said
from soyol.workspace.registry.beside import rows_beside

pytestmark = pytest.mark.django_db


def _line(same: bool | None, *sides: list[str]) -> tuple[list[list[list[tuple[str, bool]]]], bool]:
    told = [[Said(text, "key", ("List",)) for text in side] for side in sides]
    (line,) = rows_beside([], [Row("name", "name", told, same)]).lines
    return [[value.pieces for value in cell] for cell in line.cells], line.is_spelled_apart


def test_spellings_that_agree_are_lit_where_they_differ() -> None:
    cells, apart = _line(True, ["Raavdan", "Ravdan"], ["Ravdan"])
    assert cells == [[[("R", False), ("a", True), ("avdan", False)], [("Ravdan", False)]], [[("Ravdan", False)]]]
    assert apart


def test_one_spelling_is_not_lit() -> None:
    assert _line(True, ["Ravdan"], ["Ravdan"]) == ([[[("Ravdan", False)]], [[("Ravdan", False)]]], False)


def test_another_script_is_no_difference() -> None:
    assert _line(True, ["Bold"], ["Болд"]) == ([[[("Bold", False)]], [[("Болд", False)]]], False)


def test_values_that_differ_are_lit_and_those_of_one_side_are_not() -> None:
    assert _line(False, ["Dorj"], ["Бат"]) == ([[[("Dorj", True)]], [[("Бат", True)]]], False)
    assert _line(None, ["Dorj"], []) == ([[[("Dorj", False)]], []], False)
