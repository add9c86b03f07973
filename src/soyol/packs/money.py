"""Amounts as people read and write them, by the tables of a pack."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from soyol.lib.money import NUMBER, Currency, grouped


@dataclass(frozen=True, slots=True)
class MoneyForm:
    """How one language writes amounts. pattern: with {amount}; scales: name of a power of ten, largest first."""

    pattern: str
    group: str
    point: str
    scales: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class PackMoney:
    """Build from ``money.toml``."""

    currency: Currency
    sign: str
    forms: Mapping[str, MoneyForm]
    signs: tuple[str, ...]
    scale_words: Mapping[str, int]

    @classmethod
    def from_table(cls, told: Mapping[str, Any]) -> Self:
        forms = {
            lang: MoneyForm(
                each["pattern"],
                each["group"],
                each["point"],
                tuple(sorted(((power, name) for name, power in each.get("scales", {}).items()), reverse=True)),
            )
            for lang, each in told["format"].items()
        }
        words = {name.lower(): power for name, power in told.get("scale_words", {}).items()}
        signs = tuple(sorted((sign.lower() for sign in told["signs"]), key=len, reverse=True))
        return cls(Currency(told["code"], told["decimals"]), told["sign"], forms, signs, words)

    def format(self, amount: Decimal, lang: str) -> str:
        """The whole amount with the currency's sign, rounded to the decimals in use."""
        form = self._form(lang)
        digits = grouped(
            self.currency.rounded(amount), decimals=self.currency.decimals, group=form.group, point=form.point
        )
        return form.pattern.format(amount=digits, sign=self.sign)

    def format_short(self, amount: Decimal, lang: str) -> str:
        """To one decimal of the largest fitting scale, for charts and tiles: "12.3 million"."""
        form = self._form(lang)
        for power, name in form.scales:
            if abs(amount) >= Decimal(10) ** power:
                scaled = f"{amount.scaleb(-power):.1f}".removesuffix(".0").replace(".", form.point)
                return form.pattern.format(amount=f"{scaled}\u00a0{name}", sign=self.sign)
        return self.format(amount, lang)

    def parse(self, text: str) -> Decimal | None:
        """The amount that a cell tells, with words for scales and any marks for thousands; None when it tells none."""
        plain = re.sub(r"[\s\u00a0\u202f'’_]+", "", text.lower())
        for sign in self.signs:
            plain = plain.replace(sign, "")
        power = 0
        for word in sorted(self.scale_words, key=len, reverse=True):
            if plain.endswith(word):
                plain, power = plain.removesuffix(word), self.scale_words[word]
                break
        number = _point(plain.strip(".,-") if plain.endswith((",-", ".-")) else plain, scaled=bool(power))
        return Decimal(number) * 10**power if NUMBER.match(number) else None

    def _form(self, lang: str) -> MoneyForm:
        return self.forms.get(lang) or self.forms.get("en") or next(iter(self.forms.values()))


def _point(text: str, *, scaled: bool) -> str:
    """One decimal point, no marks for thousands; a lone mark before three digits is one unless a scale follows."""
    marks = re.findall(r"[.,]", text)
    if not marks:
        return text
    last = max(text.rfind("."), text.rfind(","))
    if len(set(marks)) == 2:
        return re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]
    if len(marks) > 1 or (len(text) - last - 1 == 3 and not scaled):
        return re.sub(r"[.,]", "", text)
    return text[:last] + "." + text[last + 1 :]
