"""The figures of the report, counted from the run's own tables. No clock: the same run has the same figures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..outcome import SourceOutcome

#: Fields whose filling the report shows, in the order of a reader's interest.
SHOWN_FIELDS = (
    "name", "person_number", "company_number", "birth_date", "phones", "emails", "unit", "occupations", "areas",
    "employer",
)  # fmt: skip
#: Entities with this many rows or more share one bar.
MANY_ROWS = 6
LARGEST = 10
FIRST_PAIRS = 10
COMMON_PROBLEMS = 20


@dataclass(frozen=True)
class Figures:
    """What the page shows. Counts are of rows (records), people or bodies (entities) and pairs of rows."""

    sources: tuple[SourceOutcome, ...]
    records: int
    entities: int
    kinds: tuple[tuple[str, int, int], ...]  # kind, records, entities
    sizes: tuple[tuple[int, int], ...]  # rows of an entity (the last: so many or more), entities
    shared: Mapping[tuple[str, str], int]  # two sources → entities that both hold
    filled: tuple[tuple[str, float], ...]  # field → share of entities
    probabilities: tuple[tuple[float, int], ...]  # lower edge of a tenth → pairs
    thresholds: Mapping[str, Mapping[str, float]]  # persons | organisations → merge, ask as probabilities
    merged_pairs: int
    review_pairs: int
    problems: tuple[tuple[str, Mapping[str, Any], int], ...]  # code, its first parameters, count
    largest: tuple[Mapping[str, Any], ...]  # name, rows, row_count
    first_pairs: tuple[Mapping[str, Any], ...]  # the review columns with both names


def figures_of(
    *,
    sources: tuple[SourceOutcome, ...],
    registry: pl.DataFrame,
    shares: pl.DataFrame,
    pairs: pl.DataFrame,
    review: pl.DataFrame,
    review_pairs: int,
    problems: pl.DataFrame,
    thresholds: Mapping[str, Mapping[str, float]],
) -> Figures:
    """Count everything once.

    ``registry`` is a row per entity; ``shares`` has ``source, entity_id`` a row per record; ``pairs`` has
    ``probability, decision``; ``review`` the first pairs of the queue with both names and ``review_pairs`` the length
    of the whole queue; ``problems`` has ``problem`` (a code) and ``params`` (JSON).
    """
    return Figures(
        sources=sources,
        records=shares.height,
        entities=registry.height,
        kinds=_kinds(registry),
        sizes=_sizes(registry),
        shared=_shared(shares),
        filled=tuple((field, _share_filled(registry[field])) for field in SHOWN_FIELDS),
        probabilities=_tenths(pairs),
        thresholds=dict(sorted(thresholds.items())),
        merged_pairs=pairs.filter(pl.col("decision") == "merge").height,
        review_pairs=review_pairs,
        problems=_counted(problems),
        largest=tuple(
            registry.filter(pl.col("row_count") > 1)
            .sort("row_count", "entity_id", descending=[True, False])
            .head(LARGEST)
            .select("entity_id", "name", "rows", "row_count")
            .to_dicts()
        ),
        first_pairs=tuple(review.to_dicts()),
    )


def _kinds(registry: pl.DataFrame) -> tuple[tuple[str, int, int], ...]:
    counted = registry.group_by(pl.col("kind").fill_null("unknown")).agg(
        pl.col("row_count").sum().alias("records"), pl.len().alias("entities")
    )
    return tuple(
        counted.sort("entities", "kind", descending=[True, False]).select("kind", "records", "entities").rows()
    )


def _sizes(registry: pl.DataFrame) -> tuple[tuple[int, int], ...]:
    sizes = registry.select(pl.col("row_count").clip(upper_bound=MANY_ROWS).cast(pl.Int64).alias("size"))
    return tuple(sizes.group_by("size").len().sort("size").rows())


def _shared(shares: pl.DataFrame) -> dict[tuple[str, str], int]:
    held = shares.select("source", "entity_id").unique()
    both = held.join(held, on="entity_id", suffix="_b").group_by("source", "source_b").len()
    return {(a, b): count for a, b, count in both.sort("source", "source_b").rows()}


def _share_filled(column: pl.Series) -> float:
    return 0.0 if column.is_empty() else 1 - column.null_count() / column.len()


def _tenths(pairs: pl.DataFrame) -> tuple[tuple[float, int], ...]:
    tenth = pairs.select((pl.col("probability") * 10).floor().clip(0, 9).cast(pl.Int64).alias("tenth"))
    counts = dict(tenth.group_by("tenth").len().rows())
    return tuple((at / 10, counts.get(at, 0)) for at in range(10))


def _counted(problems: pl.DataFrame) -> tuple[tuple[str, dict[str, Any], int], ...]:
    counted = problems.group_by("problem").agg(pl.col("params").first(), pl.len().alias("count"))
    ordered = counted.sort("count", "problem", descending=[True, False]).head(COMMON_PROBLEMS)
    return tuple((code, json.loads(params), count) for code, params, count in ordered.rows())
