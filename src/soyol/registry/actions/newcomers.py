"""Rows that the index of the last run does not know: new ones of lists, and what people typed in since."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from soyol.registry.actions.drawing import Numbered, live_records
from soyol.registry.choices import ChangeKind
from soyol.registry.models import Change, Identity
from soyol.registry.packing import pack
from soyol.registry.queries.shown import without_identity
from soyol.sources.models import SourceRecord

if TYPE_CHECKING:
    from soyol.linkage import Index

PARTS = ("persons", "organisations")


@dataclass(frozen=True, slots=True)
class ByHand:
    """Rows typed in since a run, each with its actor.

    ``fresh``: all that is known of a new entry; it is matched as a row of a list would be. ``added``: more about an
    entry that the index has; a person said whose they are, so there is nothing to match.
    """

    fresh: dict[int, int]
    added: dict[int, int]


def typed_since(change: Change) -> ByHand:
    """What people typed in after ``change``: two queries."""
    current = Identity.objects.filter(valid_to__isnull=True, record__live=True)
    rows = current.filter(opened_by__kind=ChangeKind.BY_HAND, opened_by__gt=change.pk)
    typed = dict(rows.values_list("record_id", "actor_id"))
    others = current.filter(actor__in=set(typed.values())).exclude(record__in=typed)
    known = set(others.values_list("actor_id", flat=True))
    return ByHand(
        {record: actor for record, actor in typed.items() if actor not in known},
        {record: actor for record, actor in typed.items() if actor in known},
    )


def newcomers(typed: ByHand) -> Numbered:
    """Rows to match: live ones that nobody stands behind, and new entries by hand."""
    return live_records(without_identity() | SourceRecord.objects.filter(pk__in=typed.fresh, live=True))


def add_typed(index: "Index", typed: ByHand) -> None:
    """Put rows about known entries into the index, under the entity of the other rows of each."""
    if not typed.added:
        return
    from soyol.linkage import prepare

    rows = live_records(SourceRecord.objects.filter(pk__in=typed.added, live=True))
    entity_of = _entities(index, typed)
    members = [(pk, entity_of[typed.added[pk]]) for pk in rows.pks]
    schema = {"record_id": pl.Int64(), "entity_id": pl.Int64()}
    index.add(prepare(rows.frame, pack()), pl.DataFrame(members, schema=schema, orient="row"))


def _entities(index: "Index", typed: ByHand) -> dict[int, int]:
    """Actor → its entity in the index; the oldest of its rows where the index has none of them."""
    others = Identity.objects.filter(valid_to__isnull=True, actor__in=set(typed.added.values()))
    rows = dict(others.exclude(record__in=typed.added).order_by("-record_id").values_list("record_id", "actor_id"))
    found = {actor: record for record, actor in rows.items()}
    for part in PARTS:
        stored = index.entities_of(part, pl.Series("record_id", list(rows), dtype=pl.Int64))
        for record, entity in stored.select("record_id", "entity_id").iter_rows():
            if record in rows:
                found[rows[record]] = entity
    return found
