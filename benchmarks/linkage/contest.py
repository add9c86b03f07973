"""One contest: every contender links the same files in a process of its own, and is measured by the same truth."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benchmarks import PACK
from benchmarks.linkage import measure
from benchmarks.measuring import Run, timed

PEERS = "benchmarks.linkage.peers"


@dataclass(frozen=True)
class Result:
    """What one contender did with one set; ``rows`` is empty when it did not end well."""

    contender: str
    run: Run
    rows: pl.DataFrame
    agreement: measure.Agreement | None
    review: measure.ReviewYield | None
    decidable_recall: float | None


Arguments = Callable[[Path, Path], list[str | Path]]


def _script(name: str) -> Arguments:
    return lambda folder, to: ["-m", f"{PEERS}.{name}", folder, to / "members.csv", to / "review.csv"]


def combine(pack: str, engine: str = "duckdb") -> Arguments:
    """Soyol through its public door: every list of a folder, nothing mapped by hand."""
    return lambda folder, to: [
        "-m", "soyol.combine", *sorted(_lists(folder)), "--to", to, "--pack", pack, "--engine", engine,
        "--yes", "--quiet",
    ]  # fmt: skip


def _lists(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix in {".csv", ".xlsx"}]


CONTENDERS: dict[str, Arguments] = {
    "soyol": combine(PACK),
    "soyol by hand": _script("soyol_link"),
    "plain Splink": _script("splink_plain"),
    "goldenmatch": _script("goldenmatch_plain"),
}
DEFAULT = ("soyol", "plain Splink", "goldenmatch")


def compete(
    contender: str, folder: Path, work: Path, within: float = 3600.0, arguments: Arguments | None = None
) -> Result:
    """Let one contender link the lists of ``folder`` (made by ``generator.write``) and measure what it publishes.

    ``arguments`` says how it is called, by default as ``CONTENDERS`` does. An exit code other than 0 counts as not
    having ended well, except where the contender still published its members (``combine`` says 1 for a refused list).
    """
    to = work / contender.replace(" ", "-")
    home = work / "home"  # contenders that learn from run to run learn nothing here
    for each in (to, home):
        shutil.rmtree(each, ignore_errors=True)
        each.mkdir(parents=True)
    run = timed((arguments or CONTENDERS[contender])(folder, to), extra={"HOME": str(home)}, within=within)
    if run.code not in {0, 1} or not (to / "members.csv").exists():
        return Result(contender, run, pl.DataFrame(), None, None, None)
    truth = pl.read_csv(folder / "truth" / "truth.csv")
    rows = measure.joined(truth, pl.read_csv(to / "members.csv", infer_schema=False))
    review = None
    if (to / "review.csv").exists():
        review = measure.review_yield(rows, pl.read_csv(to / "review.csv", infer_schema=False))
    total = measure.agreement(rows)
    return Result(contender, run, rows, total, review, _decidable(folder, rows, total))


def _decidable(folder: Path, rows: pl.DataFrame, total: measure.Agreement) -> float:
    """Recall over the true pairs that a reader of the files could tell."""
    thin = pl.read_csv(
        folder / "truth" / "undecidable.csv", schema_overrides={"source_a": pl.String, "source_b": pl.String}
    )
    found = measure.recall_of(rows, thin) * len(thin)
    left = total.true_pairs - len(thin)
    return (total.right_pairs - found) / left if left else 1.0


def undecidable_share(folder: Path) -> float:
    """Share of the true pairs of a set that no reader of its files could tell."""
    truth = pl.read_csv(folder / "truth" / "truth.csv")
    pairs = measure.agreement(truth.with_columns(cluster=pl.col("entity"))).true_pairs
    return len(pl.read_csv(folder / "truth" / "undecidable.csv")) / pairs if pairs else 0.0
