"""Names of persons: their parts, in whatever order a list writes them, by the shapes of a pack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Self

import polars as pl

from soyol.lib.columns import on_matching, over_unique
from soyol.lib.scripts import BIGGEST_CACHE

PARTS = ("surname", "given_name", "clan_name")
#: Every quotation mark that encloses a nickname.
QUOTED = "[\"“”„«»‘’'‹›]"
BESIDE = rf"\s*(?:{QUOTED}([^\"“”„«»]{{2,}}?){QUOTED}|\(([^)]*)\))\s*"
#: Names that need no tidying: an initial and a name, or one or two words, each a capital with small letters.
PLAIN = r"^(?:\p{Lu}\p{Ll}?\.\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?|\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)?)$"


@dataclass(frozen=True, slots=True)
class Shape:
    """A regular expression with groups named after the parts; ``known`` when it tells the parts apart for sure."""

    pattern: str
    known: bool
    #: A cheaper pattern that every such name holds too: names without it are not even tried.
    only: str
    #: The same shape with looser parts, which is enough to take apart what fits, and several times faster.
    loose: str


@dataclass(frozen=True)
class PersonNames:
    """Build from ``names.toml``. Patterns may use ``%part%`` for the regular expressions in ``parts``."""

    shapes: tuple[Shape, ...]
    titles: str
    tidy_patterns: tuple[tuple[str, str], ...]
    genitive_pattern: str
    genitive_endings: tuple[tuple[str, str, str], ...]
    initial: str
    styles: Mapping[str, str]
    common: tuple[str, ...]

    @classmethod
    def from_table(cls, told: Mapping[str, Any]) -> Self:
        parts: dict[str, str] = {}
        for name, pattern in told.get("parts", {}).items():
            parts[name] = _filled(pattern, parts)
        loose = {**parts, **told.get("loose", {})}
        genitive = told.get("genitive", {})
        return cls(
            shapes=tuple(
                Shape(
                    _filled(each["pattern"], parts),
                    each["known"],
                    each.get("only", ""),
                    _filled(each["pattern"], loose),
                )
                for each in told["shapes"]
            ),
            titles=_filled(told.get("titles", ""), parts),
            tidy_patterns=tuple((_filled(old, parts), new) for old, new in told.get("tidy", [])),
            genitive_pattern=genitive.get("unknown", ""),
            genitive_endings=tuple((old, cut, new) for old, cut, new in genitive.get("of_known", [])),
            initial=told.get("initial", r"^\p{L}"),
            styles=told["styles"],
            common=tuple(told.get("common", ())),
        )

    def parse(self, series: pl.Series) -> pl.DataFrame:
        """Columns surname, given_name, clan_name, stage_name, order ("known" or "guessed").

        A part that a name does not have is null. ``stage_name`` stands in quotation marks or brackets beside a name.
        """
        distinct = series.unique() if len(series) > 1000 else None
        if distinct is None or len(distinct) > 0.5 * len(series):
            return self._parse(series)
        made = self._parse(distinct).with_columns(distinct.alias("_text"))
        joined = series.to_frame("_text").join(made, on="_text", how="left", maintain_order="left", nulls_equal=True)
        return joined.drop("_text")

    def parse_one(self, text: str) -> dict[str, str | None]:
        return self.parse(pl.Series([text], dtype=pl.String)).row(0, named=True)

    def tidy(self, series: pl.Series) -> pl.Series:
        """One space between words, one kind of hyphen, no titles; shouting and whispering to capital initials."""
        at = (~series.str.contains(PLAIN)).arg_true()
        text = series.clone().scatter(at, self._tidied(series.gather(at))) if len(at) else series
        if self.titles:
            text = on_matching(text, self.titles, lambda some: some.str.replace(self.titles, ""))
        return text

    def strip_genitive(self, series: pl.Series) -> pl.Series:
        """A parent's name out of its genitive; names that are in no genitive stay."""
        if not self.genitive_pattern:
            return series
        return over_unique(series, self._strip_genitive)

    def strip_genitive_one(self, text: str) -> str:
        made: str = self.strip_genitive(pl.Series([text], dtype=pl.String))[0]
        return made

    def format(self, surname: str | None, given: str | None, style: str = "full") -> str:
        """The name as ``full``, ``short`` (with an initial) or ``sorted``; only the part that is there otherwise."""
        if not surname or not given:
            return surname or given or ""
        shape, parts = self.styles[style], {"surname": surname, "given": given}
        initials = {f"{part}_initial": name for part, name in parts.items()}
        asked = {part: self.initial_one(name) for part, name in initials.items() if f"{{{part}}}" in shape}
        return shape.format(**parts, **asked)

    def initial_one(self, name: str) -> str:
        """The initial, two letters where one sound is written with two."""
        return self._initial(name)

    @cached_property
    def _initial(self) -> Callable[[str], str]:
        @lru_cache(maxsize=BIGGEST_CACHE)
        def cached(name: str) -> str:
            found: str | None = pl.Series([name], dtype=pl.String).str.extract(f"({self.initial})", 1)[0]
            return found or name[:1]

        return cached

    def is_initial(self, part: str) -> bool:
        """Whether a part of a name is an initial, with its stop or without; a name of two letters is none."""
        bare = part.rstrip(". ")
        return 0 < len(bare) <= 2 and self.initial_one(bare) == bare

    def _tidied(self, series: pl.Series) -> pl.Series:
        text = series.str.replace_all(r"[\s\x{00A0}]+", " ").str.replace_all(r"\s*[‐‑‒–—-]+\s*", "-")
        text = text.str.strip_chars(" -,;/")
        for old, new in self.tidy_patterns:
            text = text.str.replace_all(old, new)
        even = text.str.contains(r"^[^\p{Ll}]*\p{Lu}{2}[^\p{Ll}]*$|^[^\p{Lu}]+$")
        return text.str.to_titlecase().zip_with(even, text)

    def _parse(self, series: pl.Series) -> pl.DataFrame:
        stage, text = _stage_names(series.fill_null(""))
        made = self._fitted(self.tidy(text))
        surname = self.strip_genitive(made["surname"]).str.strip_chars(" .,")
        told = pl.when(pl.col("given_name").is_not_null() | surname.is_not_null()).then("order")
        made = made.with_columns(surname=surname, stage_name=stage, order=told)
        return made.select("surname", "given_name", "clan_name", "stage_name", "order")

    def _fitted(self, text: pl.Series) -> pl.DataFrame:
        """Each text by the first shape that fits."""
        pieces: list[pl.DataFrame] = []
        value = pl.col("text")
        asked = {shape.only: value.str.contains(shape.only) for shape in self.shapes if shape.only}
        left = pl.DataFrame({"text": text}).with_row_index("at").with_columns(**asked)
        for shape in self.shapes:
            fits = value.str.contains(shape.pattern)
            tried = left.filter(shape.only) if shape.only else left
            hit = tried.filter(fits) if len(tried) else tried
            if not len(hit):
                continue
            left = left.join(hit.select("at"), on="at", how="anti", maintain_order="left")
            groups = hit["text"].str.extract_groups(shape.loose).struct.unnest()
            columns = [_part(groups, name) for name in PARTS]
            order = pl.lit("known" if shape.known else "guessed").alias("order")
            pieces.append(groups.select(hit["at"], *columns, order))
        pieces.append(left.select("at", *(pl.lit(None, dtype=pl.String).alias(name) for name in (*PARTS, "order"))))
        return pl.concat(pieces).sort("at").drop("at")

    @cached_property
    def _known_genitives(self) -> tuple[list[str], list[str]]:
        """Genitive forms of common names, the commoner name first where two share a form."""
        found: dict[str, str] = {}
        for name in self.common:
            for ending, cut, added in self.genitive_endings:
                if name.endswith(ending):
                    found.setdefault(name.removesuffix(cut) + added, name)
        for name in self.common:
            found.pop(name, None)
        return list(found), list(found.values())

    def _strip_genitive(self, series: pl.Series) -> pl.Series:
        known = series.replace_strict(*self._known_genitives, default=None, return_dtype=pl.String)
        plain = series.is_in(list(self.common))
        stripped = series.str.replace(self.genitive_pattern, "$1")
        return pl.select(
            pl.when(plain).then(series).otherwise(pl.coalesce(known, stripped)).alias(series.name)
        ).to_series()


def _stage_names(raw: pl.Series) -> tuple[pl.Series, pl.Series]:
    """What stands in quotation marks or brackets beside a name, and the name without it."""
    stage = pl.Series([None], dtype=pl.String).new_from_index(0, len(raw))
    at = raw.str.contains(BESIDE).arg_true()
    if not len(at):
        return stage, raw
    some = raw.gather(at)
    inside = some.str.extract_groups(BESIDE).struct.unnest().select(pl.coalesce("1", "2").str.strip_chars()).to_series()
    outside = some.str.replace(BESIDE, " ")
    alone = outside.str.strip_chars() == ""
    return stage.scatter(at, inside.set(alone, None)), raw.clone().scatter(at, some.zip_with(alone, outside))


def _part(groups: pl.DataFrame, name: str) -> pl.Expr:
    """A part by name; a shape that writes it in two places numbers the second."""
    told = [pl.col(each) for each in (name, f"{name}2") if each in groups.columns]
    value = pl.coalesce(told) if told else pl.lit(None, dtype=pl.String)
    tidy = value.str.strip_chars(" .,;:-")
    return pl.when(tidy != "").then(tidy).alias(name)


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"%{name}%", part)
    return pattern
