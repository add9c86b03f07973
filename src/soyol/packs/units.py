"""Administrative units: who contains whom, and which unit a text means."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import polars as pl

from soyol.lib.columns import over_unique
from soyol.lib.letters import swift
from soyol.lib.phrases import BETWEEN, Phrases
from soyol.lib.scripts import Scripts

STOPS = swift(r"(\p{L})[.,;:/]+")
NUMBERED = swift(r"\d+\p{L}?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of one level. ``centre`` is (longitude, latitude) of its seat where the pack tells it."""

    code: str
    level: int
    parent: str
    iso: str
    nso: str
    kind: str
    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    centre: tuple[float, float] | None = None

    def name(self, lang: str) -> str:
        """The name in a language, else in English, else in any."""
        return self.names.get(lang) or self.names.get("en") or next(iter(self.names.values()))


@dataclass(frozen=True)
class Level:
    """A level of units: its number, its name and plural by language, and the words that name its kinds in addresses."""

    number: int
    code: str
    names: Mapping[str, str]
    plurals: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Units:
    """All units of a pack, country first, each parent before its children."""

    all: tuple[Unit, ...]
    levels: tuple[Level, ...]
    scripts: Scripts
    #: Pattern with groups number and kind, for the smallest parts of an address, which have no codes of their own.
    small_pattern: str = ""
    _cache: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]], told: Mapping[str, Any], scripts: Scripts) -> Self:
        levels = tuple(_level(number, each) for number, each in enumerate(told["levels"]))
        return cls(tuple(_unit(row) for row in rows), levels, scripts, told.get("small_pattern", ""))

    @cached_property
    def by_code(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.all}

    @cached_property
    def by_iso(self) -> Mapping[str, Unit]:
        return {unit.iso: unit for unit in self.all if unit.iso}

    @property
    def country(self) -> Unit:
        return self.all[0]

    def at_level(self, level: int) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.all if unit.level == level)

    def ancestors(self, code: str) -> tuple[Unit, ...]:
        """From the parent up to the country."""
        found, unit = [], self.by_code[code]
        while unit.parent:
            unit = self.by_code[unit.parent]
            found.append(unit)
        return tuple(found)

    def children(self, code: str) -> tuple[Unit, ...]:
        return tuple(self.by_code[each] for each in self._children.get(code, ()))

    def sort(self, units: Iterable[Unit], lang: str) -> list[Unit]:
        """By name in the alphabet of the pack, capital cities first as official lists have them."""
        return sorted(
            units, key=lambda unit: (unit.kind != "capital", self.scripts.sort_key_one(unit.name(lang)), unit.code)
        )

    def match(self, series: pl.Series) -> pl.Series:
        """The most specific unit that each address, or cell of a unit column, surely means: its code, or null.

        A cell that is nothing but a code of the pack or of ISO 3166-2 is that unit; numbers in an address are not.
        """
        coded = series.str.strip_chars().replace_strict(self._own_codes, default=None, return_dtype=pl.String)
        return coded.zip_with(coded.is_not_null(), over_unique(_without_numbers(series), self._match))

    def match_one(self, text: str) -> str | None:
        found: str | None = self.match(pl.Series([text], dtype=pl.String))[0]
        return found

    def named(self, text: str) -> tuple[str, ...]:
        """Codes of the units that a text can mean which is nothing but a name; none for every other text."""
        key = self.scripts.latin_key(pl.Series([text], dtype=pl.String))[0]
        return self._readings.get(key or "", ((), False))[0]

    def small_parts(self, series: pl.Series) -> pl.DataFrame:
        """The part below the coded units: columns ``number`` and ``kind`` (folded), null where there is none."""
        folded = self.scripts.fold(series)
        found = folded.str.extract_groups(self.small_pattern or r"(?<number>\b\B)(?<kind>)").struct.unnest()
        return found.select("number", "kind")

    @cached_property
    def _own_codes(self) -> Mapping[str, str]:
        coded = [unit for unit in self.all if unit.level]
        return {unit.code: unit.code for unit in coded} | {unit.iso: unit.code for unit in coded if unit.iso}

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for unit in self.all:
            found[unit.parent].append(unit.code)
        return found

    @cached_property
    def _readings(self) -> Mapping[str, tuple[tuple[str, ...], bool]]:
        """Key of a name, with or without the word of its kind -> codes it can mean, whether the kind was named."""
        spelled = [(unit, name) for unit in self.all for name in dict.fromkeys([*unit.names.values(), *unit.aliases])]
        found: dict[str, tuple[dict[str, Unit], bool]] = {}
        for spelling in (_as_written, _apart, _joined):
            forms = [(unit, form, named) for unit, name in spelled for form, named in self._forms(unit, spelling(name))]
            keys = self.scripts.latin_key(pl.Series([form for _, form, _ in forms], dtype=pl.String))
            for (unit, _, named), key in zip(forms, keys, strict=True):
                others = found.setdefault(key, ({}, named))[0]
                # A spelling of our making must not blur the name that a sibling really has.
                if spelling is _as_written or all(other.parent != unit.parent for other in others.values()):
                    others.setdefault(unit.code, unit)
        return {key: (tuple(units), named) for key, (units, named) in found.items() if key}

    def _forms(self, unit: Unit, name: str) -> list[tuple[str, bool]]:
        """The name alone, and with each word of its kind on either side: (form, whether the kind is named)."""
        words = self.levels[unit.level].words.get(unit.kind, ())
        return [(name, False), *((form, True) for word in words for form in (f"{name} {word}", f"{word} {name}"))]

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self._readings)

    def _match(self, series: pl.Series) -> pl.Series:
        key = self.scripts.latin_key(series.str.replace_all(STOPS, "$1 "))
        return over_unique(self._phrases.find(key), self._resolve_all).alias(series.name)

    def _resolve_all(self, found: pl.Series) -> pl.Series:
        return pl.Series([self._resolve(each) if each else None for each in found], dtype=pl.String)

    def _resolve(self, found: str) -> str | None:
        if found not in self._cache:
            if len(self._cache) > 50_000:
                self._cache.clear()
            self._cache[found] = self._choose([self._readings[each] for each in found.split(BETWEEN)])
        return self._cache[found]

    def _choose(self, readings: Sequence[tuple[tuple[str, ...], bool]]) -> str | None:
        """The deepest unit that all readings allow; a reading that fits no other is left aside."""
        options = [[*codes, None] for codes, _ in readings[:6]]
        best: tuple[int, ...] = (0,)
        chosen: set[str] = set()
        for combination in itertools.product(*options):
            taken = [code for code in combination if code]
            deepest = max(taken, key=lambda code: self.by_code[code].level, default=None)
            if deepest is None or not set(taken) <= {deepest, *(unit.code for unit in self.ancestors(deepest))}:
                continue
            sure = sum(named for code, (_, named) in zip(combination, readings, strict=False) if code)
            score = (sure, len(taken), -self._rank(deepest, alone=len(set(taken)) == 1))
            if score > best or best == (0,):
                best, chosen = score, {deepest}
            elif score == best:
                chosen.add(deepest)
        return next(iter(chosen)) if len(chosen) == 1 else self._shared(chosen)

    def _rank(self, code: str, *, alone: bool) -> int:
        """Among equal names standing alone, the larger unit is meant; parts of a capital come before far namesakes."""
        unit = self.by_code[code]
        if not alone:
            return 0
        in_capital = unit.level > 1 and any(above.kind == "capital" for above in self.ancestors(code))
        return unit.level * 2 - in_capital

    def _shared(self, codes: set[str]) -> str | None:
        """What several equally good readings have in common, unless that is only the country."""
        lines = [{code, *(unit.code for unit in self.ancestors(code))} for code in codes]
        common = set.intersection(*lines) if lines else set()
        deepest = max(common, key=lambda code: self.by_code[code].level, default=None)
        return deepest if deepest and self.by_code[deepest].level else None


def _without_numbers(series: pl.Series) -> pl.Series:
    """Doors and quarters tell no unit; without their numbers, addresses of one place are one text."""
    return series.str.replace_all(NUMBERED, "0")


def _as_written(name: str) -> str:
    return name


def _apart(name: str) -> str:
    """Two-part names are written with a hyphen, or as two words."""
    return name.replace("-", " ")


def _joined(name: str) -> str:
    """Or as one word, which the key makes of a hyphen."""
    return name.replace(" ", "-")


def _level(number: int, told: Mapping[str, Any]) -> Level:
    words = {kind: tuple(each) for kind, each in told.get("words", {}).items()}
    return Level(number, told["code"], told["names"], told["plurals"], words)


def _unit(row: Mapping[str, str]) -> Unit:
    fixed = {"code", "level", "parent", "iso", "nso", "kind", "aliases", "centre_lon", "centre_lat"}
    centre = (float(row["centre_lon"]), float(row["centre_lat"])) if row.get("centre_lon") else None
    return Unit(
        code=row["code"],
        level=int(row["level"]),
        parent=row["parent"],
        iso=row.get("iso", ""),
        nso=row.get("nso", ""),
        kind=row["kind"],
        names={lang: name for lang, name in row.items() if lang not in fixed and name},
        aliases=tuple(alias for alias in row.get("aliases", "").split("|") if alias),
        centre=centre,
    )
