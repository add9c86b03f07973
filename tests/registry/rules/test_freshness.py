"""When an entry is flagged as not confirmed."""

from datetime import date

import pytest

from soyol.registry.rules.freshness import is_stale, stale_before


@pytest.mark.parametrize(
    ("today", "before"), [(date(2026, 11, 27), date(2024, 11, 27)), (date(2028, 2, 29), date(2026, 2, 28))]
)
def test_two_years_are_two_years(today: date, before: date) -> None:
    assert stale_before(today) == before


@pytest.mark.parametrize(
    ("confirmed", "stale"), [(None, False), (date(2024, 11, 27), False), (date(2024, 11, 26), True)]
)
def test_an_entry_is_flagged_after_two_years_and_not_where_nobody_knows(confirmed: date | None, stale: bool) -> None:
    assert is_stale(confirmed, date(2026, 11, 27)) is stale
