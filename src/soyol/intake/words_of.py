"""What a country pack knows of the words in lists: headings, totals, yes and no, kinds of rows."""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

import polars as pl

from soyol.intake.fields import SCHEMES, canonical
from soyol.intake.layout import plain
from soyol.lib import words
from soyol.packs import Pack

#: The answers (in a pack's ``answers``) that a field of few values takes, and the code that each becomes.
ANSWERS: dict[str, dict[str, str]] = {
    "gender": {"male": "male", "female": "female", "other": "other"},
    "consent": {"yes": "yes", "no": "no"},
    "kind": {"person": "person", "organisation": "organisation", "group": "group"},
    "level": {"local": "local", "national": "national", "international": "international"},
}

P = ParamSpec("P")
T = TypeVar("T")


def per_pack(make: Callable[Concatenate[Pack, P], T]) -> Callable[Concatenate[Pack, P], T]:
    """Keep what ``make`` gives for a pack, which is loaded once and lives as long as the process but has no hash."""
    kept: dict[tuple[object, ...], tuple[Pack, T]] = {}

    @wraps(make)
    def known(pack: Pack, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (id(pack), *args, *sorted(kwargs.items()))
        if key not in kept:
            kept[key] = (pack, make(pack, *args, **kwargs))
        return kept[key][1]

    return known


@per_pack
def headings(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """Field → headings in the form of ``plain``; identifiers of public schemes are always known."""
    found: dict[str, dict[str, None]] = {}
    for name, synonyms in (*pack.headings.items(), *pack.combined_headings.items()):
        field = canonical(name)
        if field:
            found.setdefault(field, {}).update(dict.fromkeys(filter(None, map(plain, synonyms))))
    schemes = found.setdefault("external_id", {})
    for names, _ in SCHEMES.values():
        schemes.update(dict.fromkeys(map(plain, names)))
    return {field: tuple(synonyms) for field, synonyms in found.items()}


def known_headings(pack: Pack) -> frozenset[str]:
    """Every heading the pack knows, for finding where a list begins."""
    return frozenset(synonym for synonyms in headings(pack).values() for synonym in synonyms)


@per_pack
def choices(pack: Pack, field: str) -> Mapping[str, str]:
    """Word in the form of ``small`` → code, for a field of few values."""
    known: dict[str, str] = {}
    for answer, code in ANSWERS[field].items():
        for word in (answer, *pack.answers.get(answer, ())):
            known.setdefault(small(word), code)
    return known


def chosen(pack: Pack, field: str, values: pl.Series) -> pl.Series:
    """Codes of the words in ``values``; null where a word is not known."""
    known = choices(pack, field)
    codes = {value: known.get(small(value)) for value in values.unique().drop_nulls().to_list()}
    if not codes:
        return pl.Series(values.name, [None] * len(values), dtype=pl.String)
    return values.replace_strict(codes, default=None, return_dtype=pl.String)


@per_pack
def totals(pack: Pack) -> frozenset[str]:
    """First words of total rows, in the form of ``plain``."""
    return frozenset(plain(word) for word in pack.answers.get("total", ()))


@per_pack
def signatures(pack: Pack) -> frozenset[str]:
    """With what a line begins that says who drew a list up, in small letters."""
    return frozenset(word.casefold() for word in pack.answers.get("signature", ()))


@per_pack
def missing_as_written(pack: Pack) -> list[str]:
    """Cells that say nothing ("-", "n/a", "байхгүй"), in every case in which they are written."""
    words = {word.strip() for word in pack.answers.get("missing", ())}
    return sorted({form for word in words for form in (word, word.lower(), word.upper(), word.capitalize())})


@cache
def note_headings() -> frozenset[str]:
    """Headings of the columns that we add to an annotated workbook, in every language."""
    return _said("intake.workbook.note") | mark_headings()


@cache
def mark_headings() -> frozenset[str]:
    """Headings of the one of them that says which row stands there."""
    return _said("intake.workbook.mark")


def _said(code: str) -> frozenset[str]:
    return frozenset(words.say(code, {}, lang) for lang in words.languages())


def small(word: str) -> str:
    """A word as ``choices`` knows it: small letters, single spaces, no full stop."""
    return " ".join(word.casefold().split()).rstrip(".") or word
