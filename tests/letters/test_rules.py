"""How fast letters go, and when a second officer is needed."""

import pytest

from soyol.letters.choices import LetterState
from soyol.letters.rules import ALONE, PER_MINUTE, TRANSITIONS, needs_second, room_left


@pytest.mark.parametrize(("people", "second"), [(0, False), (ALONE, False), (ALONE + 1, True)])
def test_a_letter_to_many_needs_a_second_officer(people: int, second: bool) -> None:
    assert needs_second(people) is second


@pytest.mark.parametrize(("last", "room"), [(0, PER_MINUTE), (PER_MINUTE - 1, 1), (PER_MINUTE, 0), (PER_MINUTE + 5, 0)])
def test_a_minute_has_room_for_so_many(last: int, room: int) -> None:
    assert room_left(last) == room


def test_what_has_ended_stays_as_it_is() -> None:
    assert set(TRANSITIONS) == set(LetterState)
    assert {state for state, after in TRANSITIONS.items() if not after} == {LetterState.SENT, LetterState.STOPPED}
