"""Runs of the matching: all live records through the one pipeline, then one commit that redraws who is who."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.directory import refresh_stale
from soyol.registry.actions.identity import move, new_actors, open_change, set_states
from soyol.registry.actions.judging import in_force, live_successors
from soyol.registry.actions.memberships import tie_memberships
from soyol.registry.actions.statements import record_statements
from soyol.registry.choices import ActorState, ChangeKind, PairState, RunState, Verdict
from soyol.registry.models import Actor, Change, Identity, Judgement, LinkageRun, ReviewPair, RunPair
from soyol.registry.packing import pack
from soyol.registry.rules import carry_over
from soyol.sources import queries as sources

if TYPE_CHECKING:
    from soyol.linkage import Linked

ROWS = 2000
Progress = Callable[[int, int | None], None]
Finish = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Live records as the pipeline wants them. ``record_id`` is the place in the order by list and row, from 1.

    The command line numbers its records in the same way, so both decide a tie in the same way.
    """

    frame: pl.DataFrame
    pks: list[int]
    kinds: list[str]

    def pk(self, record_id: int) -> int:
        return self.pks[record_id - 1]


def run_linkage(
    *,
    by: By,
    engine: str = "duckdb",
    only_new: bool | None = None,
    progress: Progress | None = None,
    finish: Finish | None = None,
) -> LinkageRun:
    """Match all live records and bring identities and the directory up to date.

    ``only_new`` keeps to what the last run knew and matches only records that came since; None chooses a whole run.
    ``finish`` is called inside the last commit.
    """
    from soyol.combine.pipeline import link_records

    tell = progress or _silent
    run = _begin(by, engine, only_new=bool(only_new))
    try:
        record_statements(progress=tell)
        numbered = live_records()
        told = judgement_frame(numbered)
        linked = link_records(numbered.frame, pack=pack(), engine=engine, judgements=told)
        tell(numbered.frame.height, numbered.frame.height)
        apply_run(run, numbered, linked, by=by)
    except BaseException:
        LinkageRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
            state=RunState.FAILED, ended_at=timezone.now()
        )
        raise
    refresh_stale(progress=tell)
    with transaction.atomic():
        run.refresh_from_db()
        if finish:
            finish({"run": run.pk, "records": run.records})
    return run


def _silent(_done: int, _total: int | None = None) -> None:
    """Tell nobody."""


@transaction.atomic
def _begin(by: By, engine: str, *, only_new: bool) -> LinkageRun:
    """Open a run; one that a killed process left open has failed."""
    LinkageRun.objects.filter(state=RunState.RUNNING).update(state=RunState.FAILED, ended_at=timezone.now())
    return LinkageRun.objects.create(engine=engine, only_new=only_new, by_name=by.name or by.kind)


def live_records() -> Numbered:
    """All live records as one table; values are opened in memory and stay there."""
    rows: list[dict[str, Any]] = []
    pks: list[int] = []
    kinds: list[str] = []
    frames: list[pl.DataFrame] = []
    for record in sources.live_values():
        pks.append(record.pk)
        kinds.append(record.kind)
        origin = {"record_id": len(pks), "source": record.source.code, "sheet": record.sheet, "row": record.row}
        rows.append({**record.values, **origin, "line": record.line})
        if len(rows) == 50_000:
            frames.append(_frame(rows))
            rows = []
    frames.append(_frame(rows))
    return Numbered(pl.concat(frames), pks, kinds)


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    from soyol.linkage.schema import RECORD_COLUMNS, conform

    return conform(pl.DataFrame(rows, schema=RECORD_COLUMNS, orient="row", strict=False))


def judgement_frame(numbered: Numbered) -> pl.DataFrame | None:
    """Judgements in force as the pipeline wants them: ``a, b, same`` by record id; None when there are none."""
    ids = {pk: at for at, pk in enumerate(numbered.pks, start=1)}
    rows = [
        {"a": ids[a], "b": ids[b], "same": verdict == Verdict.SAME}
        for a, b, verdict in in_force()
        if a in ids and b in ids
    ]
    schema = {"a": pl.Int64(), "b": pl.Int64(), "same": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema) if rows else None


@transaction.atomic
def apply_run(run: LinkageRun, numbered: Numbered, linked: "Linked", *, by: By) -> Change:
    """Redraw identities as ``linked`` says: one change, in one transaction. Public numbers are carried over."""
    members = linked.members.select("record_id", "entity_id", "probability")
    clusters: dict[int, list[int]] = {}
    chances: dict[int, float | None] = {}
    for record_id, entity, probability in members.iter_rows():
        clusters.setdefault(entity, []).append(numbered.pk(record_id))
        chances[numbered.pk(record_id)] = probability
    change = open_change(ChangeKind.RUN, by=by, run=run)
    moves, absorbed = draw(clusters, dict(zip(numbered.pks, numbered.kinds, strict=True)))
    touched = move(change, moves, chances)
    set_states(change, touched, absorbed)
    _mark_unlisted()
    keep_pairs(run, numbered, linked)
    tie_memberships()
    _close_run(run, numbered, linked, touched)
    told = {"records": len(numbered.pks), "actors": len(clusters), "touched": len(touched)}
    audit.record(by, "registry.run.apply", f"registry.LinkageRun:{run.pk}", told)
    return change


def draw(clusters: Mapping[int, list[int]], kinds: Mapping[int, str]) -> tuple[dict[int, int | None], dict[int, int]]:
    """Record → actor for every record that has or gets one, and actor → the actor it was absorbed by.

    Records that are no longer live go to nobody; a row that replaced another inherits its actor.
    """
    now = dict(Identity.objects.filter(valid_to__isnull=True).values_list("record_id", "actor_id"))
    carried = carry_over(clusters, {**_inherited(now), **now})
    new = sorted(cluster for cluster, actor in carried.kept.items() if actor is None)
    made = new_actors([_kind(clusters[cluster], kinds) for cluster in new]) if new else []
    actors = {**carried.kept, **{cluster: actor.pk for cluster, actor in zip(new, made, strict=True)}}
    moves: dict[int, int | None] = {record: None for record in now if record not in kinds}
    for cluster, records in clusters.items():
        moves.update(dict.fromkeys(records, actors[cluster]))
    _correct_kinds({actor: _kind(clusters[cluster], kinds) for cluster, actor in carried.kept.items() if actor})
    absorbed = {actor: into for actor, cluster in carried.absorbed.items() if (into := actors[cluster]) is not None}
    return moves, absorbed


def _inherited(now: Mapping[int, int]) -> dict[int, int]:
    """Live rows → the actor of the row that they replaced, for rows that have no identity themselves."""
    from soyol.sources.models import SourceRecord

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


def _kind(records: list[int], kinds: Mapping[int, str]) -> str:
    counted = Counter(kinds[record] for record in records)
    return min(counted, key=lambda kind: (-counted[kind], kind))


def _mark_unlisted() -> None:
    """Entries say whether a list still has the row; those with rows taken off it are rebuilt."""
    rows = Identity.objects.filter(valid_to__isnull=True, record__listed=False)
    Actor.objects.filter(pk__in=rows.values("actor_id"), state=ActorState.ACTIVE).update(stale=True)


def keep_pairs(run: LinkageRun, numbered: Numbered, linked: "Linked") -> None:
    """Keep the reasons of merges, and the queue of pairs to ask about; both replace those of earlier whole runs."""
    if not run.only_new:
        RunPair.objects.exclude(run=run).delete()
        ReviewPair.objects.filter(state=PairState.OPEN).delete()
    merged = linked.pairs.filter(pl.col("decision") == "merge")
    RunPair.objects.bulk_create(
        [RunPair(run=run, decision="merge", **_pair(row, numbered)) for row in merged.iter_rows(named=True)], ROWS
    )
    judged = set(Judgement.objects.filter(ended_at__isnull=True).values_list("a_id", "b_id"))
    waiting = set(ReviewPair.objects.filter(state=PairState.OPEN).values_list("a_id", "b_id"))
    asked = [_pair(row, numbered) for row in linked.review.iter_rows(named=True)]
    ReviewPair.objects.bulk_create(
        [
            ReviewPair(run=run, position=at, **pair)
            for at, pair in enumerate(asked)
            if (pair["a_id"], pair["b_id"]) not in judged | waiting
        ],
        ROWS,
    )


def _pair(row: dict[str, Any], numbered: Numbered) -> dict[str, Any]:
    a, b = sorted((numbered.pk(row["a"]), numbered.pk(row["b"])))
    reasons = row["reasons"]
    return {
        "a_id": a,
        "b_id": b,
        "probability": row["probability"],
        "weight": row["weight"],
        "reasons": json.loads(reasons) if isinstance(reasons, str) else reasons or [],
    }


def _close_run(run: LinkageRun, numbered: Numbered, linked: "Linked", touched: set[int]) -> None:
    run.state, run.ended_at, run.records = RunState.APPLIED, timezone.now(), len(numbered.pks)
    run.model, run.thresholds = linked.model, linked.thresholds
    active = Actor.objects.filter(state=ActorState.ACTIVE).count()
    pairs = {"merged_pairs": RunPair.objects.filter(run=run).count(), "review_pairs": linked.review.height}
    run.report = {
        **linked.report,
        **pairs,
        "actors": active,
        "touched": len(touched),
        "histogram": histogram(linked.pairs),
    }
    run.save()


def histogram(pairs: pl.DataFrame) -> list[list[float]]:
    """Numbers of kept pairs by probability in tenths: ``[from, to, count]``."""
    if pairs.is_empty():
        return [[at / 10, (at + 1) / 10, 0] for at in range(10)]
    tenths = (pairs["probability"] * 10).floor().clip(0, 9).cast(pl.Int64)
    counted = dict(tenths.value_counts().iter_rows())
    return [[at / 10, (at + 1) / 10, counted.get(at, 0)] for at in range(10)]
