"""Telephone numbers as people write them in cells, to ``+`` and digits (ITU-T E.164)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import polars as pl

from soyol.lib.letters import swift

SEPARATORS = r"[\s().\-–/]"
#: What has as many digits as a telephone number and is none: days, and numbers of documents (two letters before them).
DAY = swift(r"\b(?:(?:19|20)\d\d[.\-/]\d{1,2}[.\-/]\d{1,2}|\d{1,2}[.\-/]\d{1,2}[.\-/](?:19|20)\d\d)\b")
NO_NUMBER = swift(rf"{DAY}|\b\p{{L}}{{2}}\d{{8}}\b")


@dataclass(frozen=True, slots=True)
class Phones:
    """Build from ``phones.toml``. national: regular expression of a whole national number; country "" for any."""

    country: str
    national: str
    trunk: str
    groups: tuple[int, ...]

    @classmethod
    def from_table(cls, told: Mapping[str, Any]) -> Self:
        return cls(told.get("country", ""), told["national"], told.get("trunk", ""), tuple(told.get("groups", ())))

    def normalise(self, series: pl.Series) -> pl.Series:
        """The first number of each cell, or null."""
        single = self._whole(series)
        rest = (single.is_null() & series.str.contains(r"\d")).arg_true()
        if not len(rest):
            return single
        return single.scatter(rest, self._found(series.gather(rest)).list.first())

    def find_all(self, series: pl.Series) -> pl.Series:
        """Every distinct number of each cell in order (list of text); null where there is none."""
        single = self._whole(series)
        frame = pl.DataFrame({"one": single}).select(pl.when(pl.col("one").is_not_null()).then(pl.concat_list("one")))
        lists = frame.to_series().alias(series.name)
        rest = (single.is_null() & series.str.contains(r"\d")).fill_null(value=False)
        if not rest.any():
            return lists
        at = rest.arg_true()
        found = pl.DataFrame({"at": at, "found": self._found(series.gather(at))})
        joined = lists.to_frame("one").with_row_index("at").join(found, on="at", how="left", maintain_order="left")
        return joined.select(pl.coalesce("one", "found").alias(series.name)).to_series()

    def normalise_one(self, text: str) -> str | None:
        found: str | None = self.normalise(pl.Series([text], dtype=pl.String))[0]
        return found

    def show_one(self, number: str) -> str:
        """A number for reading: groups of digits with no-break spaces."""
        digits, shown = number.removeprefix(f"+{self.country}"), []
        for size in self.groups:
            shown.append(digits[:size])
            digits = digits[size:]
        head = [f"+{self.country}"] if self.country and number.startswith("+") else []
        return "\u00a0".join(part for part in [*head, *shown, digits] if part)

    def _whole(self, series: pl.Series) -> pl.Series:
        """Cells that hold one number and nothing else."""
        if not self.country:
            return self._loose(series)
        plain = (pl.lit(f"+{self.country}") + pl.col("cell").str.extract(f"^({self.national})$", 1)).alias(series.name)
        made = series.to_frame("cell").select(plain).to_series()
        rest = (made.is_null() & series.is_not_null()).arg_true()
        return made.scatter(rest, self._loose(series.gather(rest))) if len(rest) else made

    def _loose(self, series: pl.Series) -> pl.Series:
        digits = series.str.replace(DAY, "?").str.replace(r"^\s*(\d+)\.0+\s*$", "$1").str.replace_all(SEPARATORS, "")
        return self._international(digits)

    def _international(self, digits: pl.Series) -> pl.Series:
        if not self.country:
            return digits.str.extract(r"^(?:\+|00)?(\d{7,15})$", 1)
        head = rf"^(?:(?:\+|00)?{self.country})?(?:{self.trunk})?" if self.trunk else rf"^(?:(?:\+|00)?{self.country})?"
        own = pl.lit(f"+{self.country}") + pl.col("digits").str.extract(f"{head}({self.national})$", 1)
        foreign = pl.lit("+") + pl.col("digits").str.extract(r"^(?:\+|00)([1-9]\d{7,14})$", 1)
        return digits.to_frame("digits").select(pl.coalesce(own, foreign).alias(digits.name)).to_series()

    def _found(self, series: pl.Series) -> pl.Series:
        """Numbers in cells with several, or with words: cut at anything that no number holds, then at spaces.

        A run of more digits than a number has is none, and is not cut.
        """
        cells = series.str.replace_all(NO_NUMBER, "?").to_frame("text").with_row_index("at")
        parts = cells.select("at", pl.col("text").str.extract_all(r"\+?\d[\d\s().\-–]*\d").alias("part")).explode(
            "part"
        )
        whole = parts.with_columns(number=self._whole(parts["part"]))
        several = whole.filter(pl.col("number").is_null()).select(
            "at", pl.col("part").str.extract_all(self._one_of_many())
        )
        several = several.explode("part").with_columns(number=self._whole(several.explode("part")["part"]))
        both = pl.concat([whole, several.select(whole.columns)]).drop_nulls("number")
        lists = both.group_by("at").agg(pl.col("number").unique(maintain_order=True))
        return cells.join(lists, on="at", how="left", maintain_order="left")["number"]

    def _one_of_many(self) -> str:
        digits = sum(self.groups)
        if not digits:
            return r"\+?\b\d[\d.\-–]{5,}\d\b"
        head = rf"\+?\b(?:(?:00)?{self.country}[\s\-–]*)?"
        return head + r"[\s.\-–]?".join([r"\d"] * digits) + r"\b"
