"""Is this one here already? Asked while somebody types."""

from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from soyol.fields import blind_index
from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import DirectoryEntry, Statement
from soyol.registry.packing import pack
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import ranked_entries
from soyol.registry.queries.shown import current_identities
from soyol.registry.search import joined, score, words_of

MOST = 5
#: A name less like the asked one than this is no answer.
LEAST = 0.75


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
    same_number = _bearers(_number_fields(kind), [number] if number else [])
    same_phone = _bearers(["phones"], _phones(phone))
    folded = pack().scripts.fold_one(joined(name)) or ""
    by_name = ranked_entries(folded, inside, 50) if folded.strip() else []
    more = inside.filter(actor_id__in=same_number | same_phone)
    asked = words_of(pack().scripts.latin_key_one(joined(name)) or "")
    found = [
        _likely(entry, asked, unit=unit, born=born, numbers=same_number, phones=same_phone)
        for entry in {entry.pk: entry for entry in [*more, *by_name]}.values()
    ]
    likely = [each for each in found if each.score >= LEAST]
    return sorted(likely, key=lambda each: (-each.score, each.entry.sort_key, each.entry.pk))[:MOST]


def _likely(
    entry: DirectoryEntry, asked: list[str], *, unit: str | None, born: str | None, numbers: set[int], phones: set[int]
) -> Likely:
    alike = score(asked, entry.search_key.split())
    why = [_("the name is the same")] if alike >= 0.97 else [_("the name is like it")] if alike >= LEAST else []
    worth = alike * 0.85
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


def _bearers(fields: list[str], values: list[str]) -> set[int]:
    digests = [blind_index(value.casefold(), f"registry.{field}")[:32] for field in fields for value in values]
    if not digests:
        return set()
    rows = Statement.objects.filter(digest__in=digests, field__in=fields, recorded_to__isnull=True)
    return set(current_identities().filter(record__in=rows.values("record_id")).values_list("actor_id", flat=True))
