"""Where a name has room inside an outline."""

import pytest

from soyol.lib.map_names import HIGH, place

SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
LAKE = [(20, 30), (80, 30), (80, 70), (20, 70), (20, 30)]


def test_a_name_stands_in_the_middle():
    assert place("Name", [SQUARE]) == pytest.approx((50, 50), abs=HIGH / 4)


def test_a_name_does_not_stand_in_a_hole():
    x, y = place("Longer", [SQUARE, LAKE])
    assert x == pytest.approx(50)
    assert abs(y - 50) > 20 + HIGH / 2


def test_a_name_without_room_stands_nowhere():
    assert place("Name" * 5, [SQUARE]) is None
    flat = [(0, 0), (100, 0), (100, 5), (0, 5), (0, 0)]
    assert place("N", [flat]) is None
