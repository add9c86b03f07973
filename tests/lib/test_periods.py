"""How long something is kept, counted by the calendar."""

import datetime as dt

import pytest

from soyol.lib.periods import Period, PeriodError

NOON = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("P0D", dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)),
        ("P31D", dt.datetime(2026, 2, 28, 12, tzinfo=dt.UTC)),
        ("P1M", dt.datetime(2026, 2, 28, 12, tzinfo=dt.UTC)),
        ("P3M", dt.datetime(2025, 12, 31, 12, tzinfo=dt.UTC)),
        ("P25M", dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)),
        ("P2Y", dt.datetime(2024, 3, 31, 12, tzinfo=dt.UTC)),
        ("P9999Y", dt.datetime(1, 1, 1, tzinfo=dt.UTC)),
    ],
)
def test_a_period_is_counted_back_by_the_calendar(text: str, then: dt.datetime) -> None:
    assert Period.of(text).before(NOON) == then
    assert str(Period.of(text)) == text


@pytest.mark.parametrize(
    "text", ["", "P", "24M", "P1", "P-1D", "P1W", "P1Y2M", "PT1H", "p1d", "P1.5M", " P1D", "P99999D"]
)
def test_what_is_no_period_of_one_part_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="P24M"):
        Period.of(text)
