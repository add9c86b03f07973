"""Numbers that states give to persons and companies: tidied, checked as far as the public rule goes, masked.

Status: ``valid`` (a public check digit agrees), ``shape_only`` (shape and date possible, nothing public tells more),
``invalid``, ``missing``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import polars as pl

from soyol.lib.scripts import Pairs

VALID, SHAPE_ONLY, INVALID, MISSING = "valid", "shape_only", "invalid", "missing"
#: Stands for a hidden sign in a masked number.
HIDDEN = "•"


@dataclass(frozen=True, slots=True)
class Birth:
    """Where a number tells the birth date. Positions are (start, length) in signs.

    The century comes from the month (``month_steps``: added to the month -> first year) or from ``century_signs``.
    """

    year: tuple[int, int]
    month: tuple[int, int]
    day: tuple[int, int]
    month_steps: Mapping[int, int]
    century_at: int
    century_signs: Mapping[str, int]

    def date(self, value: pl.Expr) -> pl.Expr:
        """ISO date or null where the signs are no date."""
        year, month, day = (
            value.str.slice(*at).cast(pl.Int32, strict=False) for at in (self.year, self.month, self.day)
        )
        century: pl.Expr = pl.lit(None, dtype=pl.Int32)
        for step, first in self.month_steps.items():
            inside = month.is_between(step + 1, step + 12)
            century = pl.when(inside).then(pl.lit(first, dtype=pl.Int32)).otherwise(century)
            month = pl.when(inside).then(month - step).otherwise(month)
        for sign, first in self.century_signs.items():
            here = value.str.slice(self.century_at, 1) == sign
            century = pl.when(here).then(pl.lit(first, dtype=pl.Int32)).otherwise(century)
        told = pl.format("{}-{}-{}", century + year, _two(month), _two(day))
        return told.str.to_date("%Y-%m-%d", strict=False).dt.strftime("%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class IdentifierRule:
    """One kind of number. Build from a table of ``identifiers.toml``."""

    code: str
    pattern: str
    letters: int
    letter_repairs: Pairs
    digit_repairs: Pairs
    birth: Birth | None
    weights: tuple[tuple[int, ...], ...]
    gender_at: int | None
    sample_pattern: str
    sample_why: str
    mask_keeps: tuple[int, int]
    #: Whether two different numbers are two persons or bodies; no rule that any number fits can say so.
    tells_apart: bool

    @classmethod
    def from_table(cls, code: str, told: Mapping[str, Any]) -> Self:
        birth = told.get("birth")
        return cls(
            code=code,
            pattern=told["pattern"],
            letters=told.get("letters", 0),
            letter_repairs=Pairs.of(told.get("letter_repairs", {})),
            digit_repairs=Pairs.of(told.get("digit_repairs", {})),
            birth=birth and _birth(birth),
            weights=tuple(tuple(row) for row in told.get("weights", [])),
            gender_at=told.get("gender_at"),
            sample_pattern=told["sample"]["pattern"],
            sample_why=told["sample"]["why"],
            mask_keeps=(told["mask_keeps"][0], told["mask_keeps"][1]),
            tells_apart=told.get("tells_apart", True),
        )

    def normalise(self, series: pl.Series) -> pl.DataFrame:
        """Columns ``value`` (tidied; null when missing) and ``status``."""
        loose = (~series.str.contains(self.pattern)).arg_true()
        tidy = series.clone().scatter(loose, self._tidied(series.gather(loose))) if len(loose) else series
        value = pl.col("value")
        shaped = value.str.contains(self.pattern)
        right = shaped if self.birth is None else shaped & self.birth.date(value).is_not_null()
        told = SHAPE_ONLY
        if self.weights:
            told, right = VALID, right & (self._check_digit(value) == value.str.tail(1).cast(pl.Int64, strict=False))
        status = (
            pl.when(value.is_null()).then(pl.lit(MISSING)).when(right).then(pl.lit(told)).otherwise(pl.lit(INVALID))
        )
        frame = tidy.to_frame("value").select(
            pl.when(pl.col("value") == "").then(None).otherwise(pl.col("value")).alias("value")
        )
        return frame.with_columns(status=status)

    def normalise_one(self, text: str) -> tuple[str | None, str]:
        """Value and status of one number."""
        value, status = self.normalise(pl.Series([text], dtype=pl.String)).row(0)
        return value, status

    def birth_date(self, series: pl.Series) -> pl.Series:
        """ISO dates that normalised numbers tell; null where none."""
        if self.birth is None:
            return pl.Series(series.name, [None] * len(series), dtype=pl.String)
        shaped = pl.col("value").str.contains(self.pattern)
        told = pl.when(shaped).then(self.birth.date(pl.col("value"))).alias(series.name)
        return series.to_frame("value").select(told).to_series()

    def gender(self, series: pl.Series) -> pl.Series:
        """``male`` or ``female`` as an odd or even digit tells, null where the number has none."""
        if self.gender_at is None:
            return pl.Series(series.name, [None] * len(series), dtype=pl.String)
        shaped, odd = (
            pl.col("value").str.contains(self.pattern),
            pl.col("value").str.slice(self.gender_at, 1).is_in(list("13579")),
        )
        told = pl.when(shaped).then(pl.when(odd).then(pl.lit("male")).otherwise(pl.lit("female"))).alias(series.name)
        return series.to_frame("value").select(told).to_series()

    def mask_one(self, value: str) -> str:
        """The number with all but a few signs hidden, of the same length."""
        head, tail = self.mask_keeps
        if len(value) <= head + tail:
            return HIDDEN * len(value)
        return value[:head] + HIDDEN * (len(value) - head - tail) + value[len(value) - tail :]

    def sample_reserved(self, value: str) -> bool:
        """True for numbers that no authority issues and invented people may carry."""
        told = pl.Series([value], dtype=pl.String)
        return bool(told.str.contains(self.sample_pattern)[0])

    def check_digit_one(self, body: str) -> str:
        """The last digit that belongs to ``body``, for making sample numbers; "" where no rule is public."""
        if not self.weights:
            return ""
        value = pl.Series([body + "0"], dtype=pl.String).to_frame("value")
        return str(value.select(self._check_digit(pl.col("value"))).item())

    def _tidied(self, series: pl.Series) -> pl.Series:
        tidy = series.str.strip_chars().str.replace(r"^(\d+)\.0+$", "$1").str.to_uppercase()
        tidy = tidy.str.replace_all(r"[\s\-–_./№#]+", "")
        return self._repaired(tidy) if self.letters else tidy

    def _repaired(self, series: pl.Series) -> pl.Series:
        head = self.letter_repairs(series.str.slice(0, self.letters))
        return head + self.digit_repairs(series.str.slice(self.letters))

    def _check_digit(self, value: pl.Expr) -> pl.Expr:
        """Weighted sum modulo 11; a remainder of 10 goes on to the next row of weights, and is 0 after the last."""
        answer: pl.Expr = pl.lit(0, dtype=pl.Int64)
        for weights in reversed(self.weights):
            digits = [value.str.slice(at, 1).cast(pl.Int64, strict=False) * weight for at, weight in enumerate(weights)]
            rest = pl.sum_horizontal(digits, ignore_nulls=False) % 11
            answer = pl.when(rest < 10).then(rest).otherwise(answer)
        return answer


def _two(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.zfill(2)


def _birth(told: Mapping[str, Any]) -> Birth:
    return Birth(
        year=tuple(told["year"]),
        month=tuple(told["month"]),
        day=tuple(told["day"]),
        month_steps={int(step): first for step, first in told.get("month_steps", {"0": 0}).items()},
        century_at=told.get("century_at", 0),
        century_signs=told.get("century_signs", {}),
    )
