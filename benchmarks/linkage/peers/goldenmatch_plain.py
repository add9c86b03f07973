"""goldenmatch without configuration, on the same hand-mapped columns that plain Splink gets.

It cannot map Mongolian headings, so it is given the mapped and cleaned columns under English names it knows; persons
and organisations go in separately. Everything else is its own choice.

``python -m benchmarks.linkage.peers.goldenmatch_plain FOLDER MEMBERS.csv``
"""

import os
import sys
from pathlib import Path

import polars as pl

from benchmarks.linkage.peers import mapped

_PERSONS = {
    "given_name": "first_name",
    "surname": "last_name",
    "number": "national_id",
    "dob": "date_of_birth",
    "year": "birth_year",
    "phone": "phone",
    "email": "email",
    "aimag": "state",
    "soum": "city",
    "employer": "employer",
}
_ORGANISATIONS = {
    "org": "company_name",
    "number": "company_id",
    "phone": "phone",
    "email": "email",
    "aimag": "state",
    "soum": "city",
    "director": "contact_name",
}


def _cluster(rows: pl.DataFrame, columns: dict[str, str], letter: str) -> pl.DataFrame:
    import goldenmatch

    given = rows.select(pl.col(name).alias(known) for name, known in columns.items())
    result = goldenmatch.dedupe_df(given.to_arrow(), confidence_required=False, allow_red_config=True)
    found = [(int(row), f"{letter}{number}") for number, one in result.clusters.items() for row in one["members"]]
    clusters = pl.DataFrame(found, schema={"at": pl.Int64, "entity_id": pl.String}, orient="row")
    return rows.select("source", "row").with_row_index("at").with_columns(pl.col("at").cast(pl.Int64)).join(
        clusters, on="at", how="inner"
    ).select("source", "row", "entity_id")  # fmt: skip


def run(folder: Path, to: Path) -> None:
    """Link the lists of a folder and write members (source, row, entity_id)."""
    rows = mapped.read(folder)
    people = _cluster(mapped.persons(rows), _PERSONS, "p")
    bodies = _cluster(mapped.organisations(rows), _ORGANISATIONS, "o")
    pl.concat([people, bodies]).write_csv(to)


if __name__ == "__main__":
    os.environ.setdefault("GOLDENMATCH_SUGGEST_ON_DEDUPE", "0")  # suggestions change nothing in the result
    run(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
