"""One row per entity: which of the values that the lists give is shown, by a rule that can be read aloud.

The rule, for every field with one value: a value with all its letters goes before one that has lost some on its way
("Fran?ois"); then the value that more lists give; then the one in more rows; then the more complete one (a whole date
before a year, a longer text before a shorter); then the one that stands first in the lists, taken by name. Names are
taken whole from one row, never pieced together: a row with both parts written out goes before one with an initial, the
pack's own script before another. Fields with many values keep all of them, those in most rows first. No value is lost:
``members.csv`` leads to every row.
"""

import polars as pl

from soyol.intake.cells import LOST

#: Name parts that come from one and the same row.
NAME_PARTS = ("name", "given_name", "surname", "clan_name", "org_form")
SINGLE = (
    "kind", "stage_name", "org_branch", "person_number", "company_number", "birth_date", "death_date", "founded",
    "closed", "gender", "nationality", "unit", "address", "role", "employer", "director", "founder", "level",
)  # fmt: skip
MANY = ("phones", "emails", "websites", "external_ids", "occupations", "domains", "areas")

#: Columns of registry.csv, in order. Several values in a cell are parted by " | ".
REGISTRY_COLUMNS = (
    "entity_id", "kind", "name", "given_name", "surname", "clan_name", "stage_name", "other_names", "org_form",
    "org_branch", "person_number", "company_number", "birth_date", "death_date", "founded", "closed", "gender",
    "nationality", "phones", "emails", "websites", "unit", "unit_name", "address", "occupations", "domains", "areas",
    "role", "employer", "director", "founder", "level", "external_ids", "sources", "rows", "row_count",
)  # fmt: skip
BETWEEN = " | "


def one_row_per_entity(records: pl.DataFrame, members: pl.DataFrame, *, script: str = "") -> pl.DataFrame:
    """Return the entities, ordered by ``entity_id``, with the chosen values as text.

    ``records``: the record columns. ``members``: ``record_id, entity_id``. ``script`` is a regular expression class of
    the letters that the country writes its names in (as "[\\p{Cyrillic}]"); empty means that no script is preferred.
    """
    held = records.join(members.select("record_id", "entity_id"), on="record_id", how="inner").sort("record_id")
    table = held.group_by("entity_id", maintain_order=True).agg(
        pl.col("source").unique(maintain_order=True).str.join(BETWEEN).alias("sources"),
        pl.format("{}:{}", "source", "row").str.join(BETWEEN).alias("rows"),
        pl.len().alias("row_count"),
    )
    parts = [_names(held, script), *(_single(held, column) for column in SINGLE), *(_many(held, c) for c in MANY)]
    for part in parts:
        table = table.join(part, on="entity_id", how="left")
    return table.sort("entity_id")


def _names(held: pl.DataFrame, script: str) -> pl.DataFrame:
    named = held.filter(pl.col("name").is_not_null())
    whole = (pl.col("surname").str.len_chars() > 2).fill_null(value=False) & pl.col("given_name").is_not_null()
    body = pl.col("org_name").is_not_null()
    own = pl.col("name").str.contains(script) if script else pl.lit(value=True)
    shouted = pl.col("name") == pl.col("name").str.to_uppercase()
    ranked = named.select(
        "entity_id", "record_id", *NAME_PARTS, pl.col("name").str.contains(LOST).alias("_lost"),
        pl.len().over("entity_id", "name").alias("_rows"),
        (whole | body).alias("_whole"), own.alias("_own"), shouted.alias("_shouted"),
    )  # fmt: skip
    ranked = ranked.sort(
        "entity_id", "_lost", "_own", "_whole", "_rows", "_shouted", pl.col("name").str.len_chars(), "record_id",
        descending=[False, False, True, True, True, False, True, False],
    )  # fmt: skip
    best = ranked.unique("entity_id", keep="first", maintain_order=True).select("entity_id", *NAME_PARTS)
    every = ranked.group_by("entity_id", maintain_order=True).agg(
        pl.col("name").unique(maintain_order=True).slice(1).str.join(BETWEEN).alias("other_names")
    )
    return best.join(every, on="entity_id", how="left").with_columns(pl.col("other_names").replace("", None))


def _single(held: pl.DataFrame, column: str) -> pl.DataFrame:
    given = held.filter(pl.col(column).is_not_null()).select("entity_id", "record_id", "source", column)
    counted = given.group_by("entity_id", column).agg(
        pl.col("source").n_unique().alias("_lists"), pl.len().alias("_rows"), pl.col("record_id").min().alias("_first")
    )
    # Who writes that a body is an informal group says more than who takes it for any body.
    fuller = pl.col(column) == "group" if column == "kind" else pl.col(column).str.len_chars()
    best_first = ("entity_id", pl.col(column).str.contains(LOST), "_lists", "_rows", fuller, "_first")
    ordered = counted.sort(*best_first, descending=[False, False, True, True, True, False])
    return ordered.unique("entity_id", keep="first", maintain_order=True).select("entity_id", column)


def _many(held: pl.DataFrame, column: str) -> pl.DataFrame:
    given = held.select("entity_id", "record_id", column).filter(pl.col(column).list.len() > 0)
    return (
        given.explode(column)
        .group_by("entity_id", column)
        .agg(pl.len().alias("_rows"), pl.col("record_id").min().alias("_first"))
        .sort("entity_id", "_rows", "_first", column, descending=[False, True, False, False])
        .group_by("entity_id", maintain_order=True)
        .agg(pl.col(column).str.join(BETWEEN))
    )
