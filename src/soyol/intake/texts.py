"""Values of cells as the text that a reader of the sheet would write down."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from soyol.intake.chunks import Texts, whole_numbers

MIDNIGHT = dt.time(0)
SECOND, HALF = dt.timedelta(seconds=1), 500_000
LAST = dt.datetime.max.replace(microsecond=0)  # noqa: DTZ901 - cells of workbooks know no zone
#: Spreadsheets keep fifteen digits of a number: of a longer one the last may be others than were typed.
KEPT = 1e15
#: From here on a number is written in powers of ten.
BIG = 1e18


def written(value: float) -> str:
    """A number without the ".0" that workbooks give to all; phones and register numbers are numbers there."""
    return str(int(value)) if value.is_integer() and abs(value) < BIG else repr(value)


def _moment(value: dt.datetime) -> str:
    return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ", "seconds")


def _letters(value: bytes) -> str:
    """Bytes as UTF-8; what is none is replaced by U+FFFD, which is told as lost letters."""
    return value.decode("utf-8", "replace")


def _digits(value: Decimal) -> str:
    """All digits of a number, to the last nought behind the point, and no power of ten."""
    return format(value, "f")


_WRITERS: dict[type, Callable[[Any], str | None]] = {
    str: lambda value: value or None,
    float: written,
    int: str,
    bool: lambda value: "true" if value else "false",
    dt.datetime: _moment,
    dt.date: dt.date.isoformat,
    dt.time: lambda value: value.isoformat("seconds"),
    dt.timedelta: str,
    bytes: lambda value: _letters(value) or None,
    Decimal: _digits,
    type(None): lambda _: None,
}


def _to_the_second(value: dt.datetime) -> dt.datetime:
    """A moment as a spreadsheet shows it: parts of days are seldom whole seconds, and are rounded to them."""
    whole = value.replace(microsecond=0)
    if value.microsecond < HALF or whole == LAST:
        return whole
    return whole + SECOND


def moment(value: dt.datetime) -> str:
    """A moment of a workbook as text, a day alone where it is midnight."""
    return _moment(_to_the_second(value))


def _time_of_day(value: dt.time) -> str:
    return _to_the_second(dt.datetime.combine(dt.date.min, value)).time().isoformat()


#: What cells of workbooks are written with, whose moments are numbers with a fraction.
_CELLS = _WRITERS | {
    dt.datetime: moment,
    dt.time: _time_of_day,
    dt.timedelta: lambda value: str(dt.timedelta(seconds=round(value.total_seconds()))),
}


def cell(value: object) -> str | None:
    """The value of one cell of a workbook as text."""
    return _CELLS[type(value)](value)


def text(value: object) -> str | None:
    """One value as text; nested values of JSON and Parquet as JSON, lists of plain values parted by "; "."""
    writer = _WRITERS.get(type(value))
    if writer:
        return writer(value)
    if isinstance(value, list | tuple) and all(type(each) in _WRITERS for each in value):
        return "; ".join(filter(None, map(text, value))) or None
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=_inner)
    return str(value)


def _inner(value: object) -> str | None:
    """A value inside nested ones that JSON has no form for."""
    return text(value) if type(value) in _WRITERS else str(value)


def column_texts(column: Sequence[Any]) -> tuple[Texts, Sequence[int]]:
    """The cells of one column as text, "" where there is none; and which are numbers too long to be kept."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return column, ()
    if kinds == {float} and max(map(abs, column)) < KEPT:
        whole = whole_numbers(column)
        return list(map(written, column)) if whole is None else whole, ()
    long = [at for at, value in enumerate(column) if type(value) is float and abs(value) >= KEPT]
    return [cell(value) or "" for value in column], long
