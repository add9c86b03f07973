"""Money is exact: rounded by rule, split without loss."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib.money import Currency, MoneyError, exact, grouped, split

EURO, TUGRIK = Currency("EUR", 2), Currency("MNT", 0)
SHARES = st.lists(st.integers(0, 1000).map(Decimal), min_size=1, max_size=8).filter(any)


@given(st.integers(-(10**12), 10**12), SHARES)
def test_parts_sum_to_the_whole_and_stay_near_their_share(units, shares):
    amount = Decimal(units) / 100
    parts = split(amount, shares, EURO)
    assert sum(parts) == amount
    total = sum(shares)
    assert all(abs(part - amount * share / total) < Decimal("0.01") for part, share in zip(parts, shares, strict=True))


def test_a_worked_split():
    # 100 in thirds: 33.33 each, and the cent left over goes to the first.
    assert split(Decimal(100), [Decimal(1)] * 3, EURO) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert split(Decimal(-10), [Decimal(1), Decimal(3)], TUGRIK) == [Decimal(-3), Decimal(-7)]


@pytest.mark.parametrize(
    ("amount", "shares"),
    [
        (Decimal(1), []),
        (Decimal(1), [Decimal(0)]),
        (Decimal(1), [Decimal(2), Decimal(-1)]),
        (Decimal("0.001"), [Decimal(1)]),
    ],
)
def test_what_cannot_be_split_is_refused(amount, shares):
    with pytest.raises(MoneyError):
        split(amount, shares, EURO)


@pytest.mark.parametrize("value", [1.5, True, "x", "NaN", "Infinity"])
def test_what_is_not_exact_is_refused(value):
    with pytest.raises(MoneyError):
        exact(value)


def test_rounding_is_half_to_even():
    assert [EURO.rounded(Decimal(text)) for text in ("0.125", "0.135", "-0.125")] == [
        Decimal("0.12"),
        Decimal("0.14"),
        Decimal("-0.12"),
    ]


def test_digits_are_grouped():
    assert grouped(Decimal("1234567.5"), decimals=2, group=" ", point=",") == "1 234 567,50"
