"""Names of organisations: the core, the legal form and the branch, by the forms of a pack."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import polars as pl

from soyol.lib.columns import on_matching, over_unique

QUOTES = "\"“”„«»‘’‹›''`"
EDGE = r"(?:^|[\s" + QUOTES + r",.()\-/]+)"
END = r"(?:[\s" + QUOTES + r",.()\-/]+|$)"
#: Matches nothing.
NEVER = r"\b\B"


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
    #: Finds the words for a branch; names without them are not even tried.
    branch_words: str
    #: How a name tells what the body was called before, and the words that such names have.
    former_patterns: tuple[str, ...] = ()
    former_words: str = NEVER
    #: Concept → the words and phrases that stand for it in names, in the languages of lists.
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Words that only say what kind of place or numeral stands beside them.
    noise: tuple[str, ...] = ()
    #: Words that only people who make something together without a body of their own call themselves.
    informal: tuple[str, ...] = ()

    @classmethod
    def from_table(cls, told: Mapping[str, Any], words: Mapping[str, Any]) -> Self:
        """``told`` as in ``organisations.toml``, each form with its ``names``; ``words`` as in its file."""
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
        return cls(
            forms,
            tuple(told.get("branch_patterns", ())),
            told.get("branch_words", NEVER),
            tuple(told.get("former_patterns", ())),
            told.get("former_words", NEVER),
            {concept: tuple(written) for concept, written in words.get("concepts", {}).items()},
            tuple(words.get("noise", ())),
            tuple(told.get("informal", ())),
        )

    @cached_property
    def by_code(self) -> Mapping[str, OrganisationForm]:
        return {form.code: form for form in self.forms}

    def parse(self, series: pl.Series) -> pl.DataFrame:
        """Columns core (the name without form, quotes and branch), form (code), branch, former; null where none is."""
        text = on_matching(series, r"\s\s|[^\S ]|\x{00A0}|^\s|\s$", _single_spaces)
        text, former = self._former(text)
        branch = pl.Series("branch", [None], dtype=pl.String).new_from_index(0, len(text))
        branched = text.str.contains(self.branch_words).arg_true()
        if len(branched):
            some = text.gather(branched)
            branch = branch.scatter(branched, self._branch(some))
            text = text.clone().scatter(branched, self._without_branch(some))
        form = over_unique(text, self._form)
        columns = {"core": self._core(text), "form": form, "branch": branch, "former": former, "whole": text}
        tidy = pl.when(pl.col("core") != "").then("core").when(pl.col("whole") != "").then("whole")
        return pl.DataFrame(columns).select(tidy.alias("core"), "form", "branch", "former")

    def _core(self, text: pl.Series) -> pl.Series:
        core = on_matching(text, self._written_pattern, self._without_form)
        return on_matching(core, rf"[{QUOTES}()]", _unquoted).str.strip_chars(" ,.;:-–/")

    def _former(self, text: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The names without what they say of former ones, and the cores of those."""
        former = pl.Series("former", [None], dtype=pl.String).new_from_index(0, len(text))
        at = text.str.contains(self.former_words).arg_true()
        if not len(at):
            return text, former
        now = some = text.gather(at)
        before = former.gather(at)
        for pattern in self.former_patterns:
            groups = some.str.extract_groups(pattern).struct.unnest()
            found = groups["former"].is_not_null() & before.is_null()
            rest = groups["rest"].fill_null("") if "rest" in groups.columns else ""
            now = (groups["core"] + " " + rest).zip_with(found, now)
            before = groups["former"].zip_with(found, before)
        before = self._core(before)
        return text.clone().scatter(at, _single_spaces(now)), former.scatter(at, before.set(before == "", None))

    def parse_one(self, text: str) -> dict[str, str | None]:
        return self.parse(pl.Series([text], dtype=pl.String)).row(0, named=True)

    def without_one(self, text: str, form: str) -> str:
        """A name as written, without its quotation marks and without ``form``; words of other forms stay in it."""
        known = self.by_code.get(form)
        if known and known.written:
            every = "|".join(_loose(each) for each in sorted(known.written, key=len, reverse=True))
            text = re.sub(rf"(?i){EDGE}(?:{every}){END}", "  ", text)
        bare = re.sub(rf"[{QUOTES}()]", " ", text)
        return re.sub(r"\s+", " ", bare).strip(" ,.;:-–/") or text

    def has_form(self, text: str) -> bool:
        """Whether a legal form is written in a name."""
        return re.search(self._written_pattern, text) is not None

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

    def is_informal(self, series: pl.Series) -> pl.Series:
        """True where a name has a word of ``informal`` and no legal form."""
        words = rf"(?i){EDGE}(?:{'|'.join(_loose(each) for each in self.informal)}){END}" if self.informal else NEVER
        return over_unique(series, lambda text: text.str.contains(words) & ~text.str.contains(self._written_pattern))

    @cached_property
    def _code_of(self) -> Mapping[str, str]:
        return {_plain(written): form.code for form in self.forms for written in form.written}

    @cached_property
    def _written_pattern(self) -> str:
        every = sorted({written for form in self.forms for written in form.written}, key=len, reverse=True)
        return rf"(?i){EDGE}(?:{'|'.join(_loose(each) for each in every)}){END}" if every else NEVER

    @cached_property
    def _worded(self) -> list[str]:
        """Codes of forms that are written in words, too."""
        return [form.code for form in self.forms if any(not written.isupper() for written in form.written)]

    @cached_property
    def _short_pattern(self) -> str:
        """The abbreviations alone."""
        written = {each for form in self.forms for each in form.written if each.isupper()}
        every = sorted(written, key=len, reverse=True)
        return rf"(?i){EDGE}({'|'.join(_loose(each) for each in every)}){END}" if every else r"(\b\B)"

    @cached_property
    def _hint_pattern(self) -> str:
        every = sorted({hint for form in self.forms for hint in form.hints}, key=len, reverse=True)
        return rf"(?i){EDGE}({'|'.join(_loose(each) for each in every)}){END}" if every else r"(\b\B)"

    @cached_property
    def _hint_of(self) -> Mapping[str, str]:
        return {_plain(hint): form.code for form in self.forms for hint in form.hints}

    def _form(self, text: pl.Series) -> pl.Series:
        captured = self._written_pattern.replace(f"{EDGE}(?:", f"{EDGE}(", 1)
        form = _coded(text.str.extract(captured, 1), self._code_of)
        # A word of a form may be a word of the name, beside the abbreviation that says what the body is by law.
        worded = form.is_in(self._worded).fill_null(value=False).arg_true()
        if len(worded):
            short = _coded(text.gather(worded).str.extract(self._short_pattern, 1), self._code_of)
            form = form.scatter(worded, short.zip_with(short.is_not_null(), form.gather(worded)))
        rest = (form.is_null() & text.is_not_null()).arg_true()
        if not len(rest):
            return form
        return form.scatter(rest, _coded(text.gather(rest).str.extract(self._hint_pattern, 1), self._hint_of))

    def _without_form(self, text: pl.Series) -> pl.Series:
        """Twice, for forms that follow one another share the space between them."""
        for _ in range(2):
            text = text.str.replace_all(self._written_pattern, "  ")
        return _single_spaces(text)

    def _without_branch(self, text: pl.Series) -> pl.Series:
        for pattern in self.branch_patterns:
            text = text.str.replace(pattern, "${core}")
        return text

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


def _coded(words: pl.Series, codes: Mapping[str, str]) -> pl.Series:
    plain = words.str.replace_all(r"[\s.,\-]+", "").str.to_lowercase()
    return plain.replace_strict(codes, default=None, return_dtype=pl.String)


def _single_spaces(text: pl.Series) -> pl.Series:
    return text.str.replace_all(r"[\s\x{00A0}]+", " ").str.strip_chars()


def _unquoted(text: pl.Series) -> pl.Series:
    return _single_spaces(text.str.replace_all(f"[{QUOTES}]", " ").str.replace_all(r"\(\s*\)", " "))
