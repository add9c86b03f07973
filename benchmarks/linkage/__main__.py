"""Command line: ``./soyol bench linkage`` measures; ``generate`` and ``records`` make sets to work with."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

HALVES = ("development", "heldout", "full")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; without a command it measures."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help"}):
        given = ["run", *given]
    options = _parser().parse_args(given)
    return {"generate": _generate, "records": _records, "run": _run, "febrl": _febrl}[options.command](options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./soyol bench linkage", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="measure Soyol beside its peers (the default)")
    run.add_argument("--records", type=_sizes, default=[10_000, 100_000], help="sizes, such as 10000,100000")
    run.add_argument("--half", type=_halves, default=["full", "heldout"], help="development, heldout, full, or several")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--contenders", type=lambda text: text.split(","), default=None, help="which, parted by commas")
    run.add_argument("--format", choices=("csv", "mixed"), default="csv")
    run.add_argument("--within", type=float, default=3600.0, help="seconds after which a contender is stopped")
    run.add_argument("--write", action="store_true", help="write docs/reference/linkage-figures.md")
    run.add_argument("--details", action="store_true", help="print recall by difficulty and wrong merges by family")
    run.add_argument("--no-febrl", action="store_true", help="leave the FEBRL sets out")
    run.add_argument(
        "--keep", type=Path, default=None, help="a folder that keeps the sets and what contenders published"
    )
    make = commands.add_parser("generate", help="write a known-truth set")
    make.add_argument("--records", type=int, default=10_000)
    make.add_argument("--half", choices=HALVES, default="development")
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--to", type=Path, required=True)
    make.add_argument("--format", choices=("csv", "mixed"), default="csv")
    by_hand = commands.add_parser("records", help="build linkage records by hand from a generated set")
    by_hand.add_argument("--from", dest="folder", type=Path, required=True)
    by_hand.add_argument("--to", type=Path, required=True, help="a Parquet file")
    by_hand.add_argument("--pack", default=None, help="a country pack that turns places into codes")
    febrl = commands.add_parser("febrl", help="the FEBRL sets, or Spark's clusters beside DuckDB's on FEBRL 3")
    febrl.add_argument("--write", action="store_true", help="renew the page's section on FEBRL, and only that")
    febrl.add_argument(
        "--compare-engines", action="store_true", help="FEBRL 3 on DuckDB and on Spark: exit code 1 if they differ"
    )
    return parser


def _sizes(text: str) -> list[int]:
    return [int(part.replace("_", "")) for part in text.split(",")]


def _halves(text: str) -> list[str]:
    wanted = text.split(",")
    if not set(wanted) <= set(HALVES):
        msg = f"accepted: {', '.join(HALVES)}"
        raise argparse.ArgumentTypeError(msg)
    return wanted


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


def _run(given: argparse.Namespace) -> int:
    from benchmarks.linkage import febrl, report
    from benchmarks.linkage.contest import DEFAULT

    contests = []
    with tempfile.TemporaryDirectory() as folder:
        keep = given.keep.resolve() if given.keep else Path(folder)
        for half in given.half:
            for size in given.records:
                contest = _contest(half, size, given, keep, given.contenders or list(DEFAULT))
                contests.append(contest)
                _say(contest, details=given.details)
        sets = "" if given.no_febrl else febrl.section(keep, given.contenders or list(DEFAULT))
    if sets:
        print("\n" + sets)
    if given.write:
        sections = [report.section(each) for each in contests] + ([sets] if sets else [])
        print(f"written: {report.write_page(sections)}")
    return 0 if all(each.agreement for contest in contests for each in contest.results) else 1


def _contest(half: str, size: int, given: argparse.Namespace, keep: Path, contenders: list[str]):  # type: ignore[no-untyped-def]
    from benchmarks.linkage.contest import compete, undecidable_share
    from benchmarks.linkage.generator import generate, write
    from benchmarks.linkage.report import Contest

    folder = keep / f"{half}-{size}-{given.seed}"
    write(generate(size, half, given.seed), folder, given.format)
    results = [compete(each, folder, folder / "published", given.within) for each in contenders]
    return Contest(half, size, given.seed, undecidable_share(folder), results)


def _say(contest, *, details: bool) -> None:  # type: ignore[no-untyped-def]
    from benchmarks.linkage import report

    set_ = f"{contest.half}, {contest.records:,} records, seed {contest.seed}"
    print(f"\n{set_}; {contest.undecidable:.1%} of the true pairs are undecidable")
    print(report.figures(contest))
    for result in contest.results:
        if line := report.queue_line(result):
            print(line)
    if details:
        for part in (report.by_kind, report.by_difficulty, report.by_family):
            print("\n" + part(contest.results))


def _febrl(given: argparse.Namespace) -> int:
    from benchmarks.linkage import febrl, report
    from benchmarks.linkage.contest import DEFAULT

    if given.compare_engines:
        return febrl.compare_engines()
    with tempfile.TemporaryDirectory() as folder:
        section = febrl.section(Path(folder), list(DEFAULT))
    print(section)
    if given.write:
        print(f"written: {report.write_page([section])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
