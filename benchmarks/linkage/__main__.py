"""Command line: ``python -m benchmarks.linkage generate|run …``."""

import argparse
import sys
import time
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linkage")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("generate", help="write a known-truth set")
    make.add_argument("--records", type=int, default=10_000)
    make.add_argument("--half", choices=("development", "heldout", "full"), default="development")
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--to", type=Path, required=True)
    make.add_argument("--format", choices=("csv", "mixed"), default="csv")
    by_hand = commands.add_parser("records", help="build linkage records by hand from a generated set")
    by_hand.add_argument("--from", dest="folder", type=Path, required=True)
    by_hand.add_argument("--to", type=Path, required=True, help="a Parquet file")
    by_hand.add_argument("--pack", default=None, help="a country pack that turns places into codes")
    given = parser.parse_args(arguments)
    return _generate(given) if given.command == "generate" else _records(given)


def _generate(given: argparse.Namespace) -> int:
    from benchmarks.linkage.generator import generate, write

    start = time.perf_counter()
    made = generate(given.records, given.half, given.seed)
    paths = write(made, given.to, given.format)
    print(
        f"{len(made.truth):,} rows of {made.truth['entity'].n_unique():,} entities in {len(paths)} lists, all invented"
    )
    print(f"truth in {given.to / 'truth'}: truth.csv, undecidable.csv")
    print(f"{len(made.undecidable):,} true pairs cannot be told from the files; {time.perf_counter() - start:.1f} s")
    return 0


def _records(given: argparse.Namespace) -> int:
    from benchmarks.linkage.by_hand import records

    pack = None
    if given.pack:
        from soyol import packs

        pack = packs.load(given.pack)
    made = records(given.folder, pack)
    made.write_parquet(given.to)
    print(f"{len(made):,} records in {given.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
