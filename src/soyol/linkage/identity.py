"""Identity over reruns: new clusters take over the public numbers of the old ones, always in the same way."""

import polars as pl

CARRIED = pl.Schema({"entity_id": pl.Int64(), "kept_id": pl.Int64()})


def carry_over(old_members: pl.DataFrame, new_members: pl.DataFrame) -> pl.DataFrame:
    """Which old entity each new entity continues.

    Both tables have ``record_id`` and ``entity_id``. Result: one row per new entity, ``entity_id`` and ``kept_id``
    (the old entity's id, or null for a new one). An old id is given away once and a new entity takes one, the pair
    with most records in common first; ties go to the smaller old id, then to the smaller new id. So a rerun that
    changes nothing changes no number, a split leaves the number with the larger part, and a merge keeps the number of
    the larger old entity (the other's old number is for the caller to redirect).
    """
    old = old_members.select("record_id", pl.col("entity_id").alias("kept_id"))
    common = (
        new_members.select("record_id", "entity_id")
        .join(old, on="record_id")
        .group_by("entity_id", "kept_id")
        .len()
        .sort(["len", "kept_id", "entity_id"], descending=[True, False, False])
    )
    given = _one_to_one(common)
    return (
        new_members.select(pl.col("entity_id").unique().sort())
        .join(given, on="entity_id", how="left", maintain_order="left")
        .cast(CARRIED)
    )


def _one_to_one(common: pl.DataFrame) -> pl.DataFrame:
    """Greedy one-to-one choice in the order of ``common``; each round settles every pair that is first on both."""
    chosen = []
    while not common.is_empty():
        best = common.filter(pl.col("entity_id").is_first_distinct() & pl.col("kept_id").is_first_distinct())
        chosen.append(best)
        common = common.filter(
            ~pl.col("entity_id").is_in(best["entity_id"].implode())
            & ~pl.col("kept_id").is_in(best["kept_id"].implode())
        )
    return (
        pl.concat([table.select("entity_id", "kept_id") for table in chosen])
        if chosen
        else pl.DataFrame(schema=CARRIED)
    )
