"""The name that lists and pages head an actor with, put together from what the rows state about it.

The policy says which row is believed. Of the spellings that agree with that row, the one is shown that is in the
country's own script, with the letters that keyboards leave out; an initial gives way to the name that it stands for.
Persons are written in the country's order, bodies without their legal form, which pages show beside the name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from rapidfuzz.fuzz import ratio

from soyol.registry.packing import pack
from soyol.registry.rules import Candidate, rank

#: Latin keys at least so alike (0–100) are one name written twice; less alike, a Latin name is a translation.
WRITTEN_TWICE = 70.0


@dataclass(frozen=True, slots=True)
class Heading:
    """``name`` heads the entry. ``latin`` is a Latin name that a row gives and that is more than its romanisation."""

    name: str
    latin: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A body's name taken apart. ``repaired``: the whole, its letters put right; ``key`` is that of the core."""

    repaired: str
    core: str
    form: str
    branch: str
    key: str


def take_bodies_apart(names: Iterable[str]) -> Mapping[str, Body]:
    """Each of ``names`` with its parts, by one call into the pack."""
    texts = pl.Series("name", sorted(set(names)), dtype=pl.String)
    if not len(texts):
        return {}
    repaired = pack().scripts.repair(texts)
    parts = pack().organisation_names.parse(repaired).with_columns(repaired.alias("repaired"))
    told = parts.select("repaired", "core", "form", "branch", key=pack().scripts.latin_key(parts["core"]))
    return {
        text: Body(right, core or text, form or "", branch or "", key or "")
        for text, (right, core, form, branch, key) in zip(texts.to_list(), told.iter_rows(), strict=True)
    }


def person_heading(candidates: Iterable[Candidate]) -> Heading:
    """The name of a person. Candidates have the Latin keys of their values."""
    ranked = sorted(candidates, key=rank)
    whole, given = _first(ranked, "name"), _first(ranked, "given_name")
    if given is None or (whole is not None and whole.sureness > given.sureness):
        name = _best([each for each in ranked if each.field == "name" and _agree(each, whole)]) if whole else ""
        return Heading(name)
    alike = [each for each in ranked if each.field == "given_name" and each.same_as == given.same_as]
    theirs = {each.record for each in alike}
    surnames = [each for each in ranked if each.field == "surname" and each.record in theirs]
    told = next((each for each in surnames if each.record == given.record), surnames[0] if surnames else None)
    theirs_too = [each for each in surnames if told and _stands_for(told, each)]
    return Heading(_in_order(*_of_one_script(theirs_too, alike)))


def _of_one_script(surnames: Sequence[Candidate], givens: Sequence[Candidate]) -> tuple[str, str]:
    """The best spelling of both, both in the own script or both in another, where the rows allow it."""
    surname, given = _best(surnames), _best(givens)
    if surname and _faith(surname)[0] != _faith(given)[0]:
        own = _faith(given)[0]
        surname = _best([each for each in surnames if _faith(each.value)[0] == own]) or surname
        given = _best([each for each in givens if _faith(each.value)[0] == _faith(surname)[0]]) or given
    return surname, given


def _whole_core(told: Body) -> str:
    """The core, with the words of the name in it that are a legal form elsewhere."""
    names = pack().organisation_names
    bare = names.without_one(told.repaired, told.form)
    if bare == told.core or not names.has_form(bare) or names.parse_one(told.repaired)["former"]:
        return told.core
    return bare


def body_heading(candidates: Iterable[Candidate], form: str, parts: Mapping[str, Body]) -> Heading:
    """The name of a body or group whose legal form is shown as ``form``."""
    ranked = sorted((each for each in candidates if each.field == "name"), key=rank)
    if not ranked:
        return Heading("")
    key = parts[ranked[0].value].key
    agreeing = [each.value for each in ranked if parts[each.value].key == key]
    chosen = max(agreeing, key=lambda text: (_faith(text)[0], not _shouted(text), _faith(text)[1]))
    told = parts[chosen]
    names = pack().organisation_names
    plain = not told.branch and names.same_form(told.form, form)
    name = _whole_core(told) if plain else names.without_one(told.repaired, form)
    own = (parts[each.value].core for each in ranked if each.value.isascii())
    latin = next((core for core in own if ratio(pack().scripts.latin_key_one(core), key) < WRITTEN_TWICE), "")
    return Heading(name, latin)


def _first(ranked: Sequence[Candidate], field: str) -> Candidate | None:
    return next((each for each in ranked if each.field == field), None)


def _agree(one: Candidate, other: Candidate | None) -> bool:
    return other is not None and one.same_as == other.same_as


def _stands_for(one: Candidate, other: Candidate) -> bool:
    """Whether two surnames may be one: equal, or one is the other's initial."""
    short, long = sorted((one, other), key=lambda each: len(each.same_as))
    initial = pack().person_names.is_initial(short.value)
    return short.same_as == long.same_as or (initial and long.same_as.startswith(short.same_as))


def _best(ranked: Sequence[Candidate]) -> str:
    """Of spellings that agree: a whole name before an initial, the own script before others, lost letters kept."""
    if not ranked:
        return ""
    is_initial = pack().person_names.is_initial
    return max(ranked, key=lambda each: (not is_initial(each.value), *_faith(each.value))).value


def _faith(text: str) -> tuple[bool, int]:
    return pack().scripts.faith_one(text)


def _shouted(text: str) -> bool:
    return text.isupper()


def _in_order(surname: str, given: str) -> str:
    """The whole name in the country's order; with an initial as the country writes initials."""
    names = pack().person_names
    parts = {"surname": surname, "given": given}
    style = names.styles["short"]
    short = any(names.is_initial(text) and f"{{{part}_initial}}" in style for part, text in parts.items())
    return names.format(surname.rstrip(". "), given, "short" if short else "full")
