"""How long something is kept: ISO 8601 periods of one part, ``P14D``, ``P24M`` or ``P5Y``, counted by the calendar."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

SHAPE = re.compile(r"P(\d{1,4})([DMY])")
#: What a period that cannot be read should have been.
ACCEPTED = "a period such as P14D (days), P24M (months) or P5Y (years)"


class PeriodError(ValueError):
    """Not a period of one part."""


@dataclass(frozen=True, slots=True)
class Period:
    """So many days, months or years; ``unit`` is D, M or Y. Zero days: at once."""

    count: int
    unit: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Read the ISO text; PeriodError for any other shape."""
        shape = SHAPE.fullmatch(text)
        if shape is None:
            raise PeriodError(f"{text!r} is not {ACCEPTED}")
        return cls(int(shape[1]), shape[2])

    def __str__(self) -> str:
        return f"P{self.count}{self.unit}"

    def before(self, moment: dt.datetime) -> dt.datetime:
        """The moment so long ago; of a day that its month does not have, the last day of that month."""
        if self.unit == "D":
            return moment - dt.timedelta(days=self.count)
        months = moment.year * 12 + moment.month - 1 - self.count * (12 if self.unit == "Y" else 1)
        year, month = divmod(months, 12)
        if year < 1:
            return dt.datetime.min.replace(tzinfo=moment.tzinfo)
        day = min(moment.day, calendar.monthrange(year, month + 1)[1])
        return moment.replace(year=year, month=month + 1, day=day)
