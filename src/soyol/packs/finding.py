"""Finding the terms that a text holds: whole words, in any spelling, the longest first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import polars as pl

from soyol.lib.columns import over_unique
from soyol.lib.phrases import BETWEEN, Phrases
from soyol.lib.scripts import Scripts


@dataclass(frozen=True)
class Finder:
    """What keys mean. Keys are Latin keys of words; build with ``Finder.of``."""

    scripts: Scripts
    meaning: Mapping[str, str]
    _known: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, scripts: Scripts, words: Mapping[str, str]) -> Self:
        """``words``: how a term is written -> its code. The first one wins where two are written alike."""
        keys = scripts.latin_key(pl.Series(list(words), dtype=pl.String))
        meaning: dict[str, str] = {}
        for key, code in zip(keys, words.values(), strict=True):
            if key:
                meaning.setdefault(key, code)
        return cls(scripts, meaning)

    def find(self, series: pl.Series) -> pl.Series:
        """Distinct codes in the order in which each text names them (list of text); null where there is none."""
        found = over_unique(series, lambda texts: self.find_in_keys(self.scripts.latin_key(texts)))
        return found.alias(series.name)

    def find_first(self, series: pl.Series) -> pl.Series:
        """The first code of each text, or null."""
        return self.find(series).list.first()

    def find_whole(self, series: pl.Series) -> pl.Series:
        """The code of texts that are exactly one term, else null."""
        keys = self.scripts.latin_key(series)
        return keys.replace_strict(dict(self.meaning), default=None, return_dtype=pl.String)

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self.meaning)

    def find_in_keys(self, key: pl.Series) -> pl.Series:
        """As ``find``, for texts whose Latin keys are known already."""
        return over_unique(self._phrases.find(key), self._meanings)

    def _meanings(self, found: pl.Series) -> pl.Series:
        return pl.Series([self._codes(each) if each else None for each in found], dtype=pl.List(pl.String))

    def _codes(self, found: str) -> list[str]:
        if found not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            codes = (self.meaning[each] for each in found.split(BETWEEN))
            self._known[found] = list(dict.fromkeys(codes))
        return self._known[found]
