"""By when a request is answered."""

from datetime import date, timedelta

#: Days in which an officer decides: the outer limit of the law on personal data, and of GDPR's one month.
ANSWER_DAYS = 30


def due_on(made: date) -> date:
    """The last day on which a request of that day is answered in time."""
    return made + timedelta(days=ANSWER_DAYS)


def is_overdue(due: date, today: date) -> bool:
    """Whether the day by which something is answered is over."""
    return due < today
