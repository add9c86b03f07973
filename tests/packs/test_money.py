"""Amounts as people read and write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12 345 678 ₮", "12345678"), ("12,345,678.00₮", "12345678"), ("12'345", "12345"), ("1.234", "1234"),
        ("12.5 сая", "12500000"), ("1,2 тэрбум төгрөг", "1200000000"), ("500 мянган", None), ("-20", "-20"),
        ("abc", None), ("", None), ("₮", None),
    ],
)  # fmt: skip
def test_mongolian_amounts(mn, text, amount):
    assert mn.money.parse(text) == (None if amount is None else Decimal(amount))


def test_amounts_are_written_with_the_sign_in_its_place(mn, ee):
    assert mn.money.format(Decimal(12345678), "mn") == "12\u00a0345\u00a0678\u00a0₮"
    assert mn.money.format_short(Decimal(12345678), "mn") == "12.3\u00a0сая\u00a0₮"
    assert ee.money.format(Decimal("1234.5"), "et") == "1\u00a0234,50\u00a0€"
    assert ee.money.format(Decimal("1234.5"), "en") == "€1,234.50"


@given(amount=st.integers(-(10**14), 10**14))
def test_what_is_written_is_read_back(mn, ee, amount):
    assert mn.money.parse(mn.money.format(Decimal(amount), "mn")) == amount
    assert ee.money.parse(ee.money.format(Decimal(amount) / 100, "et")) == Decimal(amount) / 100
