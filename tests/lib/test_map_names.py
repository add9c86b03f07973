"""Where a name has room inside an outline."""

import pytest

from soyol.lib.map_names import HIGH, place, place_all

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


def test_a_name_may_stand_over_the_edge_by_a_letter():
    narrow = [(x / 100 * 35, y) for x, y in SQUARE]
    assert place("Namely", [narrow]) is None
    assert place("Names", [narrow]) == pytest.approx((17.5, 50), abs=HIGH / 4)


def test_the_roomier_of_two_neighbours_gives_way():
    left = [(x / 100 * 35, y) for x, y in SQUARE]
    right = [(x / 100 * 38 + 35, y) for x, y in SQUARE]
    first, second = place_all([("Names", [left]), ("Other", [right])])
    assert first == pytest.approx((17.5, 50), abs=HIGH / 4)
    assert second is not None
    assert abs(second[1] - first[1]) >= HIGH
