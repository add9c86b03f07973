"""Entries about which lists contradict each other, and what of that people have settled."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from soyol.fields import blind_index
from soyol.registry.choices import Standing
from soyol.registry.models import DirectoryEntry, LeftBoth, Statement, TrustRule
from soyol.registry.packing import unit_path
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.shown import Stated, beliefs
from soyol.registry.rules import choose
from soyol.registry.rules.believing import Believed
from soyol.registry.rules.contradicting import (
    BY_HASH_MANY,
    BY_HASH_ONE,
    FIELDS,
    ONE_VALUE,
    contradicting,
    lists_apart,
)

#: Field → keyed hash of the values that stand against each other.
Open = dict[str, str]
NOBODY: frozenset[int] = frozenset()


def contradictions(rows: Mapping[int, list[Stated]], believed: Believed | None = None) -> dict[int, Open]:
    """What lists contradict each other about, for actors with what is stated of them: three queries for any number.
    ``believed``: which list is believed before which, where that was asked already.

    What people left as it is does not count, until another value comes.
    """
    found = {actor: _of_values(told) for actor, told in rows.items()}
    for actor, fields in _of_hashes(rows, beliefs() if believed is None else believed).items():
        found[actor].update(fields)
    if not any(found.values()):
        return {actor: {} for actor in found}
    left = set(LeftBoth.objects.filter(actor__in=rows).values_list("actor_id", "field", "digest"))
    return {
        actor: {field: told for field, told in fields.items() if (actor, field, told) not in left}
        for actor, fields in found.items()
    }


def digest(values: Iterable[str]) -> str:
    """Keyed hash of a set of values."""
    return blind_index("\n".join(sorted(set(values))), "registry.contradiction")[:32]


def _of_values(told: list[Stated]) -> Open:
    shown = choose(each.candidate for each in told if each.candidate.field in ONE_VALUE)
    found = {}
    for field, chosen in shown.items():
        values = contradicting(chosen[0])
        if values and not (field == "unit" and _one_place(values)):
            found[field] = digest(values)
    return found


def _one_place(codes: list[str]) -> bool:
    """Whether the places lie within one another: a district and its province are no contradiction."""
    paths = sorted((unit_path(code) for code in codes), key=len)
    return all(paths[-1].startswith(path) for path in paths)


def _of_hashes(actors: Collection[int], told: Believed) -> dict[int, Open]:
    """Numbers and contacts, of which the keyed hashes are enough: nothing is opened."""
    values: dict[tuple[int, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    settled = set()
    for actor, field, source, value, standing in _hashes(actors):
        if standing == Standing.JUDGED:
            settled.add((actor, field))
        values[actor, field][source].add(value)
    found: dict[int, Open] = defaultdict(dict)
    for (actor, field), by_list in values.items():
        above = told.get(field, {})
        speaking = {source: each for source, each in by_list.items() if not above.get(source, NOBODY) & set(by_list)}
        several = {value for each in speaking.values() for value in each}
        apart = len(several) > 1 if field in BY_HASH_ONE else lists_apart(speaking)
        if apart and (actor, field) not in settled:
            found[actor][field] = digest(several)
    return found


def _hashes(actors: Collection[int]) -> Iterable[tuple[int, str, int, str, int]]:
    rows = Statement.objects.filter(
        record__identities__actor__in=actors,
        record__identities__valid_to__isnull=True,
        record__listed=True,
        recorded_to__isnull=True,
        field__in=(*BY_HASH_ONE, *BY_HASH_MANY),
        digest__isnull=False,
        trust__gt=0,
    )
    return rows.values_list("record__identities__actor_id", "field", "record__source_id", "digest", "standing")


def in_contradiction(scope: Scope, *, field: str = "", region: str = "") -> QuerySet[DirectoryEntry]:
    """Entries for staff about which lists contradict each other, oldest entry first.

    No other face says so; asked for their face, a database reads all of them instead of the few.
    """
    found = DirectoryEntry.objects.filter(scope.condition()).exclude(conflicts_text="")
    if field:
        found = found.filter(conflicts_text__contains=f",{field},")
    if region:
        found = found.filter(region_code=region)
    return found.order_by("pk")


def counts_by_field(scope: Scope) -> dict[str, int]:
    """How many entries wait for each field, in the order of the fields."""
    counted: dict[str, int] = {}
    for text in in_contradiction(scope).order_by().values_list("conflicts_text", flat=True):
        for field in text.split(","):
            counted[field] = counted.get(field, 0) + 1
    return {field: counted[field] for field in FIELDS if field in counted}


def trust_rules() -> QuerySet[TrustRule]:
    """Rules in force, by field."""
    return TrustRule.objects.filter(ended_at__isnull=True).select_related("better", "worse")
