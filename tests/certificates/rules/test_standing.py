"""How a certificate stands: each thing that speaks against it, and which of two is said."""

from datetime import date

import pytest

from soyol.certificates.choices import State
from soyol.certificates.rules import last_day, standing

LAST = date(2029, 11, 26)


def _standing(day: date = LAST, **against: bool) -> State:
    told = {"revoked": False, "replaced": False, "registered": True, "agrees": True, **against}
    return standing(**told, until=LAST, day=day)


def test_a_certificate_counts_up_to_its_last_day() -> None:
    assert [_standing(LAST), _standing(date(2029, 11, 27))] == [State.VALID, State.EXPIRED]


@pytest.mark.parametrize(
    ("against", "state"),
    [
        ({"revoked": True}, State.REVOKED),
        ({"replaced": True}, State.REPLACED),
        ({"registered": False}, State.GONE),
        ({"agrees": False}, State.CHANGED),
        ({"revoked": True, "registered": False, "replaced": True, "agrees": False}, State.REVOKED),
        ({"registered": False, "replaced": True}, State.GONE),
        ({"replaced": True, "agrees": False}, State.REPLACED),
    ],
)
@pytest.mark.parametrize("day", [LAST, date(2035, 1, 1)])
def test_the_gravest_of_what_speaks_against_it_is_said_before_and_after_its_last_day(
    against: dict[str, bool], state: State, day: date
) -> None:
    assert _standing(day, **against) == state


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 27), date(2029, 11, 26)),
        (date(2026, 1, 1), date(2028, 12, 31)),
        (date(2028, 2, 29), date(2031, 2, 28)),
        (date(2025, 3, 1), date(2028, 2, 29)),
    ],
)
def test_three_years_end_on_the_day_before_the_anniversary(first: date, last: date) -> None:
    assert last_day(first) == last
