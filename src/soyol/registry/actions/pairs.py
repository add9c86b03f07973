"""What a run leaves behind for people: why records are one, which pairs to ask about, and its report."""

import json
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from soyol.registry.actions.drawing import Numbered
from soyol.registry.choices import ActorState, PairState, RunState
from soyol.registry.models import Actor, Judgement, LinkageRun, ReviewPair, RunPair

if TYPE_CHECKING:
    from soyol.linkage import Linked

ROWS = 2000
#: Pairs kept apart whose reasons a run keeps, drawn at random: for people to check how many of them it missed.
APART_KEPT = 300


def keep_reasons(run: LinkageRun, numbered: Numbered, linked: "Linked") -> None:
    """Keep why records are one, some at a time: nobody sees it before the run is applied, nobody is kept waiting."""
    merged = linked.pairs.filter(pl.col("decision") == "merge")
    for part in merged.iter_slices(ROWS):
        made = [RunPair(run=run, decision="merge", **_pair(row, numbered)) for row in part.iter_rows(named=True)]
        with transaction.atomic():
            RunPair.objects.bulk_create(made)
    apart = linked.pairs.filter(pl.col("decision") == "apart")
    kept = apart.sample(min(APART_KEPT, apart.height), seed=run.pk).sort("a", "b")
    RunPair.objects.bulk_create(
        [RunPair(run=run, decision="apart", **_pair(row, numbered)) for row in kept.iter_rows(named=True)]
    )


def drop_reasons(run: LinkageRun | None = None) -> None:
    """Take away reasons that nobody needs, some at a time: those of ``run``, which begins again.

    Without it, those of runs that failed and of all before the last whole run, which explained everything anew.
    """
    whole = LinkageRun.objects.filter(state=RunState.APPLIED, only_new=False).first()
    gone = RunPair.objects.filter(run=run) if run else RunPair.objects.filter(run__state=RunState.FAILED)
    if run is None and whole is not None:
        gone |= RunPair.objects.filter(run__lt=whole)
    while part := list(gone.values_list("pk", flat=True)[:ROWS]):
        RunPair.objects.filter(pk__in=part).delete()


def ask_about(run: LinkageRun, numbered: Numbered, linked: "Linked") -> None:
    """Keep the doubtful pairs; those of a whole run replace what waited. The caller brings the questions up to date."""
    if not run.only_new:
        ReviewPair.objects.filter(state=PairState.OPEN).delete()
    judged = set(Judgement.objects.filter(ended_at__isnull=True).values_list("a_id", "b_id"))
    waiting = set(ReviewPair.objects.filter(state=PairState.OPEN).values_list("a_id", "b_id"))
    known = judged | waiting
    asked = [(_pair(row, numbered), row["worth"]) for row in linked.review.iter_rows(named=True)]
    ReviewPair.objects.bulk_create(
        [
            ReviewPair(run=run, worth=worth, **pair)
            for pair, worth in asked
            if (pair["a_id"], pair["b_id"]) not in known
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
        merged = RunPair.objects.filter(run=run, decision="merge").count()
        apart = linked.pairs.filter(pl.col("decision") == "apart").height
        pairs = {"merged_pairs": merged, "review_pairs": linked.review.height, "apart_pairs": apart}
        run.report = {**linked.report, **run.report, **pairs, "histogram": histogram(linked.pairs)}
    run.save()


def histogram(pairs: pl.DataFrame) -> list[list[float]]:
    """Numbers of kept pairs by probability in tenths: ``[from, to, count]``."""
    if pairs.is_empty():
        return [[at / 10, (at + 1) / 10, 0] for at in range(10)]
    tenths = (pairs["probability"] * 10).floor().clip(0, 9).cast(pl.Int64)
    counted = dict(tenths.value_counts().iter_rows())
    return [[at / 10, (at + 1) / 10, counted.get(at, 0)] for at in range(10)]
