"""Names that name nobody: "Unidentified designer", "Various artists", "Тодорхойгүй".

No word list finds them in every language, but lists give them away: a label stands on several rows of one list, and
nothing else in those rows tells one from another. Three real namesakes of whom a list says nothing but the name cannot
be told apart either, so whatever the reason, such rows must not be joined by their name.
"""

import polars as pl

#: From so many bare rows with one name in one list, the name is taken for a label.
ROWS = 3
NAMES = ("name", "given_name", "surname", "clan_name", "stage_name", "org_name")
#: What tells a row from another one of the same name.
TELLING = (
    "person_number", "company_number", "external_ids", "birth_date", "death_date", "founded", "closed", "phones",
    "emails", "websites", "unit", "address", "employer", "director", "founder",
)  # fmt: skip


def without_labels(records: pl.DataFrame) -> pl.DataFrame:
    """Return the records with the names taken out of rows that carry nothing but a label; order and rows stay.

    It is for linking only: what is shown and written keeps the name as the list has it.
    """
    bare = pl.all_horizontal(
        pl.col(name).is_null() if records.schema[name] == pl.String else pl.col(name).list.len().fill_null(0) == 0
        for name in TELLING
    )
    folded = pl.col("name").str.to_lowercase().str.strip_chars()
    is_label = (bare & pl.col("name").is_not_null() & (bare.sum().over("source", folded) >= ROWS)).alias("_label")
    marked = records.with_columns(is_label)
    return marked.with_columns(
        pl.when(pl.col("_label")).then(None).otherwise(pl.col(name)).alias(name) for name in NAMES
    ).drop("_label")
