"""From live records to the table that the pipeline matches, and from its clusters back to actors."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import QuerySet

from soyol.registry.actions.identity import new_actors
from soyol.registry.choices import ActorState, ChangeKind, Verdict
from soyol.registry.models import Actor, Change, Identity, Judgement
from soyol.registry.queries.judged import in_force, live_successors
from soyol.registry.rules import carry_over
from soyol.sources import queries as sources
from soyol.sources.models import SourceRecord


@dataclass(frozen=True, slots=True)
class Numbered:
    """Live records as the pipeline wants them. ``record_id`` is the place in the order by list and row, from 1.

    The command line numbers its records in the same way, so both decide a tie in the same way.
    """

    frame: pl.DataFrame
    pks: list[int]
    kinds: list[str]
    by_place: bool = True  # else ``record_id`` is the record's own id

    def pk(self, record_id: int) -> int:
        return self.pks[record_id - 1] if self.by_place else record_id

    def record_id(self, place: int) -> int:
        """The ``record_id`` of the record at ``place`` (from 0)."""
        return place + 1 if self.by_place else self.pks[place]


def live_records(among: QuerySet[SourceRecord] | None = None) -> Numbered:
    """All live records as one table; values are opened in memory and stay there.

    ``among``: only these, under their own ids.
    """
    rows: list[dict[str, Any]] = []
    pks: list[int] = []
    kinds: list[str] = []
    frames: list[pl.DataFrame] = []
    for record in sources.live_values(among):
        pks.append(record.pk)
        kinds.append(record.kind)
        record_id = len(pks) if among is None else record.pk
        origin = {"record_id": record_id, "source": record.source.code, "sheet": record.sheet, "row": record.row}
        rows.append({**record.values, **origin, "line": record.line})
        if len(rows) == 50_000:
            frames.append(_frame(rows))
            rows = []
    frames.append(_frame(rows))
    return Numbered(pl.concat(frames), pks, kinds, by_place=among is None)


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    from soyol.linkage.schema import RECORD_COLUMNS, conform

    return conform(pl.DataFrame(rows, schema=RECORD_COLUMNS, orient="row", strict=False))


def judgement_frame(numbered: Numbered) -> pl.DataFrame | None:
    """Judgements in force as the pipeline wants them: ``a, b, same`` by record id; None when there are none.

    Of records under their own ids also those between one of them and any other: it may be met in the index.
    """
    ids = {pk: numbered.record_id(place) for place, pk in enumerate(numbered.pks)}
    told = in_force()
    if numbered.by_place:
        among = [(ids[a], ids[b], verdict) for a, b, verdict in told if a in ids and b in ids]
    else:
        among = [each for each in told if each[0] in ids or each[1] in ids]
    rows = [{"a": a, "b": b, "same": verdict == Verdict.SAME} for a, b, verdict in among]
    schema = {"a": pl.Int64(), "b": pl.Int64(), "same": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema) if rows else None


def draw(clusters: Mapping[int, list[int]], kinds: Mapping[int, str]) -> tuple[dict[int, int | None], dict[int, int]]:
    """Record → actor for every record that has or gets one, and actor → the actor it was absorbed by.

    Records that are no longer live go to nobody; a row that replaced another inherits its actor.
    """
    now = dict(Identity.objects.filter(valid_to__isnull=True).values_list("record_id", "actor_id"))
    carried = carry_over(clusters, {**inherited(now), **now})
    new = sorted(cluster for cluster, actor in carried.kept.items() if actor is None)
    made = new_actors([kind_of_records(clusters[cluster], kinds) for cluster in new]) if new else []
    actors = {**carried.kept, **{cluster: actor.pk for cluster, actor in zip(new, made, strict=True)}}
    moves: dict[int, int | None] = {record: None for record in now if record not in kinds}
    for cluster, records in clusters.items():
        moves.update(dict.fromkeys(records, actors[cluster]))
    _correct_kinds(
        {actor: kind_of_records(clusters[cluster], kinds) for cluster, actor in carried.kept.items() if actor}
    )
    absorbed = {actor: into for actor, cluster in carried.absorbed.items() if (into := actors[cluster]) is not None}
    return moves, absorbed


class Overtaken(Exception):
    """People changed who is who after the records of a run were read, and what it found is no longer true."""


def caught_up(
    clusters: Mapping[int, list[int]], kinds: Mapping[int, str], *, since: int
) -> tuple[dict[int, list[int]], dict[int, str]]:
    """The clusters of a run, and the kinds of their records, with what people did after the change ``since``.

    Entries by hand keep their rows, entries that were made one are one, and entries that were kept apart are not:
    where the run had made them one, and after any other change, it raises ``Overtaken``.
    """
    later = Change.objects.filter(pk__gt=since).exclude(kind=ChangeKind.RUN)
    if later.exclude(kind__in=(ChangeKind.BY_HAND, ChangeKind.MERGE, ChangeKind.APART)).exists():
        raise Overtaken
    found = {cluster: list(records) for cluster, records in clusters.items()}
    place = {record: cluster for cluster, records in found.items() for record in records}
    told = dict(kinds)
    for record, kind, actor in _typed(later, told):
        told[record] = kind
        others = Identity.objects.filter(actor=actor, valid_to__isnull=True).values_list("record_id", flat=True)
        home = next((place[other] for other in others if other in place), -record)
        found.setdefault(home, []).append(record)
        place[record] = home
    same = Judgement.objects.filter(change__pk__gt=since, verdict=Verdict.SAME, ended_at__isnull=True)
    for a, b in same.order_by("pk").values_list("a_id", "b_id"):
        if a in place and b in place and place[a] != place[b]:
            gone = found.pop(place[b])
            found[place[a]] += gone
            place.update(dict.fromkeys(gone, place[a]))
    if any(verdict == Verdict.DIFFERENT and place.get(a, -a) == place.get(b, -b) for a, b, verdict in in_force()):
        raise Overtaken
    return found, told


def _typed(later: "QuerySet[Change]", known: Mapping[int, str]) -> list[tuple[int, str, int]]:
    """Rows typed in meanwhile: record, kind and actor."""
    rows = Identity.objects.filter(opened_by__in=later, opened_by__kind=ChangeKind.BY_HAND, valid_to__isnull=True)
    told = rows.order_by("record_id").values_list("record_id", "record__kind", "actor_id")
    return [each for each in told if each[0] not in known]


def inherited(now: Mapping[int, int]) -> dict[int, int]:
    """Live rows → the actor of the row that they replaced, for rows that have no identity themselves."""
    replaced = set(
        SourceRecord.objects.filter(
            live=False, superseded_by__isnull=False, identities__valid_to__isnull=True
        ).values_list("pk", flat=True)
    )
    follow = live_successors(replaced) if replaced else {}
    return {new: now[old] for old, new in follow.items() if new is not None and old in now and new not in now}


def _correct_kinds(wanted: Mapping[int, str]) -> None:
    """An actor is of the kind that most of its records give; newer lists may know better."""
    for pk, kind in list(Actor.objects.filter(state=ActorState.ACTIVE).values_list("pk", "kind")):
        if wanted.get(pk, kind) != kind:
            Actor.objects.filter(pk=pk).update(kind=wanted[pk], stale=True)


def kind_of_records(records: list[int], kinds: Mapping[int, str]) -> str:
    """The kind that most of ``records`` give."""
    counted = Counter(kinds[record] for record in records)
    return min(counted, key=lambda kind: (-counted[kind], kind))
