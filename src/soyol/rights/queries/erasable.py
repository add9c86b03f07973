"""What would go and what must stay if somebody was erased."""

from collections.abc import Collection
from dataclasses import dataclass, field

from soyol.registry.models import Actor
from soyol.registry.queries.numbers import leads_to
from soyol.registry.queries.stakes import staked_actors, stakes_of
from soyol.rights.queries.records import records_about
from soyol.rights.rules.erasure import GOES, STAYS, Part
from soyol.sources.models import SourceRecord


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of data as a page shows it; ``named``: which there are, where that can be said."""

    part: Part
    named: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Erasable:
    """Everything that goes, everything that stays, and whether two officers must agree."""

    goes: list[Line]
    stays: list[Line]
    two_officers: bool


def erasable(actor: Actor, *, account_too: bool = True) -> Erasable:
    """What becomes of the data of ``actor``. The same number of queries for any number of rows.

    ``account_too``: whether their account goes, or may still be asked to go.
    """
    rows = SourceRecord.objects.filter(pk__in=records_about(actor)).exclude(identity_key="").select_related("source")
    free = {row.source.name_in() for row in rows if not is_legal(row)}
    legal = {f"{row.source.name_in()}: {row.source.legal_basis}" for row in rows if is_legal(row)}
    named = {
        "rows": sorted(free),
        "legal_rows": sorted(legal),
        "stakes": [f"{each.label}: {each.name}" for each in stakes_of([actor.pk])[actor.pk]],
    }
    return Erasable(
        [Line(part, named.get(part.code, [])) for part in GOES if account_too or part.code != "account"],
        [
            Line(part, named.get(part.code, []))
            for part in STAYS
            if part.code not in {"legal_rows", "stakes"} or named[part.code]
        ],
        actor.pk in staked_actors([actor.pk]),
    )


def is_legal(row: SourceRecord) -> bool:
    """Whether a law keeps the row in its list."""
    return bool(row.source.kept_by_law)


def whole(actor: Actor) -> tuple[set[int], list[int], list[int]]:
    """Who is erased with ``actor`` (every number that leads to it), rows that go, and rows that a law keeps."""
    rows = SourceRecord.objects.filter(pk__in=records_about(actor)).select_related("source").order_by("pk")
    free: list[int] = []
    legal: list[int] = []
    for row in rows:
        (legal if is_legal(row) else free).append(row.pk)
    return set(leads_to([actor.pk])), free, legal


def numbers_of(actors: Collection[int]) -> list[str]:
    """Public numbers of actors, in order."""
    return sorted(Actor.objects.filter(pk__in=actors).values_list("number", flat=True))
