"""Clusters are looked at as wholes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from soyol.linkage.cluster import Constraints, Edges, Judged, births_contradict, cluster

MERGE_AT = 2.0


def constraints(rows: int, numbers: list[int] | None = None, judged: Judged | None = None) -> Constraints:
    codes = np.array(numbers if numbers is not None else [-1] * rows, dtype=np.int32)
    return Constraints({"number": codes}, None, np.zeros(rows, dtype=np.int32), frozenset(), judged or Judged())


def edges(*told: tuple[int, int, float]) -> Edges:
    left, right, weight = zip(*told, strict=True) if told else ((), (), ())
    return Edges(
        np.array(left, dtype=np.int32),
        np.array(right, dtype=np.int32),
        np.array(weight, dtype=np.float64),
        np.zeros(len(told), dtype=bool),
    )


def stranger(left: np.ndarray, right: np.ndarray) -> Edges:
    return Edges(left, right, np.full(len(left), -6.0), np.zeros(len(left), dtype=bool))


def test_pairs_above_the_threshold_become_one() -> None:
    assert cluster(3, edges((0, 1, 5.0)), MERGE_AT, constraints(3), stranger).tolist() == [0, 0, 2]


def test_a_chain_of_weak_pairs_makes_no_one_of_two() -> None:
    chain = edges((0, 1, 9.0), (1, 2, 2.5), (2, 3, 9.0))
    assert cluster(4, chain, MERGE_AT, constraints(4), stranger).tolist() == [0, 0, 2, 2]


def test_a_loose_triangle_holds_when_its_pairs_speak_for_it_on_average() -> None:
    triangle = edges((0, 1, 6.0), (1, 2, 6.0), (0, 2, 1.0))
    assert cluster(3, triangle, MERGE_AT, constraints(3), stranger).tolist() == [0, 0, 0]


def test_a_row_between_two_numbers_joins_the_better_side() -> None:
    bridge = edges((0, 1, 8.0), (1, 2, 6.0), (0, 2, 3.0))
    assert cluster(3, bridge, MERGE_AT, constraints(3, [7, -1, 8]), stranger).tolist() == [0, 0, 2]


def test_blocked_pairs_do_not_merge() -> None:
    blocked = Edges(*(getattr(edges((0, 1, 9.0)), name) for name in ("left", "right", "weight")), np.array([True]))
    assert cluster(2, blocked, MERGE_AT, constraints(2), stranger).tolist() == [0, 1]


def test_births_one_slip_apart_do_not_contradict() -> None:
    assert not births_contradict({(1980, 5, 6), (1980, 5, 16)})
    assert not births_contradict({(1980, 5, 6), (1980, 6, 5)})
    assert not births_contradict({(1980, -1, -1), (1980, 6, 5)})
    assert births_contradict({(1980, 5, 6), (1971, 1, 9)})
    assert births_contradict({(1980, -1, -1), (1963, -1, -1)})


def test_an_equal_identifier_outweighs_a_birth_date() -> None:
    births = np.array([[1980, 5, 6], [1971, 1, 9]], dtype=np.int32)
    codes = np.zeros(2, dtype=np.int32)
    apart = Constraints({}, births, codes)
    vouched = Constraints({}, births, codes, identifiers=(np.array([4, 4], dtype=np.int32),))
    found = [cluster(2, edges((0, 1, 9.0)), MERGE_AT, each, stranger).tolist() for each in (apart, vouched)]
    assert found == [[0, 1], [0, 0]]


PAIRS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(-10, 15, allow_nan=False)).filter(lambda e: e[0] < e[1]),
    max_size=30,
    unique_by=lambda e: (e[0], e[1]),
)


@given(PAIRS, st.lists(st.integers(-1, 3), min_size=10, max_size=10), st.integers(0, 9), st.integers(0, 9))
def test_no_constraint_is_ever_broken(
    told: list[tuple[int, int, float]], numbers: list[int], one: int, other: int
) -> None:
    low, high = min(one, other), max(one, other)
    judged = Judged({}, frozenset({(low, high)})) if low != high else Judged()
    entity = cluster(10, edges(*told), MERGE_AT, constraints(10, numbers, judged), stranger)
    for head in set(entity.tolist()):
        members = np.flatnonzero(entity == head)
        assert members[0] == head
        assert len({numbers[row] for row in members if numbers[row] >= 0}) <= 1
        assert low == high or not {low, high} <= set(members.tolist())


def born(*dates: tuple[int, int, int]) -> Constraints:
    rows = len(dates)
    unknown = np.full(rows, -1, dtype=np.int32)
    return Constraints({"number": unknown}, np.array(dates, dtype=np.int32), np.zeros(rows, dtype=np.int32))


def test_two_dates_that_are_no_slip_of_each_other_are_two_people() -> None:
    assert born((1980, 5, 11), (1984, 7, 3)).broken([0], [1]) == "birth"


def test_a_date_that_both_sides_know_outvotes_a_slip_on_one() -> None:
    """Row 1 holds the slip of a list; rows 0 and 2 agree."""
    assert born((1980, 5, 11), (1979, 6, 11), (1980, 5, 11)).broken([0, 1], [2]) is None


def test_a_year_that_both_sides_know_outvotes_nothing() -> None:
    dates = born((1980, 5, 11), (1980, -1, -1), (1980, -1, -1), (1980, 9, 30))
    assert dates.broken([0, 1], [2, 3]) == "birth"
