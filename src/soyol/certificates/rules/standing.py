"""How a certificate stands on a day, and until when one is issued."""

from datetime import date

from soyol.certificates.choices import State

#: Being registered does not end, but what is printed ages: people move, bodies take other names. Three years are short
#: enough to look again, and long enough not to send every artist to an office each year.
VALID_YEARS = 3


def last_day(first: date, years: int = VALID_YEARS) -> date:
    """The last day on which a certificate of ``first`` counts: the day before its anniversary."""
    try:
        anniversary = first.replace(year=first.year + years)
    except ValueError:  # the 29th of February
        anniversary = date(first.year + years, 3, 1)
    return date.fromordinal(anniversary.toordinal() - 1)


def standing(*, revoked: bool, replaced: bool, registered: bool, agrees: bool, until: date, day: date) -> State:
    """How a certificate stands on ``day``; of several things that speak against it, the gravest.

    ``registered``: its number still stands for itself in the registry. ``agrees``: the registry still gives that number
    the printed name and kind.
    """
    if revoked:
        return State.REVOKED
    if not registered:
        return State.GONE
    if replaced:
        return State.REPLACED
    if not agrees:
        return State.CHANGED
    return State.VALID if day <= until else State.EXPIRED
