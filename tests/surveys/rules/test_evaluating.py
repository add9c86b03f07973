import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.surveys.rules.evaluating import Value, day, holds, is_pattern, number, text_of, worth


@dataclass
class Told:
    """Answers at hand."""

    answers: dict[str, Value] = field(default_factory=dict)
    own: Value = ""
    columns: dict[str, str] = field(default_factory=dict)
    round: int = 1
    today: dt.date = dt.date(2026, 11, 27)

    def answer(self, name: str) -> Value:
        return self.answers.get(name, "")

    def this(self) -> Value:
        return self.own

    def column(self, name: str) -> str:
        return self.columns.get(name, "")

    def position(self) -> int:
        return self.round


TOLD = Told(
    {
        "age": "34",
        "name": "Od",
        "arts": "music dance",
        "born": dt.date(1992, 2, 29),
        "pay": ["100", "0.1", "0.2", ""],
        "none": "",
        "tale": "a\nb",
    },
    own="17",
    columns={"province": "11"},
    round=3,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # numbers are exact
        ("0.1 + 0.2", "0.3"),
        ("0.1 + 0.2 = 0.3", "true"),
        ("1 div 4", "0.25"),
        ("1 div 0", "Infinity"),
        ("0 div 0", "NaN"),
        ("7 mod 3", "1"),
        ("-7 mod 3", "-1"),
        ("2 * 3 - 1", "5"),
        ("- 5 + 5", "0"),
        ("1000000 * 1000000", "1000000000000"),
        # what is no number
        ("number('x')", "NaN"),
        ("${none} + 1", "NaN"),
        ("${none} > 1", "false"),
        ("${none} <= 1", "false"),
        ("number('1e9')", "NaN"),
        # comparing
        ("${age} = 34", "true"),
        ("${age} = '34'", "true"),
        ("${age} = '34.0'", "false"),
        ("${age} >= 18 and ${age} < 65", "true"),
        ("${name} != 'Od'", "false"),
        ("${none} = ''", "true"),
        ("${none} != ''", "false"),
        (". > 16", "true"),
        ("${pay} = 100", "true"),
        ("true() = 'x'", "true"),
        ("not(${none})", "true"),
        ("false() or 'x'", "true"),
        # choices
        ("selected(${arts}, 'dance')", "true"),
        ("selected(${arts}, 'dan')", "false"),
        ("selected(${none}, '')", "false"),
        ("count-selected(${arts})", "2"),
        ("province = '11'", "true"),
        # texts
        ("concat(${name}, '-', 1 + 1)", "Od-2"),
        ("string-length(${name})", "2"),
        ("contains(${name}, 'd')", "true"),
        ("starts-with(${name}, 'd')", "false"),
        ("regex(${name}, '[A-Z][a-z]')", "true"),
        ("regex(${name}, 'O')", "false"),
        ("regex(${tale}, '.')", "false"),
        ("string(1.50)", "1.5"),
        ("coalesce(${none}, ${name})", "Od"),
        ("if(${age} > 30, 'old', 1 div 0)", "old"),
        # days
        ("today()", "2026-11-27"),
        ("${born} <= today()", "true"),
        ("${born} = '1992-02-29'", "true"),
        ("date('2026-11-28') > today()", "true"),
        ("date('2026-02-30')", ""),
        ("today() - date('2026-11-20')", "7"),
        ("int((today() - ${born}) div 365.25)", "34"),
        ("date(0)", "1970-01-01"),
        ("date('9' * 9999999)", ""),
        # rounding
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(1.005, 2)", "1.01"),
        ("round(1234, -2)", "1200"),
        ("int(-1.9)", "-1"),
        ("round('x')", "NaN"),
        # several answers
        ("count(${pay})", "3"),
        ("sum(${pay})", "100.3"),
        ("position(..)", "3"),
        ("once(5)", "17"),
    ],
)
def test_an_expression_is_worth(text: str, expected: str) -> None:
    assert text_of(worth(text, TOLD)) == expected


def test_once_counts_what_was_never_kept() -> None:
    assert worth("once(5)", Told()) == Decimal(5)


def test_an_empty_condition_holds() -> None:
    assert holds("", TOLD)


@pytest.mark.parametrize("pattern", ["(?=a)", r"(a)\1", "(", "["])
def test_patterns_that_could_run_for_ever_are_none(pattern: str) -> None:
    assert not is_pattern(pattern)


def test_a_hostile_pattern_takes_no_time() -> None:
    assert not holds("regex(${x}, '(a+)+b')", Told({"x": "a" * 4000}))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_number_written_and_read_is_the_same(value: Decimal) -> None:
    assert number(text_of(value)) == value


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_sums_are_those_of_whole_numbers(a: int, b: int) -> None:
    assert worth(f"({a}) + ({b}) * 2", TOLD) == a + b * 2


@given(st.dates())
def test_a_day_and_its_number_are_one(value: dt.date) -> None:
    assert day(number(value)) == value == day(value.isoformat())
