"""Which list is believed before which."""

from soyol.registry.choices import Standing
from soyol.registry.rules import Candidate
from soyol.registry.rules.believing import believed, goes_in_circles, marked

RULES = [("phones", 1, 2), ("phones", 2, 3), ("unit", 3, 1)]


def test_what_is_believed_before_one_is_believed_before_those_behind_it() -> None:
    told = believed(RULES)
    assert told["phones"] == {2: {1}, 3: {1, 2}}
    assert told["unit"] == {1: {3}}


def test_a_rule_that_says_the_opposite_goes_in_circles_within_its_field_only() -> None:
    told = believed(RULES)
    assert goes_in_circles(told, "phones", 3, 1)
    assert not goes_in_circles(told, "phones", 1, 3)
    assert not goes_in_circles(told, "birth_date", 3, 1)


def test_rules_that_went_in_circles_all_the_same_end() -> None:
    assert believed([("unit", 1, 2), ("unit", 2, 1)])["unit"] == {2: {1, 2}, 1: {1, 2}}


def _marks(*rows: Candidate) -> list[bool]:
    return [each.beaten for each in marked(rows, believed(RULES))]


def test_a_value_is_beaten_where_a_better_list_speaks_of_the_field() -> None:
    one, other = Candidate("phones", "+1", 1, 1, 1), Candidate("phones", "+2", 2, 2, 3)
    assert _marks(one, other) == [False, True]
    assert _marks(Candidate("unit", "x", 1, 1, 1), other) == [False, False]


def test_what_a_person_chose_is_beaten_by_no_list_and_who_is_off_the_list_beats_nobody() -> None:
    chosen = Candidate("phones", "+2", 2, 2, 3, standing=Standing.JUDGED)
    assert _marks(Candidate("phones", "+1", 1, 1, 1), chosen) == [False, False]
    assert _marks(Candidate("phones", "+1", 1, 1, 1, listed=False), Candidate("phones", "+2", 2, 2, 3)) == [
        False,
        False,
    ]
