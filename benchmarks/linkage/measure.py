"""How well published clusters agree with the truth.

Definitions, on rows of files (a row is named by ``source`` and ``row``):

- *pairs*: every two rows of one published cluster (transitive closure) against every two rows of one true entity;
- *B-cubed*: per row the share of its cluster that is its own entity (precision) and the share of its entity that is
  in its cluster (recall), averaged over rows;
- *review yield*: of the true pairs that the clusters miss, the share that the review queue names.
"""

from dataclasses import dataclass

import polars as pl

ROW = ["source", "row"]


@dataclass(frozen=True)
class Agreement:
    """Counts of pairs, and B-cubed; shares are between 0 and 1."""

    true_pairs: int
    published_pairs: int
    right_pairs: int
    bcubed_precision: float
    bcubed_recall: float
    largest_cluster: int

    @property
    def precision(self) -> float:
        """Share of published pairs that are true; 1 when nothing is published."""
        return self.right_pairs / self.published_pairs if self.published_pairs else 1.0

    @property
    def recall(self) -> float:
        """Share of true pairs that are published; 1 when there is none."""
        return self.right_pairs / self.true_pairs if self.true_pairs else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _harmonic(self.precision, self.recall)

    @property
    def bcubed_f1(self) -> float:
        """Harmonic mean of B-cubed precision and recall."""
        return _harmonic(self.bcubed_precision, self.bcubed_recall)


@dataclass(frozen=True)
class ReviewYield:
    """What a review queue holds of the true pairs still missing, and what it costs."""

    missing: int
    held: int
    queued: int
    records: int

    @property
    def share(self) -> float:
        """Share of the missing true pairs that the queue holds; 1 when none is missing."""
        return self.held / self.missing if self.missing else 1.0

    @property
    def per_hundred(self) -> float:
        """Queued pairs per 100 records."""
        return 100 * self.queued / self.records if self.records else 0.0

    @property
    def precision(self) -> float:
        """Share of the queued pairs that are true pairs still missing."""
        return self.held / self.queued if self.queued else 0.0


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def joined(truth: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Truth beside the published ``cluster`` of each row; a row that was not published stands alone.

    ``members`` has source, row and entity_id. Raises ``ValueError`` if a row is published twice.
    """
    published = members.select(
        pl.col("source").cast(pl.String),
        pl.col("row").cast(pl.Int64),
        cluster=pl.lit("c") + pl.col("entity_id").cast(pl.String),
    )
    if published.select(ROW).is_duplicated().any():
        msg = "a row of a source is published twice: members must name every row once"
        raise ValueError(msg)
    alone = pl.concat_str(pl.lit("alone:"), pl.col("source"), pl.lit(":"), pl.col("row").cast(pl.String))
    return truth.join(published, on=ROW, how="left").with_columns(cluster=pl.col("cluster").fill_null(alone))


def _pairs_in(sizes: pl.Series) -> int:
    counts = sizes.cast(pl.Int64)
    return int((counts * (counts - 1) // 2).sum())


def agreement(rows: pl.DataFrame) -> Agreement:
    """Compare the columns ``entity`` and ``cluster`` of ``rows``."""
    cells = rows.group_by("entity", "cluster").agg(cell=pl.len()).with_columns(
        entity_size=pl.col("cell").sum().over("entity"), cluster_size=pl.col("cell").sum().over("cluster")
    )  # fmt: skip
    clusters = rows.group_by("cluster").len()["len"]
    shared = cells.select(
        precision=(pl.col("cell") * pl.col("cell") / pl.col("cluster_size")).sum(),
        recall=(pl.col("cell") * pl.col("cell") / pl.col("entity_size")).sum(),
    )
    return Agreement(
        true_pairs=_pairs_in(rows.group_by("entity").len()["len"]),
        published_pairs=_pairs_in(clusters),
        right_pairs=_pairs_in(cells["cell"]),
        bcubed_precision=shared["precision"][0] / max(len(rows), 1),
        bcubed_recall=shared["recall"][0] / max(len(rows), 1),
        largest_cluster=int(clusters.max() or 0),  # type: ignore[call-overload]
    )


def _pairs_over(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """Every pair of rows with the same ``key``, columns of the second with the ending ``_b``."""
    numbered = rows.with_row_index("n")
    shared = numbered.filter(pl.len().over(key) > 1)
    return shared.join(shared, on=key, suffix="_b").filter(pl.col("n") < pl.col("n_b"))


def recall_by_difficulty(rows: pl.DataFrame) -> pl.DataFrame:
    """Per difficulty (either row of the pair carries it) and kind: true pairs and the share that is found."""
    pairs = _pairs_over(rows, "entity").with_columns(found=pl.col("cluster") == pl.col("cluster_b"))
    tags = pl.concat_list(
        pl.col("difficulties").fill_null("").str.split(";"), pl.col("difficulties_b").fill_null("").str.split(";")
    ).list.unique()
    return (
        pairs.select("kind", "found", difficulty=tags)
        .explode("difficulty")
        .filter(pl.col("difficulty") != "")
        .group_by("kind", "difficulty")
        .agg(pairs=pl.len(), recall=pl.col("found").mean())
        .sort("kind", "difficulty")
    )


def wrong_by_family(rows: pl.DataFrame) -> pl.DataFrame:
    """Per family of look-alikes: the pairs of different entities that were merged, beside all pairs there are.

    Wrong pairs outside any family are counted by what the two rows share (an office phone, the kind of name).
    """
    plain = rows.with_columns(pl.col("family").fill_null(""))
    wrong = _pairs_over(plain, "cluster").filter(pl.col("entity") != pl.col("entity_b"))
    same_family = (pl.col("family") == pl.col("family_b")) & (pl.col("family") != "")
    reason = (
        pl.when(same_family)
        .then(pl.col("family").str.split(":").list.first())
        .when(pl.col("kind") != pl.col("kind_b"))
        .then(pl.lit("person with organisation"))
        .otherwise(pl.concat_str(pl.lit("unrelated "), pl.col("kind"), pl.lit("s")))
    )
    counted = wrong.group_by(family=reason).agg(merged=pl.len())
    inside = _pairs_over(plain.filter(pl.col("family") != ""), "family").filter(pl.col("entity") != pl.col("entity_b"))
    possible = inside.group_by(family=pl.col("family").str.split(":").list.first()).agg(possible=pl.len())
    return possible.join(counted, on="family", how="full", coalesce=True).select(
        "family", pl.col("merged").fill_null(0), "possible"
    ).sort("family")  # fmt: skip


def _ends(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(
        pl.col("source_a").cast(pl.String),
        pl.col("row_a").cast(pl.Int64),
        pl.col("source_b").cast(pl.String),
        pl.col("row_b").cast(pl.Int64),
    )


def _with_ends(pairs: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Add entity and cluster of both ends to pairs of rows."""
    known = rows.select(*ROW, "entity", "cluster")
    out = _ends(pairs)
    for side in ("a", "b"):
        out = out.join(
            known.rename({name: f"{name}_{side}" for name in known.columns}), on=[f"source_{side}", f"row_{side}"]
        )
    return out


def review_yield(rows: pl.DataFrame, review: pl.DataFrame) -> ReviewYield:
    """Compare a queue (source_a, row_a, source_b, row_b) with the true pairs that the clusters miss.

    A pair named twice, in either direction, is one pair.
    """
    total = agreement(rows)
    named = _with_ends(review, rows)
    one = pl.concat_str("source_a", pl.lit("\t"), pl.col("row_a").cast(pl.String))
    other = pl.concat_str("source_b", pl.lit("\t"), pl.col("row_b").cast(pl.String))
    single = named.with_columns(low=pl.min_horizontal(one, other), high=pl.max_horizontal(one, other)).unique(
        ["low", "high"]
    )
    held = single.filter((pl.col("entity_a") == pl.col("entity_b")) & (pl.col("cluster_a") != pl.col("cluster_b")))
    return ReviewYield(total.true_pairs - total.right_pairs, len(held), len(single), len(rows))


def recall_of(rows: pl.DataFrame, pairs: pl.DataFrame) -> float:
    """Share of the given pairs of rows that are in one published cluster; 1 when there is none."""
    named = _with_ends(pairs, rows)
    return float((named["cluster_a"] == named["cluster_b"]).mean()) if len(named) else 1.0  # type: ignore[arg-type]
