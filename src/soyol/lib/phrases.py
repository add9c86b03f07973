"""Which of many phrases stand in a text: whole words, from the left, the longest first."""

from collections.abc import Collection
from functools import cached_property

import polars as pl

#: Joins the phrases found in one text. Never part of a phrase.
BETWEEN = "|"
#: Up to so many texts are looked through word by word; for more it pays to build an automaton of all phrases.
FEW = 4000


class Phrases:
    """Phrases of words parted by single spaces, as are the texts in which they are looked for."""

    def __init__(self, phrases: Collection[str]) -> None:
        self.known = frozenset(filter(None, phrases))
        #: First word of a phrase → words of the longest that begins so.
        self.longest: dict[str, int] = {}
        for phrase in self.known:
            first, *more = phrase.split(" ")
            self.longest[first] = max(self.longest.get(first, 0), 1 + len(more))

    def find(self, texts: pl.Series) -> pl.Series:
        """Phrases found in each text, in order and none inside another, joined by ``BETWEEN``; "" where none is."""
        if self.known and len(texts) > FEW:
            return self._by_automaton(texts)
        found = [None if text is None else BETWEEN.join(self._find(text.split(" "))) for text in texts]
        return pl.Series(texts.name, found, dtype=pl.String)

    def _find(self, words: list[str]) -> list[str]:
        found, at = [], 0
        while at < len(words):
            size = next((size for size in range(self._most(words, at), 0, -1) if self._is(words, at, size)), 0)
            if size:
                found.append(" ".join(words[at : at + size]))
            at += size or 1
        return found

    def _most(self, words: list[str], at: int) -> int:
        return min(self.longest.get(words[at], 0), len(words) - at)

    def _is(self, words: list[str], at: int, size: int) -> bool:
        return " ".join(words[at : at + size]) in self.known

    @cached_property
    def _patterns(self) -> list[str]:
        """Each with spaces of its own, for texts whose spaces are doubled."""
        ordered = sorted(self.known, key=lambda phrase: (-len(phrase), phrase))
        return [f" {phrase.replace(' ', '  ')} " for phrase in ordered]

    def _by_automaton(self, texts: pl.Series) -> pl.Series:
        spaced = "  " + texts.str.replace_all(" ", "  ", literal=True) + "  "
        found = spaced.str.extract_many(self._patterns, leftmost=True).list.join(BETWEEN)
        single = found.str.replace_all("  ", " ", literal=True).str.strip_chars(" ")
        return single.str.replace_all(f" {BETWEEN} ", BETWEEN, literal=True).alias(texts.name)
