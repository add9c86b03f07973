"""Dates known only so far: ISO 8601 with reduced precision, ``1898``, ``1898-05`` or ``1898-05-17``, as text.

Text sorts and compares by itself, travels through tables and files unchanged, and pretends no day that nobody told.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

SHAPE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class DateError(ValueError):
    """Not a date of the shape YYYY, YYYY-MM or YYYY-MM-DD."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, with a month and a day as far as they are known."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, text: str) -> Self:
        """Read the ISO text; DateError for any other shape or a day that does not exist."""
        shape = SHAPE.match(text)
        if shape is None:
            raise DateError(f"{text!r} is not a date such as 1898, 1898-05 or 1898-05-17")
        year, month, day = (int(part) if part else None for part in shape.groups())
        made = cls(year or 0, month, day)
        try:
            dt.date(made.year, made.month or 1, made.day or 1)
        except ValueError as error:
            raise DateError(f"{text!r} names a day that does not exist") from error
        return made

    @property
    def first(self) -> dt.date:
        """The first day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def compatible(one: str, other: str) -> bool:
    """True when both can be the same day: one is the other, told less exactly."""
    return one.startswith(other) or other.startswith(one)


def finer(one: str, other: str) -> str:
    """The more exact of two compatible dates."""
    return one if len(one) >= len(other) else other


@dataclass(frozen=True, slots=True)
class Period:
    """From a date to a date, both included; None is open."""

    start: PartialDate | None = None
    end: PartialDate | None = None

    @classmethod
    def of(cls, start: str | None, end: str | None) -> Self:
        """DateError when the end lies before the start."""
        made = cls(PartialDate.of(start) if start else None, PartialDate.of(end) if end else None)
        if made.start and made.end and made.end.last < made.start.first:
            raise DateError(f"the period ends ({end}) before it begins ({start})")
        return made

    def holds(self, day: dt.date) -> bool:
        """True when ``day`` may lie in the period."""
        return (self.start is None or self.start.first <= day) and (self.end is None or day <= self.end.last)

    def meets(self, other: Self) -> bool:
        """True when the two may share a day."""
        one_first = other.end is None or self.start is None or self.start.first <= other.end.last
        return one_first and (self.end is None or other.start is None or other.start.first <= self.end.last)
