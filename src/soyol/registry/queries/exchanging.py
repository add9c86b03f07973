"""What an entry holds that a register of the state is asked with, and how an answer compares with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from soyol.registry.choices import ActorKind
from soyol.registry.models import Actor
from soyol.registry.packing import pack, unit_path
from soyol.registry.queries.shown import stated, with_name_keys
from soyol.registry.rules import Candidate, agree, choose

#: Kind of an entry → the number by which a register is asked, and the field by which it is known again.
NUMBERS = {ActorKind.PERSON.value: "person_number", ActorKind.ORGANISATION.value: "company_number"}
#: Fields of which a difference is told at once.
TOLD = ("birth_date", "death_date", "closed", "org_form", "unit")
#: Parts of a name by which somebody is known again.
NAMES = ("given_name", "name", "stage_name", "surname")


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """``number`` is empty where there is none that can be right."""

    number: str
    has_wrong_number: bool
    said: tuple[Candidate, ...]


def held_of(actor: Actor) -> Held:
    """What is held of ``actor`` before a register is asked."""
    said = tuple(each.candidate for each in with_name_keys(stated([actor.pk])[actor.pk]))
    numbers = [each for each in said if each.field == NUMBERS.get(actor.kind)]
    right = choose(each for each in numbers if each.trust)  # a number found wrong is trusted by nobody
    number = next((one[0].value for one in right.values()), "")
    return Held(number, bool(numbers) and not number, said)


def is_same(kind: str, held: Held, values: Mapping[str, Any]) -> bool:
    """Whether an answer can be about the entry: a name agrees, or of a person the day of birth does."""
    if _is_named(kind, held, values):
        return True
    born = values.get("birth_date") if kind == ActorKind.PERSON else None
    return bool(born) and any(
        each.field == "birth_date" and agree("birth_date", each, _said("birth_date", str(born))) for each in held.said
    )


def _is_named(kind: str, held: Held, values: Mapping[str, Any]) -> bool:
    names = {each.same_as for each in held.said if each.field in NAMES}
    if kind == ActorKind.PERSON:  # a list may write the whole name in one column
        names |= {word for name in names for word in name.split()}
    return bool(names & set(_keys(_spellings(kind, values))))


def _spellings(kind: str, values: Mapping[str, Any]) -> list[str]:
    """Names of an answer: of a person the given name, of an organisation the whole and its core."""
    fields = ("given_name",) if kind == ActorKind.PERSON else ("name", "org_name")
    return [str(values[field]) for field in fields if values.get(field)]


def _keys(names: Iterable[str]) -> list[str]:
    found = pack().scripts.latin_key(pl.Series("name", list(names), dtype=pl.String)).to_list()
    return [key for key in found if key]


def differing(kind: str, held: Held, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Fields of which the entry showed another value than the answer has; a name where no spelling of it agrees."""
    shown = choose(each for each in held.said if each.field in TOLD)
    named = () if _is_named(kind, held, values) else ("name",)
    return named + tuple(
        field
        for field in TOLD
        if field in shown and values.get(field) and not _agrees(field, shown[field][0].winner, str(values[field]))
    )


def _agrees(field: str, shown: Candidate, value: str) -> bool:
    if field == "unit":
        paths = sorted((unit_path(shown.value), unit_path(value)), key=len)
        return paths[1].startswith(paths[0])
    return agree(field, shown, _said(field, value))


def _said(field: str, value: str) -> Candidate:
    return Candidate(field, value, 0, 0, 0)
