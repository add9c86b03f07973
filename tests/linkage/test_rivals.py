"""Rivals: the next best partner in the other's list is what a pair is measured against."""

import numpy as np

from soyol.linkage.rivals import ALONE, NO_RIVAL, standing

#: Rows 0 and 1 stand in list 0, rows 2, 3 and 4 in list 1.
SOURCE = np.array([0, 0, 1, 1, 1], dtype=np.int32)


def of(*pairs: tuple[int, int, float]) -> tuple[list[float], list[float], list[float]]:
    left, right, weight = zip(*pairs, strict=True)
    told = standing(np.array(left, dtype=np.int32), np.array(right, dtype=np.int32), SOURCE, np.array(weight))
    return told.closest.tolist(), told.farthest.tolist(), told.one_list.tolist()


def test_a_pair_without_rivals_stands_alone() -> None:
    assert of((0, 2, 5.0)) == ([ALONE], [ALONE], [0.0])


def test_the_gap_is_to_the_best_other_partner_in_the_same_list() -> None:
    closest, farthest, _ = of((0, 2, 5.0), (0, 3, 2.0), (0, 4, -1.0))
    assert closest == [3.0, -3.0, -6.0]
    assert farthest == [ALONE, ALONE, ALONE]


def test_a_partner_in_another_list_is_no_rival() -> None:
    closest, _, one_list = of((0, 2, 5.0), (0, 1, 4.0))
    assert closest == [ALONE, ALONE]
    assert one_list == [0.0, 1.0]


def test_rivals_are_met_from_both_ends_of_a_pair() -> None:
    """Row 2 has two partners in list 0, one written before it and one after."""
    closest, farthest, _ = of((0, 2, 5.0), (1, 2, 4.0), (0, 3, 1.0))
    assert closest == [1.0, -1.0, -4.0]
    assert farthest == [4.0, ALONE, ALONE]


def test_hopeless_pairs_are_nobodys_rivals() -> None:
    closest, _, _ = of((0, 2, -6.0), (0, 3, NO_RIVAL - 1))
    assert closest[0] == ALONE
