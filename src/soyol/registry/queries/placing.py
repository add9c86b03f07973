"""Where somebody is counted, and whose officers may open the entry: decided by lists, never by who wants to see it.

Whoever can state a place could otherwise take somebody out of another office's hands: by adding by hand a person whom
they know by name and birth date, or by sending a list of their own with that person in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from soyol.registry.packing import unit_path
from soyol.registry.rules import Candidate, choose
from soyol.sources.choices import LOCAL, REGISTER
from soyol.sources.models import Source


class Keeper(IntEnum):
    """Who keeps a list, by how much it says about where somebody is."""

    COUNTRY = 0  # a list of the whole country, or what somebody stated of an entry that they may change
    PLACE = 1  # a list of one place
    #: Entries added by officers of one place, and answers to surveys: anybody can say anything of anybody. Also what
    #: registers of the state say: where somebody is registered moves them to no other office, before a person decides.
    HAND = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """By whom a list is kept, and of which unit it is ("" for the country)."""

    by: Keeper
    unit: str = ""


def keepers() -> dict[int, Kept]:
    """Id of a source → who keeps it. One query."""
    rows = Source.objects.values_list("pk", "code", "unit_id", "is_survey")
    return {pk: _kept(code, unit or "", survey=survey) for pk, code, unit, survey in rows}


def _kept(code: str, unit: str, *, survey: bool) -> Kept:
    if survey or code in {LOCAL.code, REGISTER.code}:
        return Kept(Keeper.HAND)
    inside = unit_path(unit) if unit else ""  # a list of the country itself is no list of a place
    return Kept(Keeper.PLACE, unit) if inside else Kept(Keeper.COUNTRY)


def place_of(candidates: Sequence[Candidate], keepers: Mapping[int, Kept]) -> str:
    """The code of the unit, or "" where nobody says it who can.

    What a list of the country says decides. Lists of places come after, and of those that contradict each other the
    one that had somebody first: a later one takes nobody away. Entries of local officers count where nothing else
    stands behind somebody. A more exact place inside the one that is decided is taken from whoever says it.
    Where nobody says any, somebody is where the list of a place has them.
    """
    if all(keepers[each.source].by == Keeper.HAND for each in candidates):
        return _chosen(each for each in candidates if each.field == "unit")
    units = [each for each in candidates if each.field == "unit"]
    wide = [each for each in units if keepers[each.source].by == Keeper.COUNTRY]
    local = [each for each in units if keepers[each.source].by == Keeper.PLACE]
    place = _chosen(wide) or _first(local)
    if place:
        return _deepest(place, [*wide, *local])
    listed = [each for each in candidates if keepers[each.source].by == Keeper.PLACE]
    return keepers[min(listed, key=lambda each: each.record).source].unit if listed else ""


def _first(units: Sequence[Candidate]) -> str:
    return min(units, key=lambda each: each.record).value if units else ""


def _chosen(units: Iterable[Candidate]) -> str:
    chosen = choose(list(units))
    return chosen["unit"][0].value if "unit" in chosen else ""


def _deepest(place: str, units: Iterable[Candidate]) -> str:
    """The most exact of the places that lie inside ``place``; of several the one that is believed."""
    path = unit_path(place)
    inside = [each for each in units if unit_path(each.value).startswith(path)]
    longest = max(len(unit_path(each.value)) for each in inside)
    return _chosen(each for each in inside if len(unit_path(each.value)) == longest)
