"""Domains, areas, steps of the culture cycle and occupations, with the crosswalk between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import polars as pl

from soyol.lib.scripts import Scripts
from soyol.packs.finding import Finder


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its names by language and the words by which lists mean it."""

    code: str
    names: Mapping[str, str]
    synonyms: tuple[str, ...] = ()
    #: Of an occupation: its domain and step of the culture cycle. Of a domain, group: cultural, related, transversal.
    domain: str = ""
    step: str = ""
    group: str = ""

    def name(self, lang: str) -> str:
        """The name in a language, else in English, else in any."""
        return self.names.get(lang) or self.names.get("en") or next(iter(self.names.values()))


@dataclass(frozen=True)
class Vocab:
    """Code lists of a pack. crosswalk: domain -> areas."""

    domains: tuple[Term, ...]
    areas: tuple[Term, ...]
    steps: tuple[Term, ...]
    occupations: tuple[Term, ...]
    crosswalk: Mapping[str, tuple[str, ...]]
    scripts: Scripts
    version: str

    @classmethod
    def from_tables(cls, told: Mapping[str, Any], occupations: Iterable[Term], scripts: Scripts) -> Self:
        """``told`` as in ``vocab.toml`` with names filled in."""
        return cls(
            domains=_terms(told["domains"]),
            areas=_terms(told["areas"]),
            steps=_terms(told["steps"]),
            occupations=tuple(occupations),
            crosswalk={each["code"]: tuple(each.get("areas", ())) for each in told["domains"]},
            scripts=scripts,
            version=told["version"],
        )

    @cached_property
    def by_code(self) -> Mapping[str, Term]:
        """Occupations by code."""
        return {term.code: term for term in self.occupations}

    def match(self, series: pl.Series) -> pl.DataFrame:
        """Columns occupation, domain and area: what each text names of every kind, at the price of one key."""
        key = self.scripts.latin_key(series)
        finders = (self._occupation_finder, self._domain_finder, self._area_finder)
        found = (finder.find_in_keys(key) for finder in finders)
        return pl.DataFrame(dict(zip(("occupation", "domain", "area"), found, strict=True)))

    def match_occupation(self, series: pl.Series) -> pl.Series:
        """Occupations that each text names (list of codes), or null."""
        return self._occupation_finder.find(series)

    def match_domain(self, series: pl.Series) -> pl.Series:
        """Domains that each text names (list of codes), or null."""
        return self._domain_finder.find(series)

    def match_area(self, series: pl.Series) -> pl.Series:
        """The programme's areas that each text names (list of codes), or null."""
        return self._area_finder.find(series)

    def domains_of(self, occupations: pl.Series) -> pl.Series:
        """Domains of lists of occupations, distinct, in order; null stays null."""
        return _crossed(occupations, {term.code: [term.domain] for term in self.occupations if term.domain})

    def areas_of(self, domains: pl.Series) -> pl.Series:
        """Areas of lists of domains, distinct, in order; null where none belongs."""
        return _crossed(domains, self.crosswalk)

    @cached_property
    def _occupation_finder(self) -> Finder:
        return Finder.of(self.scripts, _words(self.occupations))

    @cached_property
    def _domain_finder(self) -> Finder:
        return Finder.of(self.scripts, _words(self.domains))

    @cached_property
    def _area_finder(self) -> Finder:
        return Finder.of(self.scripts, _words(self.areas))


def _words(terms: Iterable[Term]) -> dict[str, str]:
    """Names before synonyms: a word that is one term's name is not taken by another's synonym."""
    names = {name: term.code for term in terms for name in term.names.values()}
    codes = {term.code.replace("_", " "): term.code for term in terms if len(term.code) > 1}
    return {**{word: term.code for term in terms for word in term.synonyms if word not in names}, **codes, **names}


def _terms(told: Iterable[Mapping[str, Any]]) -> tuple[Term, ...]:
    return tuple(
        Term(each["code"], each["names"], tuple(each.get("synonyms", ())), group=each.get("group", "")) for each in told
    )


def _crossed(lists: pl.Series, table: Mapping[str, Sequence[str]]) -> pl.Series:
    made = [
        list(dict.fromkeys(other for code in codes for other in table.get(code, ()))) or None
        if codes is not None
        else None
        for codes in lists
    ]
    return pl.Series(lists.name, made, dtype=pl.List(pl.String))
