"""Nobody is found out by published figures: whoever attacks them knows the rule, all cells and all days."""

from itertools import product

import pytest

from soyol.registry.rules.disclosing import STEP, published

OFFSETS = range(STEP)
COUNTS = range(60)
#: What an attacker has to be left with: so many counts that fit everything that is told.
LEFT = 5


def _fitting(told: int | None) -> set[int]:
    """Counts of people behind a figure, for whoever does not know where the steps of the cell begin."""
    return {count for count in range(80) for offset in OFFSETS if published("person", count, offset) == told}


def test_bodies_are_counted_exactly_and_none_is_nought() -> None:
    assert [published("organisation", count, offset) for count in (0, 1, 4, 13) for offset in (0, 4)] == [
        0, 0, 1, 1, 4, 4, 13, 13,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["person", "group", "a kind of tomorrow"])
def test_few_people_and_none_are_left_out_alike_and_all_others_are_fives(kind: str) -> None:
    assert {published(kind, count, offset) for count in range(STEP) for offset in OFFSETS} == {None}
    assert {published(kind, count, offset) for count in COUNTS for offset in OFFSETS} == {None, *range(10, 65, 5)}


def test_a_figure_stands_for_nine_counts_from_five_below_to_three_above() -> None:
    assert _fitting(10) == set(range(5, 14))
    assert _fitting(35) == set(range(30, 39))
    assert _fitting(None) == set(range(9))


def test_of_two_days_between_which_one_person_left_the_count_is_not_learnt() -> None:
    """Also for whoever knows that exactly one person left, and from which cell."""
    days: dict[tuple[int | None, int | None], set[int]] = {}
    for count, offset in product(range(1, 60), OFFSETS):
        told = published("person", count, offset), published("person", count - 1, offset)
        days.setdefault(told, set()).add(count)
    assert min(len(counts) for told, counts in days.items() if 60 not in told) == LEFT
    assert days[10, None] == set(range(5, 10))


def test_rounding_by_a_boundary_that_everybody_knows_would_tell_the_count() -> None:
    """Why the boundary of a cell is kept secret: with one that is known, a change between two days says it all."""
    told = {
        count
        for count in range(1, 60)
        if (published("person", count, 0), published("person", count - 1, 0)) == (15, 10)
    }
    assert told == {10}


def test_subtracting_two_tables_of_the_same_people_leaves_every_cell_open() -> None:
    """Each person counts once by domain and once by area, say; still every count of a cell fits what is told.

    For each cell and each count that its figure allows there is a table that gives the very same publication, in which
    both halves add up: those of whom nobody knows the domain, or the area, are in no cell and fill the gap.
    """
    domains, areas = (3, 0, 12), (4, 11)
    offsets = (0, 3, 2, 1, 4)
    truth = (*domains, *areas)
    told = [published("person", count, offset) for count, offset in zip(truth, offsets, strict=True)]
    for at, figure in enumerate(told):
        for count in _fitting(figure):
            offset = next(each for each in OFFSETS if published("person", count, each) == figure)
            other, begins = [*truth], [*offsets]
            other[at], begins[at] = count, offset
            by_domain, by_area = sum(other[:3]), sum(other[3:])
            unknown = max(by_domain, by_area) - by_domain, max(by_domain, by_area) - by_area
            assert min(unknown) == 0
            assert by_domain + unknown[0] == by_area + unknown[1]
            assert [published("person", each, begin) for each, begin in zip(other, begins, strict=True)] == told
