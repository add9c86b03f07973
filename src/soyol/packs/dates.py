"""Dates as people write them, to ISO 8601 with reduced precision and back to words; by the tables of a pack."""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import polars as pl

from soyol.lib.columns import over_unique
from soyol.lib.dates import PartialDate
from soyol.lib.scripts import Pairs

#: Day 0 of spreadsheets' serial numbers (their 1900 is a leap year, hence not 31 December 1899).
SERIAL_EPOCH = "1899-12-30"
#: Serial numbers outside this range are years or identifiers rather than days (1927 to 2119).
SERIALS = (10_000, 80_000)
FIRST_YEAR, LAST_YEAR = 1000, 2199
EMPTY = {"y": "", "m": "", "d": ""}


@dataclass(frozen=True, slots=True)
class Dates:
    """Build from ``dates.toml``.

    words: month names and the like, to numbers, applied to small letters. patterns: regular expressions with groups
    y m d or serial, tried in order on what is left; life_patterns likewise with b (birth), e (end), n (nationality).
    formats: language -> style -> precision -> template.
    """

    words: Pairs
    patterns: tuple[str, ...]
    life_patterns: tuple[str, ...]
    pivot: int
    formats: Mapping[str, Mapping[str, Mapping[str, str]]]
    months: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_table(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            words=Pairs.of(told.get("words", {})),
            patterns=tuple(told["patterns"]),
            life_patterns=tuple(told.get("life_patterns", ())),
            pivot=told["two_digit_years_from"],
            formats=told["format"],
            months={lang: tuple(names) for lang, names in told["months"].items()},
        )

    def parse(self, series: pl.Series) -> pl.Series:
        """ISO text, as exact as the cell; null where it tells no date or an impossible one."""
        return over_unique(series, self._parse)

    def _parse(self, series: pl.Series) -> pl.Series:
        text = series.str.strip_chars()
        made = self._iso(text)
        left = (made.is_null() & text.is_not_null()).arg_true()
        rest = self.words(text.gather(left).str.to_lowercase()) if len(left) else text.clear()
        for pattern in self.patterns if len(left) else ():
            groups = rest.str.extract_groups(pattern).struct.unnest()
            if all(group.null_count() == len(group) for group in groups):
                continue
            found = self._assemble(groups)
            made = made.scatter(left, found)
            still = found.is_null().arg_true()
            left, rest = left.gather(still), rest.gather(still)
        return made

    def parse_one(self, text: str) -> str | None:
        made: str | None = self.parse(pl.Series([text], dtype=pl.String))[0]
        return made

    def parse_life(self, series: pl.Series) -> pl.DataFrame:
        """Life dates such as "American, 1898–1991", "born 1936": columns birth_date, death_date, nationality."""
        text = series.str.strip_chars()
        made = {name: pl.Series([None], dtype=pl.String).new_from_index(0, len(series)) for name in ("b", "e", "n")}
        left, rest = text.is_not_null().arg_true(), text.drop_nulls()
        for pattern in self.life_patterns:
            fits = rest.str.contains(pattern)
            if not fits.any():
                continue
            groups = rest.filter(fits).str.extract_groups(pattern).struct.unnest()
            made |= {name: made[name].scatter(left.filter(fits), groups[name]) for name in made.keys() & groups.columns}
            left, rest = left.filter(~fits), rest.filter(~fits)
        both = self.parse(pl.concat([made["b"], made["e"]]).str.replace(r"^0$", ""))
        years = both.head(len(series)), both.tail(len(series))
        nationality = made["n"].str.strip_chars(" ,;.")
        empty = nationality == ""
        nationality = nationality.set(empty.fill_null(value=False), None)
        return pl.DataFrame({"birth_date": years[0], "death_date": years[1], "nationality": nationality})

    def format_date(self, date: str | PartialDate, lang: str, style: str = "long") -> str:
        """Words for a date of any precision. Styles: long, short."""
        told = PartialDate.of(date) if isinstance(date, str) else date
        precision = "day" if told.day else "month" if told.month else "year"
        return self._forms(lang)[style][precision].format(**self._parts(told, lang))

    def format_range(self, start: str | PartialDate, end: str | PartialDate, lang: str) -> str:
        """Words for a range, saying month and year once where both ends share them."""
        one, two = (PartialDate.of(date) if isinstance(date, str) else date for date in (start, end))
        if one == two:
            return self.format_date(one, lang)
        forms = self._forms(lang)["range"]
        both_days = bool(one.day and two.day)
        if both_days and (one.year, one.month) == (two.year, two.month):
            form = forms["same_month"]
        elif both_days and one.year == two.year:
            form = forms["same_year"]
        else:
            return forms["other"].format(start=self.format_date(one, lang), end=self.format_date(two, lang))
        second = {f"{name}2": value for name, value in self._parts(two, lang).items()}
        return form.format(**self._parts(one, lang), **second)

    def _forms(self, lang: str) -> Mapping[str, Mapping[str, str]]:
        """The templates of a language, or English ones where the country has none for it."""
        return self.formats.get(lang) or self.formats["en"]

    def _parts(self, date: PartialDate, lang: str) -> dict[str, Any]:
        names = self.months.get(lang, tuple(calendar.month_name[1:]))
        return {"y": date.year, "m": date.month, "d": date.day, "month": names[(date.month or 1) - 1]}

    def _iso(self, text: pl.Series) -> pl.Series:
        """What is ISO already, or a spreadsheet's way of writing it: the common case, and fast."""
        whole = text.str.extract(r"^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$", 1)
        return _checked(whole)

    def _assemble(self, frame: pl.DataFrame) -> pl.Series:
        year = pl.col("y") if "y" in frame.columns else pl.lit(None, dtype=pl.String)
        if "serial" in frame.columns:
            days = pl.col("serial").cast(pl.Int32, strict=False)
            inside = pl.when(days.is_between(*SERIALS)).then(days)
            start = pl.lit(SERIAL_EPOCH).str.to_date("%Y-%m-%d")
            return frame.select((start + pl.duration(days=inside)).dt.strftime("%Y-%m-%d")).to_series()
        number = year.cast(pl.Int32, strict=False)
        pivot = self.pivot % 100
        short = pl.when(number >= pivot).then(number + 1900).otherwise(number + 2000)
        full = pl.when(year.str.len_chars() == 2).then(short).otherwise(number).cast(pl.String)
        parts = [full]
        for name in ("m", "d"):
            part = pl.col(name) if name in frame.columns else pl.lit(None, dtype=pl.String)
            parts.append(pl.when(part != "").then(part.str.zfill(2)))
        return _checked(frame.select(pl.concat_str(parts, separator="-", ignore_nulls=True).alias("date")).to_series())


def _checked(series: pl.Series) -> pl.Series:
    """Null for days that do not exist and years that no list means."""
    value = pl.col("date")
    size = value.str.len_chars()
    day = pl.when(size == 10).then(value).when(size == 7).then(value + "-01").when(size == 4).then(value + "-01-01")
    year = value.str.slice(0, 4).cast(pl.Int32, strict=False).is_between(FIRST_YEAR, LAST_YEAR)
    right = day.str.to_date("%Y-%m-%d", strict=False).is_not_null() & year
    return series.to_frame("date").select(pl.when(right).then(value).alias(series.name or "date")).to_series()


def check_patterns(patterns: Iterable[str]) -> None:
    """Raise re.error for a pattern that is none; for the tests of packs."""
    for pattern in patterns:
        re.compile(pattern.replace("(?<", "(?P<"))
