"""goldenmatch without configuration on FEBRL.

``python -m benchmarks.linkage.peers.goldenmatch_febrl FOLDER MEMBERS.csv``
"""

import os
import sys
from pathlib import Path

import polars as pl

from benchmarks.linkage.peers.splink_febrl import read


def run(folder: Path, to: Path) -> None:
    """Link the lists and write members (source, row, entity_id)."""
    import goldenmatch

    rows = read(folder)
    result = goldenmatch.dedupe_df(
        rows.drop("uid", "source", "row").to_arrow(), confidence_required=False, allow_red_config=True
    )
    found = [(int(row), str(number)) for number, one in result.clusters.items() for row in one["members"]]
    clusters = pl.DataFrame(found, schema={"uid": pl.UInt32, "entity_id": pl.String}, orient="row")
    rows.with_columns(pl.col("uid").cast(pl.UInt32)).join(clusters, on="uid").select(
        "source", "row", "entity_id"
    ).write_csv(to)


if __name__ == "__main__":
    os.environ.setdefault("GOLDENMATCH_SUGGEST_ON_DEDUPE", "0")
    run(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
