"""An entry as the person sees it whom it is about: what is held, from whom, since when, what others see of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from soyol.registry.choices import ChangeKind, Face, FieldClass, Verdict
from soyol.registry.models import Actor, DirectoryEntry, Identity, Judgement
from soyol.registry.queries.memberships import Link, memberships_of
from soyol.registry.queries.pages import Fact, NameShown, activities_of, facts_of, names_of
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.shown import Stated, for_everybody, stated, with_name_keys
from soyol.registry.rules import Activity, choose, field_class
from soyol.sources.models import Source


@dataclass(frozen=True, slots=True)
class RowHeld:
    """One row of a list that is about the person.

    ``since``: when it came to the entry; ``by_comparison``: nobody said so, a comparison did; ``doubted``: that was
    after the person had proved the entry to be theirs, so private values of the row are not shown until somebody has
    decided.
    """

    record: int
    source: str
    keeper: str
    legal_basis: str
    seen: date | None
    since: datetime
    by_comparison: bool
    doubted: bool


@dataclass(frozen=True, slots=True)
class OwnPage:
    """``open_statements``: the values that everybody can see now, by the statement that is shown."""

    actor: Actor
    entry: DirectoryEntry
    is_public: bool
    names: list[NameShown]
    facts: list[Fact]
    open_statements: frozenset[int]
    activities: list[Activity]
    memberships: list[Link]
    rows: list[RowHeld]


def own_page(actor: Actor, *, proved_at: datetime) -> OwnPage:
    """The page of an entry for its holder, who proved it at ``proved_at``. The same number of queries for any entry.

    Of other people it names only those whom everybody may see. Raises DirectoryEntry.DoesNotExist.
    """
    faces = {each.face: each for each in DirectoryEntry.objects.filter(actor=actor)}
    entry = faces.get(Face.STAFF)
    if entry is None:
        raise DirectoryEntry.DoesNotExist(actor.number)
    said = with_name_keys(stated([actor.pk])[actor.pk])
    rows = _rows(actor, proved_at)
    hidden = {row.record for row in rows if row.doubted}
    seen = [each for each in said if not _is_hidden(each, hidden)]
    candidates = [each.candidate for each in seen]
    shown = choose(candidates)
    is_public = Face.PUBLIC in faces
    return OwnPage(
        actor=actor,
        entry=entry,
        is_public=is_public,
        names=names_of(entry, candidates),
        facts=facts_of(shown, entry.kind, apart=frozenset({"activity", "employer", "consent"})),
        open_statements=_open(entry.kind, said) if is_public else frozenset(),
        activities=activities_of(shown),
        memberships=memberships_of(actor.pk, public=False, scope=Scope.of(())),
        rows=rows,
    )


def _open(kind: str, said: list[Stated]) -> frozenset[int]:
    return frozenset(each.candidate.statement for each in for_everybody(kind, said))


def _is_hidden(each: Stated, records: Collection[int]) -> bool:
    return each.candidate.record in records and field_class(each.candidate.field, each.kind) >= FieldClass.PRIVATE


def _rows(actor: Actor, proved_at: datetime) -> list[RowHeld]:
    held = list(
        Identity.objects.filter(actor=actor, valid_to__isnull=True)
        .select_related("record__source__body", "record__last_batch", "opened_by")
        .order_by("valid_from", "record_id")
    )
    said = _said_by_people([each.record_id for each in held])
    return [_row(each, proved_at, said) for each in held]


def _row(held: Identity, proved_at: datetime, said: set[int]) -> RowHeld:
    source: Source = held.record.source
    batch = held.record.last_batch
    by_comparison = held.opened_by.kind == ChangeKind.RUN and held.record_id not in said
    return RowHeld(
        record=held.record_id,
        source=source.name_in(),
        keeper=source.kept_by,
        legal_basis=source.legal_basis,
        seen=(batch.observed_on or batch.received_at.date()) if batch else None,
        since=held.valid_from,
        by_comparison=by_comparison,
        doubted=by_comparison and held.valid_from > proved_at,
    )


def _said_by_people(records: Collection[int]) -> set[int]:
    """Those of ``records`` of which a person said that they are the same as another of them."""
    both = Judgement.objects.filter(
        Q(a__in=records) & Q(b__in=records), verdict=Verdict.SAME, ended_at__isnull=True
    ).values_list("a_id", "b_id")
    return {record for pair in both for record in pair}
