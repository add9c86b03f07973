"""What an expression is worth, given the answers: as ODK counts, but with exact decimals, not binary fractions."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_FLOOR, Context, Decimal
from typing import Protocol

from soyol.surveys.rules.expressions import Answer, Call, Column, Literal, Negative, Node, Operation, Place, This, parse

#: An answer, a number, a day, yes or no, or all answers of a question that is asked several times.
Value = str | Decimal | dt.date | bool | list["Value"]

NAN = Decimal("NaN")
#: Enough digits for any sum of money; faults of counting give "not a number" or infinity, never an error.
EXACT = Context(prec=34, traps=[])
EPOCH = dt.date(1970, 1, 1)
_NUMBER = re.compile(r"\s*-?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})\s*", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class Surroundings(Protocol):
    """What an expression can ask for."""

    @property
    def today(self) -> dt.date:
        """The day on which it is asked."""

    def answer(self, name: str) -> Value:
        """What was answered to a question, "" where nothing was."""

    def this(self) -> Value:
        """The answer to the question that the expression stands at."""

    def column(self, name: str) -> str:
        """A column of the choice that is being looked at."""

    def position(self) -> int:
        """The how-manieth round of its repeat the question stands in, from 1."""


def worth(text: str, around: Surroundings) -> Value:
    """The value of an expression. Raises ``NotUnderstood`` for a text that was never checked."""
    return worth_of(parse(text), around)


def holds(text: str, around: Surroundings) -> bool:
    """Whether a condition is true; an empty one is."""
    return not text or truth(worth(text, around))


def worth_of(node: Node, around: Surroundings) -> Value:
    """The value of a tree."""
    match node:
        case Negative(of):
            return EXACT.minus(number(worth_of(of, around)))
        case Operation(sign, left, right):
            return _operation(sign, left, right, around)
        case Call(name, arguments):
            return _call(name, arguments, around)
        case _:
            return _told(node, around)


def _told(node: Literal | Answer | Column | This | Place, around: Surroundings) -> Value:
    """What stands in the expression or is asked for by it."""
    match node:
        case Literal(value):
            return value
        case Answer(name):
            return around.answer(name)
        case Column(name):
            return around.column(name)
        case This():
            return around.this()
        case Place():
            return str(around.position())


def _operation(sign: str, left: Node, right: Node, around: Surroundings) -> Value:
    if sign in {"and", "or"}:
        first = truth(worth_of(left, around))
        return truth(worth_of(right, around)) if first == (sign == "and") else first
    one, other = worth_of(left, around), worth_of(right, around)
    if sign in {"=", "!="}:
        return _equal(one, other) == (sign == "=")
    a, b = number(one), number(other)
    if sign in _ORDER:
        return not (a.is_nan() or b.is_nan()) and _ORDER[sign](a, b)
    return _SUMS[sign](a, b)


_ORDER: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
_SUMS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "div": EXACT.divide,
    "mod": EXACT.remainder,
}


def _equal(one: Value, other: Value) -> bool:
    """As XPath compares: yes or no before numbers before texts; of many answers one that is equal is enough."""
    if isinstance(one, list):
        return any(_equal(each, other) for each in one)
    if isinstance(other, list):
        return any(_equal(one, each) for each in other)
    if isinstance(one, bool) or isinstance(other, bool):
        return truth(one) == truth(other)
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        return number(one) == number(other)
    return text_of(one) == text_of(other)


def truth(value: Value) -> bool:
    """A number is true unless it is nought or none, a text unless it is empty."""
    if isinstance(value, Decimal):
        return not value.is_nan() and value != 0
    return bool(value)


def number(value: Value) -> Decimal:
    """The value as a number; a day counts as days since 1970; what is no number is NaN."""
    if isinstance(value, list):
        return number(value[0]) if value else NAN
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, dt.date):
        return Decimal((value - EPOCH).days)
    if isinstance(value, Decimal):
        return value
    return Decimal(value.strip()) if _NUMBER.fullmatch(value) else NAN


def text_of(value: Value) -> str:
    """The value as a text; numbers without an exponent and without noughts at the end."""
    if isinstance(value, list):
        return text_of(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _figures(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _figures(value: Decimal) -> str:
    if not value.is_finite():
        return "NaN" if value.is_nan() else "Infinity" if value > 0 else "-Infinity"
    if not value:
        return "0"
    if abs(value.adjusted()) > 200:  # nobody's answer; writing it out would be pages of noughts
        return "NaN"
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def day(value: Value) -> dt.date | None:
    """The value as a day, if it is one: ``2026-11-22``, or days since 1970."""
    if isinstance(value, dt.date):
        return value
    if isinstance(value, Decimal):
        if not value.is_finite() or abs(value) > 4_000_000:
            return None
        try:
            return EPOCH + dt.timedelta(days=int(value.to_integral_value(ROUND_FLOOR)))
        except OverflowError:
            return None
    found = _DAY.fullmatch(text_of(value).strip())
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _call(name: str, arguments: tuple[Node, ...], around: Surroundings) -> Value:
    if name == "if":  # the other branch is not looked at
        chosen = arguments[1] if truth(worth_of(arguments[0], around)) else arguments[2]
        return worth_of(chosen, around)
    if name == "once":
        kept = around.this()
        return kept if text_of(kept) else worth_of(arguments[0], around)
    if name == "today":
        return around.today
    if name == "position":
        return Decimal(around.position())
    return _PLAIN[name](*(worth_of(each, around) for each in arguments))


def _coalesce(first: Value, second: Value) -> Value:
    return first if text_of(first) else second


def _date(value: Value) -> Value:
    return day(value) or ""


def _count(value: Value) -> Value:
    many = value if isinstance(value, list) else [value]
    return Decimal(sum(1 for each in many if text_of(each)))


def _sum(value: Value) -> Value:
    total = Decimal(0)
    for each in value if isinstance(value, list) else [value]:
        total = EXACT.add(total, number(each)) if text_of(each) else total
    return total


def _int(value: Value) -> Value:
    exact = number(value)
    return exact.to_integral_value(ROUND_DOWN) if exact.is_finite() else exact


def _round(value: Value, places: Value = Decimal(0)) -> Value:
    """Halves go up, as XPath says: 2.5 is 3 and -2.5 is -2."""
    exact, digits = number(value), number(places)
    if not exact.is_finite() or not digits.is_finite() or abs(digits) > 20:
        return NAN
    step = Decimal(1).scaleb(-int(digits))
    halves = EXACT.add(EXACT.divide(exact, step), Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    return EXACT.multiply(halves, step)


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text is of the pattern, in time that grows only with its length, whatever the pattern is."""
    import polars as pl

    found = pl.Series([text]).str.contains(rf"\A(?:{pattern})\z")[0]
    return bool(found)


def is_pattern(pattern: str) -> bool:
    """Whether ``matches`` takes the pattern: no looking around, no reference back."""
    import polars as pl

    try:
        matches("", pattern)
    except pl.exceptions.ComputeError:
        return False
    return True


_PLAIN: dict[str, Callable[..., Value]] = {
    "selected": lambda chosen, one: text_of(one).strip() in text_of(chosen).split(),
    "count-selected": lambda chosen: Decimal(len(text_of(chosen).split())),
    "coalesce": _coalesce,
    "string-length": lambda value: Decimal(len(text_of(value))),
    "contains": lambda value, piece: text_of(piece) in text_of(value),
    "starts-with": lambda value, piece: text_of(value).startswith(text_of(piece)),
    "regex": lambda value, pattern: matches(text_of(value), text_of(pattern)),
    "date": _date,
    "count": _count,
    "sum": _sum,
    "concat": lambda *values: "".join(
        "".join(map(text_of, value)) if isinstance(value, list) else text_of(value) for value in values
    ),
    "string": text_of,
    "number": number,
    "int": _int,
    "round": _round,
    "not": lambda value: not truth(value),
    "true": lambda: True,
    "false": lambda: False,
}
