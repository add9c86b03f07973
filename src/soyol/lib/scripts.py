"""Writing systems by table: folding, romanising, keys for matching and sorting.

Nothing here knows a country: every letter comes from the tables of a pack (``scripts.toml``). Each function
takes a polars Series of text and gives one back (null stays null); functions ending in ``_one`` do it for one text.

Tables are lists of literal pairs, applied in one pass, the longest match first. Keys are made of ``[a-z0-9 ]`` as
far as the tables reach; letters that no table knows are kept, so that no name vanishes.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol, Self, TypeVar

import polars as pl

from soyol.lib.columns import Text, in_one_pass, on_matching, over_unique, over_words
from soyol.lib.few import FEW, Few
from soyol.lib.letters import swift

#: Signs of ordinary text beyond ASCII that need no normalising: quotation marks, dashes, the no-break space.
ORDINARY = "«»“”„‘’–—\u00a0"
#: Runs of anything but letters, digits and combining marks.
GAPS = swift(r"[^\p{L}\p{N}\p{M}]+")
WORDS_AND_GAPS = swift(r"[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+")
SORT_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BIGGEST_CACHE = 65_536

#: A column, or a column still to be worked out, of which both are changed in the same words.
Column = TypeVar("Column", pl.Series, pl.Expr)


class Step(Protocol):
    """A change of texts, and the regular expression that finds those it changes."""

    @property
    def trigger(self) -> str: ...

    def __call__(self, series: pl.Series, /) -> pl.Series: ...


class PlainStep(Protocol):
    """A change that treats every text alike, so that several are made in one pass."""

    def __call__(self, column: Column, /) -> Column: ...


class TableError(ValueError):
    """A table of a pack is not usable; the message names the table and the entry."""


def spaced(column: Column) -> Column:
    """Runs of anything but letters, digits and marks made one space, none at the ends."""
    return column.str.replace_all(GAPS, " ").str.strip_chars(" ")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Literal replacements in one pass, the longest first."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    @classmethod
    def of(cls, table: Mapping[str, str]) -> Self:
        ordered = sorted(table, key=lambda old: (-len(old), old))
        return cls(tuple(ordered), tuple(table[old] for old in ordered))

    @property
    def trigger(self) -> str:
        """A regular expression that finds every text this changes."""
        return "|".join(re.escape(old) for old in self.old)

    def __call__(self, column: Column, /) -> Column:
        if not self.old:
            return column
        leftmost = len(self.old[0]) > 1
        return column.str.replace_many(list(self.old), list(self.new), leftmost=leftmost)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression (Rust syntax: no look-around) and its replacement (``$1``)."""

    old: str
    new: str

    @property
    def trigger(self) -> str:
        return self.old

    def __call__(self, column: Column, /) -> Column:
        return column.str.replace_all(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Mixed:
    """Look-alikes of another script put right, only in words that hold a letter of ``letters`` next to one."""

    beside: str
    pairs: Pairs

    @classmethod
    def of(cls, letters: str, pairs: Mapping[str, str]) -> Self:
        alike = "".join(sorted(pairs))
        return cls(f"[{letters}][{alike}]|[{alike}][{letters}]", Pairs.of(pairs))

    @property
    def trigger(self) -> str:
        return self.beside

    def __call__(self, series: pl.Series) -> pl.Series:
        return on_matching(series, self.beside, self._by_words)

    def _by_words(self, series: pl.Series) -> pl.Series:
        words = series.to_frame("text").with_row_index("at")
        words = words.with_columns(pl.col("text").str.extract_all(WORDS_AND_GAPS)).explode("text")
        own = words["text"].str.contains(self.beside)
        words = words.with_columns(text=self.pairs(words["text"]).zip_with(own, words["text"]))
        made = words.group_by("at", maintain_order=True).agg(pl.col("text").str.join(""))
        return made["text"]


def strip_accents(series: pl.Series, alphabet: Sequence[str]) -> pl.Series:
    """Letters without their marks, compatibility forms made plain; letters of ``alphabet`` stay whole."""
    keep = private_letters([each for each in alphabet if unicodedata.normalize("NFD", each) != each])
    made = Pairs.of(keep)(series.str.normalize("NFKC"))
    made = made.str.normalize("NFD").str.replace_all(r"\p{M}+", "").str.normalize("NFC")
    return Pairs.of({new: old for old, new in keep.items()})(made)


def private_letters(letters: Sequence[str]) -> dict[str, str]:
    """A stand-in from the private use area for each letter, so that taking accents off leaves it whole."""
    return {letter: chr(0xE000 + index) for index, letter in enumerate(letters)}


@dataclass(frozen=True)
class Scripts:
    """The writing of one country: build with ``Scripts.from_tables``.

    alphabet: letters in dictionary order, lower case. repair_steps: habits of keyboards and old fonts, undone first.
    fold_table: letters that search treats alike. key_steps, sound_steps: see ``latin_key``, ``sound_key``.
    standards: romanisations by name, lower case letters to Latin ones.
    """

    alphabet: tuple[str, ...]
    repair_steps: tuple[Step, ...]
    fold_table: Pairs
    special_letters: Pairs
    key_steps: tuple[PlainStep, ...]
    sound_steps: tuple[PlainStep, ...]
    standards: Mapping[str, Text]

    @classmethod
    def from_tables(cls, tables: Mapping[str, Any]) -> Self:
        """Build from a pack's ``scripts.toml``; raises TableError naming what is wrong."""
        alphabet = tuple(tables["alphabet"])
        return cls(
            alphabet=alphabet,
            repair_steps=_steps(tables.get("repair", []), "repair"),
            fold_table=Pairs.of(tables.get("fold", {})),
            special_letters=Pairs.of(tables.get("special_letters", {})),
            key_steps=_plain_steps(tables.get("latin_key", []), "latin_key"),
            sound_steps=_plain_steps(tables.get("sound_key", []), "sound_key"),
            standards=_standards(tables.get("romanise", {})),
        )

    def repair(self, series: pl.Series) -> pl.Series:
        """Keyboard habits and look-alike letters put right; text without them is unchanged."""
        return on_matching(series, self._repairable, self._repaired)

    def fold(self, series: pl.Series) -> pl.Series:
        """What search compares: repaired, lower case, letters treated alike made one, punctuation to single spaces."""
        return self._by_words("fold", series, self._fold)

    def latin_key(self, series: pl.Series) -> pl.Series:
        """One Latin key for a name in any of its spellings; words stay apart by one space, hyphens join."""
        return self._by_words("latin_key", series, self._latin_key)

    def sound_key(self, series: pl.Series) -> pl.Series:
        """Coarser than ``latin_key``: vowels and near sounds taken together. For blocking only."""
        return self._by_words("sound_key", series, self._sound_key)

    def sort_key(self, series: pl.Series) -> pl.Series:
        """A key of ``[0-9a-z]``, two signs a letter, that sorts by this alphabet under any collation."""
        return self._by_texts("sort_key", series, self._sort_key)

    def romanise(self, series: pl.Series, standard: str | None = None) -> pl.Series:
        """Latin letters by a standard of this pack (the first when none is named); other letters stay as they are."""
        name = standard or next(iter(self.standards), None)
        if name is None:
            return series
        if name not in self.standards:
            raise TableError(f"no romanisation called {name!r}; there are {', '.join(self.standards)}")
        return self._by_texts(f"romanise {name}", series.str.normalize("NFC"), self.standards[name])

    def faith_one(self, text: str) -> tuple[bool, int]:
        """How faithful a spelling is: whether all its letters are of this alphabet, and how many are often left out."""
        letters = [sign for sign in text.lower() if sign.isalpha()]
        return set(letters) <= self._own_letters, sum(sign in self.fold_table.old for sign in letters)

    def fold_one(self, text: str) -> str:
        return self._one("fold", text)

    def latin_key_one(self, text: str) -> str:
        return self._one("latin_key", text)

    def sound_key_one(self, text: str) -> str:
        return self._one("sound_key", text)

    def sort_key_one(self, text: str) -> str:
        return self._one("sort_key", text)

    def repair_one(self, text: str) -> str:
        return self._one("repair", text)

    def romanise_one(self, text: str, standard: str | None = None) -> str:
        return self._one("romanise", text, standard)

    def _by_words(self, name: str, series: pl.Series, change: Text) -> pl.Series:
        if len(series) <= FEW:
            return self._few.words(name, series, change)
        return over_unique(series, lambda texts: over_words(texts, change))

    def _by_texts(self, name: str, series: pl.Series, change: Text) -> pl.Series:
        return self._few.texts(name, series, change) if len(series) <= FEW else over_unique(series, change)

    @cached_property
    def _few(self) -> Few:
        return Few()

    @cached_property
    def _one(self) -> Callable[..., str]:
        @lru_cache(maxsize=BIGGEST_CACHE)
        def cached(name: str, text: str, *more: str | None) -> str:
            made: str = getattr(self, name)(pl.Series([text], dtype=pl.String), *more)[0]
            return made

        return cached

    @cached_property
    def _own_letters(self) -> frozenset[str]:
        return frozenset(self.alphabet)

    @cached_property
    def _repairable(self) -> str:
        return "|".join(step.trigger for step in self.repair_steps) or r"\b\B"

    @cached_property
    def _hard(self) -> str:
        """Finds texts that need more than small letters: repairs, accents, letters of other scripts, unusual signs."""
        letters = "".join({form for letter in self.alphabet for form in (letter, letter.upper())} - {"-"})
        return rf"[^\x00-\x7F{letters}{ORDINARY}]|{self._repairable}"

    def _repaired(self, series: pl.Series) -> pl.Series:
        for step in self.repair_steps:
            series = step(series)
        return series

    def _plain_lower(self, series: pl.Series) -> pl.Series:
        """Small letters, repaired and without accents: what all keys begin with, and so made once of a few words."""
        return self._few.words("lower", series, self._lowered) if len(series) <= FEW else self._lowered(series)

    def _lowered(self, series: pl.Series) -> pl.Series:
        return on_matching(series.str.to_lowercase(), self._hard, self._hard_lower)

    def _hard_lower(self, series: pl.Series) -> pl.Series:
        return strip_accents(self.special_letters(self._repaired(series).str.to_lowercase()), self.alphabet)

    def _fold(self, series: pl.Series) -> pl.Series:
        return in_one_pass(self._plain_lower(series), lambda text: spaced(self.fold_table(text)))

    def _latin_key(self, series: pl.Series) -> pl.Series:
        return in_one_pass(self._plain_lower(series), lambda text: spaced(_stepped(text, self.key_steps)))

    def _sound_key(self, series: pl.Series) -> pl.Series:
        def sounds(text: pl.Expr) -> pl.Expr:
            return _stepped(text, self.sound_steps).str.replace_all(" +", " ").str.strip_chars(" ")

        return in_one_pass(self.latin_key(series), sounds)

    def _sort_key(self, series: pl.Series) -> pl.Series:
        # Punctuation counts as a space; letters of no table sort last, by themselves.
        lower = self._plain_lower(series)
        return in_one_pass(lower, lambda text: self._ranks(spaced(text)).str.replace_all(r"[^0-9a-z]", "zz"))

    @cached_property
    def _ranks(self) -> Pairs:
        others = (letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in self.alphabet)
        order = itertools.chain(" 0123456789", self.alphabet, others)
        width = len(SORT_DIGITS)
        return Pairs.of({sign: SORT_DIGITS[at // width] + SORT_DIGITS[at % width] for at, sign in enumerate(order)})


def _steps(told: Sequence[Mapping[str, Any]], name: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    for step in told:
        if "pairs" in step:
            steps.append(Pairs.of(step["pairs"]))
        elif "letters" in step:
            steps.append(Pairs.of(_letter_pairs(step["letters"])))
        elif "pattern" in step:
            steps.append(Pattern(step["pattern"], step["to"]))
        elif "mixed" in step:
            steps.append(Mixed.of(step["mixed"]["letters"], step["mixed"]["pairs"]))
        else:
            raise TableError(f"{name}: a step has none of pairs, letters, pattern, mixed: {dict(step)!r}")
    return tuple(steps)


def _plain_steps(told: Sequence[Mapping[str, Any]], name: str) -> tuple[PlainStep, ...]:
    steps = _steps(told, name)
    if any(isinstance(step, Mixed) for step in steps):
        raise TableError(f"{name}: a step with 'mixed' may stand in 'repair' only")
    return tuple(step for step in steps if isinstance(step, Pairs | Pattern))


def _stepped(text: pl.Expr, steps: Sequence[PlainStep]) -> pl.Expr:
    for step in steps:
        text = step(text)
    return text


def _letter_pairs(told: Mapping[str, Any]) -> dict[str, str]:
    """Pairs for every combination of letters of named classes: ``{"forms": {"{c}y{v}": "{c}i{v}"}, "c": …}``."""
    classes = {key: value for key, value in told.items() if key != "forms"}
    made: dict[str, str] = {}
    for old, new in told["forms"].items():
        used = [key for key in classes if f"{{{key}}}" in old]
        for letters in itertools.product(*(classes[key] for key in used)):
            chosen = dict(zip(used, letters, strict=True))
            made.setdefault(old.format_map(chosen), new.format_map(chosen))
    return made


def _standards(told: Mapping[str, Mapping[str, str]]) -> dict[str, Text]:
    """Romanisations by name; one may inherit another and say only where it differs."""
    made: dict[str, Text] = {}
    for name, table in told.items():
        parent = told[table["inherits"]] if "inherits" in table else {}
        own = {old: new for old, new in {**parent, **table}.items() if old != "inherits"}
        made[name] = _romaniser(own, name)
    return made


def _romaniser(table: Mapping[str, str], name: str) -> Text:
    """Case by the standards: a capital of several letters is ``Kh`` before a small letter or a stop, else ``KH``."""
    pairs: dict[str, str] = {}
    for old, new in table.items():
        if old != old.lower():
            raise TableError(f"romanise.{name}: write {old!r} in lower case")
        pairs[old] = new
        for upper in {old.upper(), old.title()} - {old}:
            several = len(new) > 1
            pairs[upper] = new.upper() if upper == old.upper() else new.capitalize()
            if several and upper == old.upper():
                pairs[upper + "."] = new.capitalize() + "."  # an initial
                for small, following in table.items():
                    if len(small) == 1:
                        pairs[upper + small] = new.capitalize() + following
    return Pairs.of(pairs)
