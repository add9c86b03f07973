"""Soyol's engine alone: records built by hand, so that reading and mapping play no part.

``python -m benchmarks.linkage.peers.soyol_link FOLDER MEMBERS.csv REVIEW.csv``
"""

import sys
from pathlib import Path

import polars as pl

from benchmarks import PACK
from benchmarks.linkage.by_hand import records


def run(folder: Path, members: Path, review: Path) -> None:
    """Link and write members and the review queue, as ``combine`` would name their columns."""
    from soyol import packs
    from soyol.linkage.link import link

    pack = packs.load(PACK)
    made = records(folder, pack)
    linked = link(made, pack)
    place = made.select("record_id", "source", "row")
    linked.members.join(place, on="record_id").select("source", "row", "entity_id").write_csv(members)
    queue = linked.review
    for side in ("a", "b"):
        queue = queue.join(
            place.rename({"record_id": side, "source": f"source_{side}", "row": f"row_{side}"}), on=side, how="left"
        )
    queue.select("source_a", "row_a", "source_b", "row_b", pl.col("probability")).write_csv(review)


if __name__ == "__main__":
    run(*(Path(each) for each in sys.argv[1:4]))
