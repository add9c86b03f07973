"""How long an entry of which nothing new is heard counts as known."""

from datetime import date

#: Years after which an entry is flagged as not confirmed: lists are sent in once a year, and one may be missed.
STALE_YEARS = 2


def stale_before(today: date) -> date:
    """Whatever was last confirmed before this day is flagged."""
    return years_before(today, STALE_YEARS)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of the 29th of February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def is_stale(confirmed_on: date | None, today: date) -> bool:
    """Whether an entry is flagged; one of which no day is known is not."""
    return confirmed_on is not None and confirmed_on < stale_before(today)
