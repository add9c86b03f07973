"""By when a request is answered."""

from datetime import date

from soyol.rights.rules import due_on, is_overdue


def test_a_request_is_answered_within_thirty_days() -> None:
    assert due_on(date(2026, 2, 1)) == date(2026, 3, 3)


def test_the_last_day_is_in_time_and_the_next_is_not() -> None:
    assert not is_overdue(date(2026, 3, 3), date(2026, 3, 3))
    assert is_overdue(date(2026, 3, 3), date(2026, 3, 4))
