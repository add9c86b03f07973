"""A small file against a large registry: ``./soyol bench incremental [--records 1000000] [--new 1000]``.

Known-truth records are linked whole, all but the new ones, and leave an index; the new ones are then placed against it
alone. Printed: the seconds of both and their ratio, how many of the true pairs between new and stored records were
found, how many of those found are true, and that no stored record moved. The limit is the issue's word "seconds".
"""

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from benchmarks import PACK
from benchmarks.linkage.by_hand import records
from benchmarks.measuring import ROOT, machine, ratio, share, table

if TYPE_CHECKING:
    from soyol.packs import Pack

#: Seconds that placing 1,000 records may take, whatever the registry holds.
LIMIT = 30.0


@dataclass(frozen=True)
class Measured:
    """Seconds of a whole run and of placing the new records; precision and recall of pairs between new and stored."""

    whole: float
    placing: float
    precision: float
    recall: float


def main(arguments: list[str] | None = None) -> int:
    """Measure each size asked for; exit 1 when placing takes longer than the limit."""
    parser = argparse.ArgumentParser(prog="./soyol bench incremental")
    parser.add_argument("--records", type=int, nargs="+", default=[100_000])
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--half", choices=("development", "heldout", "full"), default="heldout")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    print(machine())
    rows, kept = [], True
    for count in given.records:
        found = _measure(count, given)
        kept &= found.placing <= LIMIT
        shares = (share(found.precision), share(found.recall))
        times = (f"{found.whole:.1f}", f"{found.placing:.1f}", ratio(found.placing, found.whole))
        rows.append((f"{count:,}", f"{given.new:,}", *times, ratio(found.placing, LIMIT), *shares))
    print(table(("stored", "new", "whole s", "new s", "of whole", "of limit", "P", "R"), rows))
    return 0 if kept else 1


def _measure(count: int, given: argparse.Namespace) -> Measured:
    from soyol import packs

    pack = packs.load(PACK)
    with tempfile.TemporaryDirectory() as folder:
        lists = Path(folder) / "lists"
        _generate(lists, count + given.new, given)
        made = records(lists, pack)
        truth = pl.read_csv(lists / "truth" / "truth.csv", infer_schema_length=0)
        true = truth.select("source", pl.col("row").cast(pl.Int64), "entity")
        new = made.sample(given.new, seed=given.seed)
        stored = made.join(new.select("record_id"), on="record_id", how="anti")
        whole, placing, members = _link(stored, new, pack, Path(folder) / "index")
        place = made.select("record_id", "source", "row")
        precision, recall = _agreement(members, true.join(place, on=["source", "row"]), new)
    return Measured(whole, placing, precision, recall)


def _generate(into: Path, count: int, given: argparse.Namespace) -> None:
    command = [sys.executable, "-m", "benchmarks.linkage", "generate", "--records", str(count), "--half", given.half]
    subprocess.run([*command, "--seed", str(given.seed), "--to", into], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _link(stored: pl.DataFrame, new: pl.DataFrame, pack: "Pack", path: Path) -> tuple[float, float, pl.DataFrame]:
    """Seconds of the whole run, seconds of placing from the opened index to the kept one, and all members."""
    from soyol.linkage import Index, link_new, prepare
    from soyol.linkage.link import link

    began = time.perf_counter()
    linked = link(stored, pack)
    whole = time.perf_counter() - began
    Index.create(path, prepare(stored, pack), linked.members, linked.model).close()
    began = time.perf_counter()
    index = Index.open(path)
    placed = link_new(new, index, pack)
    index.add(prepare(new, pack), placed.members)
    index.close()
    placing = time.perf_counter() - began
    columns = ("record_id", "entity_id")
    return whole, placing, pl.concat([linked.members.select(columns), placed.members.select(columns)])


def _agreement(members: pl.DataFrame, true: pl.DataFrame, new: pl.DataFrame) -> tuple[float, float]:
    """Precision and recall of the pairs of a new record and a stored one."""
    both = members.join(true.select("record_id", "entity"), on="record_id", how="left")
    is_new = pl.col("record_id").is_in(new["record_id"].implode())
    mine, others = both.filter(is_new), both.filter(~is_new)
    found = mine.join(others, on="entity_id")
    there = mine.drop_nulls("entity").join(others.drop_nulls("entity"), on="entity").height
    right = found.filter(pl.col("entity") == pl.col("entity_right")).height
    return right / max(found.height, 1), right / max(there, 1)


if __name__ == "__main__":
    sys.exit(main())
