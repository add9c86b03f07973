"""Names of organisations: the core, the legal form and the branch, by the forms of a pack."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import polars as pl

from soyol.lib.scripts import over_unique

QUOTES = "\"“”„«»‘’‹›''`"
EDGE = r"(?:^|[\s" + QUOTES + r",.()\-/]+)"
END = r"(?:[\s" + QUOTES + r",.()\-/]+|$)"


@dataclass(frozen=True, slots=True)
class OrganisationForm:
    """A legal form: how it is written (cut from the name), what hints at it (kept), and its family.

    Forms of one family are easily mistaken for one another in lists (a company of either kind).
    """

    code: str
    names: Mapping[str, str]
    written: tuple[str, ...]
    hints: tuple[str, ...]
    family: str


@dataclass(frozen=True)
class OrganisationNames:
    """Build from ``organisations.toml``."""

    forms: tuple[OrganisationForm, ...]
    branch_patterns: tuple[str, ...]

    @classmethod
    def from_table(cls, told: Mapping[str, Any]) -> Self:
        """``told`` as in ``organisations.toml``, each form with its ``names`` filled in."""
        forms = tuple(
            OrganisationForm(
                code=each["code"],
                names=each["names"],
                written=tuple(each.get("written", ())),
                hints=tuple(each.get("hints", ())),
                family=each.get("family", each["code"]),
            )
            for each in told["forms"]
        )
        return cls(forms, tuple(told.get("branch_patterns", ())))

    @cached_property
    def by_code(self) -> Mapping[str, OrganisationForm]:
        return {form.code: form for form in self.forms}

    def parse(self, series: pl.Series) -> pl.DataFrame:
        """Columns core (name without form, quotes and branch), form (code), branch; null where there is none."""
        text = series.str.replace_all(r"[\s\x{00A0}]+", " ").str.strip_chars()
        branch = self._branch(text)
        for pattern in self.branch_patterns:
            text = text.str.replace(pattern, "${core}")
        form = over_unique(text, self._form)
        core = text.str.replace_all(self._written_pattern, "  ")
        core = core.str.replace_all(self._written_pattern, "  ")
        core = core.str.replace_all(f"[{QUOTES}]", " ").str.replace_all(r"\(\s*\)", " ")
        core = core.str.replace_all(r"\s+", " ").str.strip_chars(" ,.;:-–/")
        frame = pl.DataFrame({"core": core, "form": form, "branch": branch, "whole": text})
        tidy = pl.when(pl.col("core") != "").then("core").when(pl.col("whole") != "").then("whole")
        return frame.select(tidy.alias("core"), "form", "branch")

    def parse_one(self, text: str) -> dict[str, str | None]:
        return self.parse(pl.Series([text], dtype=pl.String)).row(0, named=True)

    def same_form(self, one: str | None, other: str | None) -> bool:
        """False only when both forms are known and belong to different families."""
        if not one or not other:
            return True
        families = [self.by_code[code].family if code in self.by_code else code for code in (one, other)]
        return families[0] == families[1]

    def looks_like_organisation(self, series: pl.Series) -> pl.Series:
        """True where a name carries a legal form, a hint of one, or quotation marks round a core."""
        return over_unique(
            series, lambda text: self._form(text).is_not_null() | text.str.contains(f"[{QUOTES}].{{3,}}[{QUOTES}]")
        )

    @cached_property
    def _code_of(self) -> Mapping[str, str]:
        return {_plain(written): form.code for form in self.forms for written in form.written}

    @cached_property
    def _written_pattern(self) -> str:
        every = sorted({written for form in self.forms for written in form.written}, key=len, reverse=True)
        return rf"(?i){EDGE}(?:{'|'.join(_loose(each) for each in every)}){END}" if every else r"\b\B"

    @cached_property
    def _hint_pattern(self) -> str:
        every = sorted({hint for form in self.forms for hint in form.hints}, key=len, reverse=True)
        return rf"(?i){EDGE}({'|'.join(_loose(each) for each in every)}){END}" if every else r"(\b\B)"

    @cached_property
    def _hint_of(self) -> Mapping[str, str]:
        return {_plain(hint): form.code for form in self.forms for hint in form.hints}

    def _form(self, text: pl.Series) -> pl.Series:
        captured = self._written_pattern.replace(f"{EDGE}(?:", f"{EDGE}(", 1)
        written = _plain_all(text.str.extract(captured, 1)).replace_strict(
            self._code_of, default=None, return_dtype=pl.String
        )
        hinted = _plain_all(text.str.extract(self._hint_pattern, 1)).replace_strict(
            self._hint_of, default=None, return_dtype=pl.String
        )
        return written.zip_with(written.is_not_null(), hinted)

    def _branch(self, text: pl.Series) -> pl.Series:
        made = pl.Series("branch", [None] * len(text), dtype=pl.String)
        for pattern in self.branch_patterns:
            found = text.str.extract_groups(pattern).struct.field("branch")
            made = made.zip_with(made.is_not_null(), found)
        return made.str.strip_chars(f" ,.;:-{QUOTES}")


def _loose(written: str) -> str:
    """Dots, commas and spaces inside an abbreviation are optional: "Co.,Ltd" is also "Co Ltd"."""
    parts = [re.escape(part) for part in re.split(r"[\s.,\-]+", written) if part]
    return r"[\s.,\-]*".join(parts)


def _plain(written: str) -> str:
    return re.sub(r"[\s.,\-]+", "", written).lower()


def _plain_all(series: pl.Series) -> pl.Series:
    return series.str.replace_all(r"[\s.,\-]+", "").str.to_lowercase()
