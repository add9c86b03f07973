"""Is this one here already? Asked while somebody types."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import DirectoryEntry
from soyol.registry.packing import pack
from soyol.registry.queries.entries import year_of
from soyol.registry.queries.holders import holders
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import in_order, ranked_entries, ranked_lines
from soyol.registry.search import joined, likeness, score, words_in, words_of

MOST = 5
#: A name less like the asked one than this is no answer.
LEAST = 0.75
#: How much a name counts of which one side is an initial that fits, against one that is written out on both sides.
INITIAL = 0.92
#: Bearers of a name with a fitting initial that are looked at; very common names have more.
MOST_WITH_INITIAL = 200


@dataclass(frozen=True, slots=True)
class Likely:
    """An entry that may be meant, how likely (0..1), and why in words."""

    entry: DirectoryEntry
    score: float
    why: list[str]


def already_here(
    *,
    name: str,
    kind: str,
    unit: str | None = None,
    born: str | None = None,
    phone: str | None = None,
    number: str | None = None,
    scope: Scope | None = None,
) -> list[Likely]:
    """Entries that may be the one typed in, most likely first, at most five.

    A register number or phone is looked for by its keyed hash; nobody learns the number of anybody else.
    Outside ``scope`` nothing is found.
    """
    inside = DirectoryEntry.objects.filter((scope or Scope.whole()).condition(), face=Face.STAFF, kind=kind)
    same_number = holders(_number_fields(kind), [number] if number else [])
    same_phone = holders(["phones"], _phones(phone))
    folded = _folded(name)
    by_name = ranked_entries(folded, inside, 50) if folded.strip() else []
    readings = list(_readings(name)) if kind == ActorKind.PERSON else []
    of_year = inside if not born else inside.filter(Q(born_year__isnull=True) | Q(born_year=year_of(born)))
    by_initial = [entry for reading in readings for entry in reading.bearers(of_year)]
    more = inside.filter(actor_id__in=same_number | same_phone)
    asked = words_of(_key(name))
    found = [
        _likely(entry, asked, readings, unit=unit, born=born, numbers=same_number, phones=same_phone)
        for entry in {entry.pk: entry for entry in [*more, *by_name, *by_initial]}.values()
    ]
    likely = [each for each in found if each.score >= LEAST]
    return sorted(likely, key=lambda each: (-each.score, each.entry.sort_key, each.entry.pk))[:MOST]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A name of two parts, one of which may be an initial: ``whole`` as typed, keys of the whole and of the other."""

    whole: str
    key: str
    initial: str
    #: The other part was typed as an initial; otherwise only bearers of a lone initial are asked about.
    short: bool

    def bearers(self, inside: QuerySet[DirectoryEntry]) -> list[DirectoryEntry]:
        """Entries that bear the whole part and an other one with this initial."""
        begins = Q(search_key__startswith=self.initial) | Q(search_key__contains=f" {self.initial}")
        lines, _floor = ranked_lines(_folded(self.whole), inside.filter(begins))
        return in_order([line for line in lines if self.alike(line.search_key.split())][:MOST_WITH_INITIAL])

    def alike(self, borne: list[str]) -> float:
        """How alike a bearer of the words ``borne`` is, 0..1; 0 where no initial stands on either side or none fits."""
        near = {word: likeness(self.key, word) for word in borne}
        best = max(near, key=lambda word: near[word], default="")
        others = [word for word in borne if word != best]
        fits = any(word.startswith(self.initial) if self.short else word == self.initial for word in others)
        return near[best] * INITIAL if fits else 0.0


def _readings(name: str) -> Iterator[_Reading]:
    """Which part of a typed name is whole and which may be an initial; both ways where its order is a guess."""
    names = pack().person_names
    told = names.parse_one(pack().scripts.repair_one(name))
    given, surname = told["given_name"], told["surname"]
    if not given or not surname:
        return
    turned = [(surname, given)]
    straight = [(given, surname)]
    if names.is_initial(given) or names.is_initial(surname):
        pairs = turned if names.is_initial(given) else straight
    else:
        pairs = straight + turned if told["order"] == "guessed" else straight
    for whole, other in pairs:
        key, initial = _key(whole).replace(" ", ""), _key(names.initial_one(other)).replace(" ", "")
        if key and initial:
            yield _Reading(whole, key, initial, names.is_initial(other))


def _folded(text: str) -> str:
    return pack().scripts.fold_one(joined(text)) or ""


def _key(text: str) -> str:
    return pack().scripts.latin_key_one(joined(text)) or ""


def _likely(
    entry: DirectoryEntry,
    asked: list[str],
    readings: list[_Reading],
    *,
    unit: str | None,
    born: str | None,
    numbers: set[int],
    phones: set[int],
) -> Likely:
    borne = entry.search_key.split()
    alike = score(asked, borne, words_in(entry.name))
    short = max((reading.alike(borne) for reading in readings), default=0.0)
    if alike >= 0.97:
        whole = len(asked) >= len(borne)
        why = [_("the name is the same") if whole else _("the words that were typed are in the name")]
    elif short > alike:
        why = [_("the initial fits the name")] if short >= LEAST else []
    else:
        why = [_("the name is like it")] if alike >= LEAST else []
    worth = max(alike, short) * 0.85
    if entry.actor_id in numbers:
        why.insert(0, _("same register number"))
        worth = 1.0
    if entry.actor_id in phones:
        why.append(_("same phone"))
        worth = max(worth, 0.8) + 0.1
    if unit and entry.unit_path and unit in entry.unit_path.split("/"):
        why.append(_("same place"))
        worth += 0.05
    if born and entry.born_year:
        same = str(entry.born_year) == born[:4]
        why.append(_("born in the same year") if same else _("born in another year"))
        worth += 0.1 if same else -0.3
    return Likely(entry, max(0.0, min(1.0, worth)), why)


def _number_fields(kind: str) -> list[str]:
    return ["person_number"] if kind == ActorKind.PERSON else ["company_number"]


def _phones(phone: str | None) -> list[str]:
    if not phone:
        return []
    return [each for each in pack().phones.normalise(pl.Series("phone", [phone], dtype=pl.String)).to_list() if each]
