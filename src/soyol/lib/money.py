"""Exact money: Decimal amounts, rounded only where a currency says so, split without losing a unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

NUMBER = re.compile(r"^[+-]?\d+(?:\.\d+)?$")


class MoneyError(ValueError):
    """Text that is no amount, or an amount that cannot be split; the message names it."""


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code, with the decimals in use (not those of the standard, where practice differs)."""

    code: str
    decimals: int

    def rounded(self, amount: Decimal) -> Decimal:
        """To the smallest unit in use, half to even."""
        return amount.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_EVEN)


def exact(value: str | int | Decimal) -> Decimal:
    """A Decimal from text in machine form or a whole number; floats are refused, they are not exact."""
    if isinstance(value, (float, bool)):
        raise MoneyError(f"{value!r} is not exact: give text, a whole number or a Decimal")
    try:
        amount = Decimal(value)
    except InvalidOperation as error:
        raise MoneyError(f"{value!r} is not an amount") from error
    if not amount.is_finite():
        raise MoneyError(f"{value!r} is not an amount")
    return amount


def split(amount: Decimal, shares: Sequence[Decimal], currency: Currency) -> list[Decimal]:
    """``amount`` in proportion to ``shares``; the parts are whole smallest units and sum to it exactly.

    What rounding leaves over goes to the largest remainders, the earlier share first among equal ones.
    """
    total = sum(shares, Decimal(0))
    if total <= 0 or any(share < 0 for share in shares):
        raise MoneyError("shares must not be negative and must sum to more than zero")
    unit = Decimal(1).scaleb(-currency.decimals)
    if amount != currency.rounded(amount):
        raise MoneyError(f"{amount} is finer than the smallest unit of {currency.code}")
    units = int(abs(amount) / unit)
    exact_parts = [units * share / total for share in shares]
    parts = [int(part) for part in exact_parts]
    order = sorted(range(len(shares)), key=lambda at: (parts[at] - exact_parts[at], at))
    for at in order[: units - sum(parts)]:
        parts[at] += 1
    sign = -1 if amount < 0 else 1
    return [sign * part * unit for part in parts]


def grouped(amount: Decimal, *, decimals: int, group: str, point: str) -> str:
    """Digits in groups of three: 1234567.5 with ``decimals=2, group=" ", point=","`` is "1 234 567,50"."""
    text = f"{amount:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", point).replace("\0", group)
