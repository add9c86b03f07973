"""Reads a pack's files into a ``Pack``.

A pack is a folder of TOML and CSV. One that ``inherits`` another says only what differs: tables are merged key by key,
lists of headings, answers and vocabulary words are joined, lists of steps follow those of the parent.
"""

import csv
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from soyol.lib.contacts import Emails, Websites
from soyol.lib.letters import swift
from soyol.lib.periods import Period, PeriodError
from soyol.lib.scripts import Scripts
from soyol.lib.words import catalogue, languages
from soyol.packs.dates import Dates
from soyol.packs.identifiers import IdentifierRule
from soyol.packs.money import PackMoney
from soyol.packs.organisation_names import OrganisationNames
from soyol.packs.pack import Language, Pack
from soyol.packs.person_names import PersonNames
from soyol.packs.phones import Phones
from soyol.packs.units import Units
from soyol.packs.vocab import Term, Vocab

FOLDER = files("soyol.packs")


class PackError(ValueError):
    """No such pack, or a file of a pack is not as it must be."""


def codes() -> tuple[str, ...]:
    """Codes of all packs that are installed, sorted."""
    return tuple(sorted(each.name for each in FOLDER.iterdir() if each.joinpath("pack.toml").is_file()))


@lru_cache(maxsize=8)
def load(code: str) -> Pack:
    """The pack ``code``; PackError naming the packs there are when it is none of them. Costs some 50 ms once."""
    if code not in codes():
        raise PackError(f"there is no country pack {code!r}; there are {', '.join(codes())}")
    told = _table(code, "pack")
    scripts = Scripts.from_tables(_inherited(code, "scripts"))
    headings = _inherited(code, "headings")
    return Pack(
        code=told["code"],
        iso=told["iso"],
        names=told["names"],
        time_zone=told["time_zone"],
        languages=tuple(Language(**each) for each in told["languages"]),
        signs=told["signs"],
        map_credit=told["map_credit"],
        scripts=scripts,
        person_names=PersonNames.from_table(_inherited(code, "names")),
        organisation_names=OrganisationNames.from_table(
            _named(_inherited(code, "organisations"), "forms", "form"), _table(code, "organisation_words")
        ),
        identifiers={kind: IdentifierRule.from_table(kind, rule) for kind, rule in _table(code, "identifiers").items()},
        phones=Phones.from_table(_table(code, "phones")),
        emails=Emails(),
        websites=Websites(),
        dates=Dates.from_table(_inherited(code, "dates")),
        money=PackMoney.from_table(_table(code, "money")),
        units=Units.from_rows(_rows(code, "units"), _named(_table(code, "units"), "levels", "level"), scripts),
        vocab=_vocab(code, scripts),
        headings={field: tuple(words) for field, words in headings["fields"].items()},
        combined_headings={field: tuple(words) for field, words in headings["combined"].items()},
        answers={meaning: tuple(each["words"]) for meaning, each in _inherited(code, "answers").items()},
        keeping=_periods(code),
    )


def _periods(code: str) -> dict[str, Period]:
    """``[app]`` with ``what = "P24M"`` → ``app.what``."""
    told = _inherited(code, "keeping")
    try:
        return {f"{app}.{what}": Period.of(text) for app, named in told.items() for what, text in named.items()}
    except PeriodError as error:
        raise PackError(f"packs/{code}/keeping.toml: {error}") from error


def _table(code: str, name: str) -> dict[str, Any]:
    path = FOLDER.joinpath(code, f"{name}.toml")
    if not path.is_file():
        return {}
    try:
        told: dict[str, Any] = _swift(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"packs/{code}/{name}.toml: {error}") from error
    return told


def _swift(told: Any) -> Any:
    """A table with its regular expressions as they are compiled fast."""
    if isinstance(told, dict):
        return {name: _swift(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_swift(value) for value in told]
    return swift(told) if isinstance(told, str) else told


def _rows(code: str, name: str) -> list[dict[str, str]]:
    path = FOLDER.joinpath(code, f"{name}.csv")
    if not path.is_file():
        return []
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


#: Files in which lists of a pack follow those of the pack it inherits; in others its own lists replace them.
JOINED = frozenset({"headings", "answers", "vocab"})
#: Files that every pack which inherits another has from it.
INHERITS = JOINED | {"dates", "keeping"}


def _inherited(code: str, name: str) -> dict[str, Any]:
    """A file merged with its parent's where the file, or the kind of file, inherits."""
    own = _table(code, name)
    parent = own.pop("inherits", None) or (_table(code, "pack").get("inherits") if name in INHERITS else None)
    return _merged(_inherited(parent, name), own, join=name in JOINED or name == "scripts") if parent else own


def _merged(parent: Mapping[str, Any], own: Mapping[str, Any], *, join: bool) -> dict[str, Any]:
    made = dict(parent)
    for key, value in own.items():
        before = made.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            made[key] = _merged(before, value, join=join)
        elif join and isinstance(before, list) and isinstance(value, list):
            made[key] = [*value, *before]
        else:
            made[key] = value
    return made


def _named(told: dict[str, Any], key: str, kind: str) -> dict[str, Any]:
    """Entries with the names of their codes from the catalogue, under those that the pack tells itself."""
    entries = []
    for each in told.get(key, []):
        names = {**_words(f"packs.{kind}.{each['code']}"), **each.get("names", {})}
        entries.append({**each, "names": names, "plurals": {**names, **each.get("plurals", {})}})
    return {**told, key: entries}


def _words(code: str) -> dict[str, str]:
    found = {lang: catalogue(lang).get(code) for lang in languages()}
    return {lang: text for lang, text in found.items() if isinstance(text, str)}


def _vocab(code: str, scripts: Scripts) -> Vocab:
    told = _table("neutral", "vocab")
    own = _table(code, "vocab") if code != "neutral" else {}
    for kind, key in (("domain", "domains"), ("area", "areas"), ("step", "steps")):
        told = _named(told, key, kind)
        more = own.get(key, {})
        told[key] = [
            {**each, "synonyms": [*each.get("synonyms", ()), *more.get(each["code"], ())]} for each in told[key]
        ]
    extra = {row["code"]: row for row in _rows(code, "occupations")} if code != "neutral" else {}
    occupations = [_occupation(row, extra.get(row["code"], {})) for row in _rows("neutral", "occupations")]
    return Vocab.from_tables(told, occupations, scripts)


def _occupation(row: Mapping[str, str], extra: Mapping[str, str]) -> Term:
    synonyms = [*row["synonyms"].split("|"), row["en"], *extra.get("synonyms", "").split("|")]
    own = [name for lang, name in extra.items() if lang not in {"code", "synonyms"}]
    return Term(
        code=row["code"],
        names=_words(f"packs.occupation.{row['code']}"),
        synonyms=tuple(dict.fromkeys(word for word in [*synonyms, *own] if word)),
        domain=row["domain"],
        step=row["step"],
    )
