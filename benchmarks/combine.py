"""From files to files: ``./soyol bench combine``. Known-truth lists in, the five files out, with time, memory and F1.

The limits are those of the first milestone: 100,000 records in 60 s and 2 GB, 1,000,000 in 6 minutes and 6 GB.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from benchmarks import PACK
from benchmarks.measuring import machine, memory, share, table, timed

#: records → (seconds, bytes)
LIMITS = {100_000: (60.0, 2.0e9), 1_000_000: (360.0, 6.0e9)}


def main(arguments: list[str] | None = None) -> int:
    """Measure each size asked for; exit 1 when a limit is broken."""
    parser = argparse.ArgumentParser(prog="./soyol bench combine")
    parser.add_argument("--records", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--format", choices=("csv", "mixed"), default="mixed")
    parser.add_argument("--half", choices=("development", "heldout", "full"), default="development")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    given = parser.parse_args(arguments)
    print(machine())
    measured = list(_measured(given))
    print(table(("records", "seconds", "peak", "P", "R", "F1", "review", "limits"), [row for row, _ in measured]))
    return 0 if all(kept for _, kept in measured) else 1


def _measured(given: argparse.Namespace) -> Iterator[tuple[tuple[str, ...], bool]]:
    for records in given.records:
        with tempfile.TemporaryDirectory() as folder:
            lists, out = Path(folder) / "lists", Path(folder) / "out"
            made = timed(
                ["-m", "benchmarks.linkage", "generate", "--records", str(records), "--half", given.half,
                 "--seed", str(given.seed), "--format", given.format, "--to", lists]
            )  # fmt: skip
            if not made.ended_well:
                raise SystemExit(made.output)
            files = sorted(each for each in lists.iterdir() if each.is_file())
            run = timed(["-m", "soyol.combine", *files, "--to", out, "--pack", PACK, "--engine", given.engine])
            if not run.ended_well:
                raise SystemExit(run.output)
            seconds, room = LIMITS.get(records, (float("inf"), float("inf")))
            kept = run.seconds <= seconds and run.peak <= room
            precision, recall, asked = agreement(out, lists / "truth" / "truth.csv")
            f1 = 2 * precision * recall / (precision + recall)
            yield (
                (f"{records:,}", f"{run.seconds:.1f}", memory(run.peak), share(precision), share(recall), share(f1),
                 f"{asked:,}", "kept" if kept else "BROKEN"),
                kept,
            )  # fmt: skip


def agreement(out: Path, truth: Path) -> tuple[float, float, int]:
    """Pairwise precision and recall of ``members.csv`` against the truth, and the length of ``review.csv``."""
    members = pl.read_csv(out / "members.csv", columns=["source", "row", "entity_id"])
    true = pl.read_csv(truth, infer_schema_length=0).select("source", pl.col("row").cast(pl.Int64), "entity")
    both = true.join(members, on=["source", "row"], how="left")
    right, found, there = _pairs(both, "entity", "entity_id"), _pairs(both, "entity_id"), _pairs(both, "entity")
    asked = pl.scan_csv(out / "review.csv", infer_schema_length=0).select(pl.len()).collect().item()
    return right / max(found, 1), right / max(there, 1), asked


def _pairs(frame: pl.DataFrame, *keys: str) -> int:
    sizes = frame.drop_nulls(list(keys)).group_by(*keys).len()["len"].cast(pl.Int64)
    return int((sizes * (sizes - 1) // 2).sum())


if __name__ == "__main__":
    sys.exit(main())
