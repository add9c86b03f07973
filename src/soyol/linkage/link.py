"""Link: the whole run over one table of records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from soyol.linkage import decide
from soyol.linkage.cluster import Judged, cluster
from soyol.linkage.compare.columns import Columns
from soyol.linkage.compare.outcome import Compared
from soyol.linkage.engines import Engine, engine_named
from soyol.linkage.estimate import Model, estimate, random_rows
from soyol.linkage.evidence import Evidence
from soyol.linkage.judgements import Judgements, read_judgements, settle
from soyol.linkage.linked import MEMBERS, PAIRS, Linked
from soyol.linkage.parts import Part, constraints_of, lists_of, parts
from soyol.linkage.prepare import prepare
from soyol.linkage.protocols import Pack
from soyol.linkage.review import Known, longest_queue, questions, queue
from soyol.linkage.schema import conform
from soyol.linkage.second import Met, second_opinion
from soyol.linkage.settings import Settings

Progress = Callable[[str, float], None]


def link(
    records: pl.DataFrame | Path,
    pack: Pack,
    settings: Settings | None = None,
    *,
    judgements: pl.DataFrame | None = None,
    lessons: Mapping[str, Mapping[str, Any]] | None = None,
    engine: str = "duckdb",
    progress: Progress | None = None,
) -> Linked:
    """Find which records are of the same person or body.

    ``records``: columns of ``schema.RECORD_COLUMNS``, or a Parquet file of them; ``record_id`` unique.
    ``judgements``: see :mod:`soyol.linkage.judgements`. ``lessons``: part → what answers taught, as JSON
    (:mod:`soyol.linkage.teach`). ``progress(step, share_done)`` is called between steps.
    The same records give the same result in any order of rows.
    """
    settings = settings or Settings()
    say = progress or (lambda _step, _share: None)
    table = conform(pl.read_parquet(records) if isinstance(records, Path) else records).sort("record_id")
    chosen = engine_named(engine, settings)
    say("prepare", 0.0)
    prepared = prepare(table, pack)
    judged = read_judgements(judgements, table)
    done = []
    for at, part in enumerate(parts()):
        frame = prepared.persons if part.name == "persons" else prepared.organisations
        told = settings, own_judgements(judged, table, frame), longest_queue(len(table), settings)
        lesson = (lessons or {}).get(part.name, {})
        done.append(_link_part(part, frame, chosen, (*told, lesson), _share_of(say, at)))
    say("done", 1.0)
    return together(table, done, judged, longest_queue(len(table), settings))


@dataclass(frozen=True)
class Done:
    """One part linked: ``entities`` has record_id and entity_id of every record asked about."""

    part: Part
    entities: pl.DataFrame
    pairs: pl.DataFrame
    review: pl.DataFrame
    model: Model
    merge_at: float
    candidates: int


def _link_part(
    part: Part,
    frame: pl.DataFrame,
    engine: Engine,
    told: tuple[Settings, Judged, int, Mapping[str, Any]],
    say: Progress,
) -> Done:
    settings, judged, longest, lesson = told
    say(f"block_{part.name}", 0.0)
    pairs = engine.candidates(frame, part.rules)
    say(f"compare_{part.name}", 0.2)
    compared = engine.compare(part.name, frame, pairs, part.compare)
    say(f"estimate_{part.name}", 0.6)
    model = taught(part, _model(part, frame, compared), lesson)
    say(f"decide_{part.name}", 0.75)
    first = decide.score(part.comparisons, compared, model)
    met = Met(pairs, lists_of(frame))
    scored = second_opinion(part.comparisons, compared, model, first, met)
    scored = decide.corrected(part.comparisons, compared, model, scored)
    merge_at = decide.merge_threshold(scored.probability, settings.precision)
    evidence = Evidence(part, frame, model, met, compared, scored)
    edges, constraints = evidence.edges(), constraints_of(frame, settings, judged)
    entity = cluster(len(frame), edges, decide.in_bits(merge_at), constraints, evidence.weigh)
    asked = questions(edges, Known(entity, met.source), judged, evidence.weigh, longest)
    kept, review = evidence.kept(entity, asked)
    ids = frame["record_id"]
    entities = pl.DataFrame({"record_id": ids, "entity_id": ids.gather(entity)})
    return Done(part, entities, kept, review, model, merge_at, len(pairs))


def _model(part: Part, frame: pl.DataFrame, compared: Compared) -> Model:
    """The model that the table's own pairs teach."""
    left, right = random_rows(len(frame))
    random = part.compare(Columns(frame), left, right)
    return estimate(part.comparisons, compared, random, len(frame))


def taught(part: Part, model: Model, lesson: Mapping[str, Any]) -> Model:
    """``model`` with the corrections of a lesson; those of reasons that there no longer are have no effect."""
    told = lesson.get("corrections", {})
    rows = {
        c.name: tuple(float(told.get(f"{part.name}.{c.name}.{level}", 0.0)) for level in c.levels[1:])
        for c in part.comparisons
    }
    return replace(
        model, corrections={name: row for name, row in rows.items() if any(row)}, shift=float(lesson.get("shift", 0.0))
    )


def _share_of(say: Progress, at: int) -> Progress:
    """Progress within the ``at``-th of the two parts."""
    return lambda step, share: say(step, 0.1 + 0.45 * (at + share))


def own_judgements(judged: Judgements, table: pl.DataFrame, frame: pl.DataFrame) -> Judged:
    """The judgements as rows of one part's frame."""
    head, apart = settle(judged)
    if not head and not apart:
        return Judged()
    rows = {int(record): at for at, record in enumerate(frame["record_id"].to_list())}
    ids = table["record_id"].to_list()
    own = {row: rows.get(int(ids[row]), -1) for row in {*head, *head.values(), *(r for pair in apart for r in pair)}}
    return Judged(
        {own[row]: own[top] for row, top in head.items() if own[row] >= 0 and own[top] >= 0},
        frozenset((min(own[a], own[b]), max(own[a], own[b])) for a, b in apart if own[a] >= 0 and own[b] >= 0),
    )


def together(table: pl.DataFrame, done: list[Done], judged: Judgements, longest: int) -> Linked:
    """One result of both parts, asking about ``longest`` pairs at most."""
    pairs = pl.concat(part.pairs for part in done)
    review = queue(pl.concat(part.review for part in done), longest)
    asked = review.select("a", "b", pl.lit("review").alias("asked"))
    pairs = pairs.join(asked, on=["a", "b"], how="left")
    pairs = pairs.with_columns(pl.coalesce("asked", "decision").alias("decision")).select(*PAIRS).sort("a", "b")
    thresholds = {part.part.name: _thresholds(part, review) for part in done}
    return Linked(
        members=_members(table, done, pairs, judged),
        pairs=pairs,
        review=review.with_columns(pl.lit("review").alias("decision")).select(*PAIRS, "worth"),
        thresholds=thresholds,
        model={part.part.name: part.model.to_json() | {"thresholds": thresholds[part.part.name]} for part in done},
        report=_report(done, pairs, judged),
    )


def _thresholds(part: Done, review: pl.DataFrame) -> dict[str, float]:
    """Merge at or above the one; ask down to the other: the least that the likeliest pair of a question reaches."""
    own = review.join(part.entities.select(pl.col("record_id").alias("a")), on="a", how="semi")
    lowest = own.group_by("worth").agg(pl.col("probability").max())["probability"].min()
    return {
        "merge": part.merge_at,
        "ask": min(float(lowest), part.merge_at) if isinstance(lowest, float) else part.merge_at,
    }


def _members(table: pl.DataFrame, done: list[Done], pairs: pl.DataFrame, judged: Judgements) -> pl.DataFrame:
    """Every record with its entity; its probability is that of its best pair inside the entity."""
    entities = pl.concat(part.entities for part in done)
    inside = pairs.filter(pl.col("decision") == "merge").select("a", "b", "probability")
    best = pl.concat([inside.select(pl.col(side).alias("record_id"), "probability") for side in ("a", "b")])
    best = best.group_by("record_id").agg(pl.col("probability").max())
    told = pl.DataFrame({"record_id": table["record_id"].gather(np.concatenate([judged.left, judged.right]))}).unique()
    size = pl.len().over("entity_id")
    return (
        table.select("record_id", "source", "row")
        .join(entities, on="record_id", how="left", maintain_order="left")
        .join(best, on="record_id", how="left", maintain_order="left")
        .with_columns(pl.col("probability").fill_null(1.0))
        .with_columns(
            pl.when(pl.col("record_id").is_in(told["record_id"].implode()) & (size > 1))
            .then(pl.lit("judged"))
            .when(size > 1)
            .then(pl.lit("merged"))
            .otherwise(pl.lit("alone"))
            .alias("decision")
        )
        .select(*MEMBERS)
    )


def _report(done: list[Done], pairs: pl.DataFrame, judged: Judgements) -> dict[str, Any]:
    report: dict[str, Any] = {"contradictory_judgements": judged.contradictions}
    for part in done:
        report[part.part.name] = {
            "records": len(part.entities),
            "entities": part.entities["entity_id"].n_unique(),
            "candidate_pairs": part.candidates,
            "merged_pairs": int((part.pairs["decision"] == "merge").sum()),
            "review_pairs": len(pairs.filter(decision="review").join(part.entities, left_on="a", right_on="record_id")),
            "expected_same_pairs": part.model.shares["same"] * part.model.records * (part.model.records - 1) / 2,
        }
    return report
