"""What a run leaves behind for people: why records are one, which pairs to ask about, and its report."""

import json
from typing import TYPE_CHECKING, Any

import polars as pl
from django.utils import timezone

from soyol.registry.actions.drawing import Numbered
from soyol.registry.choices import ActorState, PairState, RunState
from soyol.registry.models import Actor, Judgement, LinkageRun, ReviewPair, RunPair

if TYPE_CHECKING:
    from soyol.linkage import Linked

ROWS = 2000


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


def close_run(run: LinkageRun, *, records: int, linked: "Linked | None", touched: int) -> None:
    """Write the report of a run that was applied."""
    run.state, run.ended_at, run.records = RunState.APPLIED, timezone.now(), records
    active = Actor.objects.filter(state=ActorState.ACTIVE).count()
    run.report = {"actors": active, "touched": touched, "merged_pairs": 0, "review_pairs": 0, "histogram": []}
    if linked is not None:
        run.model, run.thresholds = linked.model, linked.thresholds
        pairs = {"merged_pairs": RunPair.objects.filter(run=run).count(), "review_pairs": linked.review.height}
        run.report = {**linked.report, **run.report, **pairs, "histogram": histogram(linked.pairs)}
    run.save()


def histogram(pairs: pl.DataFrame) -> list[list[float]]:
    """Numbers of kept pairs by probability in tenths: ``[from, to, count]``."""
    if pairs.is_empty():
        return [[at / 10, (at + 1) / 10, 0] for at in range(10)]
    tenths = (pairs["probability"] * 10).floor().clip(0, 9).cast(pl.Int64)
    counted = dict(tenths.value_counts().iter_rows())
    return [[at / 10, (at + 1) / 10, counted.get(at, 0)] for at in range(10)]
