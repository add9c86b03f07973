"""The page of figures, from results made by hand."""

from pathlib import Path

import polars as pl

from benchmarks.linkage import measure, report
from benchmarks.linkage.contest import Result
from benchmarks.measuring import Run

ROWS = pl.DataFrame(
    {
        "source": ["list"] * 4,
        "row": [1, 2, 3, 4],
        "entity": ["A", "A", "B", "B"],
        "cluster": ["x", "x", "y", "z"],
        "kind": ["person"] * 4,
        "difficulties": ["typing_error", "", "moved", ""],
        "family": ["twins:1"] * 4,
    }
)


def result(contender: str, seconds: float, review: measure.ReviewYield | None = None) -> Result:
    run = Run(0, seconds, 500_000_000, "")
    return Result(contender, run, ROWS, measure.agreement(ROWS), review, 0.75)


def failed() -> Result:
    return Result("goldenmatch", Run(-9, 60.0, 1, "out of memory"), pl.DataFrame(), None, None, None)


CONTEST = report.Contest(
    "heldout",
    4,
    1,
    0.05,
    [result("soyol", 5, measure.ReviewYield(10, 7, 12, 400)), result("plain Splink", 10), failed()],
)


def test_figures_stand_beside_the_peer_of_the_same_run() -> None:
    lines = report.figures(CONTEST, markdown=True).splitlines()
    assert lines[2] == "| soyol | 1.000 | .500 | .667 | +0.000 | .857 | .750 | 2 | 5 s | 0.50× | 0.50 GB | 1.00× |"


def test_a_contender_that_failed_is_said_to_have_failed() -> None:
    assert "did not end well: out of memory" in report.figures(CONTEST)


def test_the_queue_is_held_against_its_goal() -> None:
    line = report.queue_line(CONTEST.results[0])
    assert "of 10 true pairs still missing the review queue holds 7 (70%" in line
    assert "in 3.0 pairs per 100 records" in line
    assert report.queue_line(CONTEST.results[1]) == ""


def test_the_page_has_every_table(tmp_path: Path) -> None:
    page = report.write_page([report.section(CONTEST), "## FEBRL 1–4"], tmp_path / "figures.md").read_text(
        encoding="utf-8"
    )
    assert page.startswith("# Linkage in figures")
    assert "## Heldout, 4 records (seed 1)" in page
    assert "5.0% of the true pairs cannot be told" in page
    assert "| person: moved | 1 | .000 | .000 |" in page
    assert "| person: typing_error | 1 | 1.000 | 1.000 |" in page
    assert "| twins | 4 | 0 (0.0%) | 0 (0.0%) |" in page
    assert page.endswith("## FEBRL 1–4\n")


def test_a_section_is_renewed_and_the_others_stay(tmp_path: Path) -> None:
    page = report.write_page(["## One\n\nfirst", "## Two\n\n### Part\n\nsecond"], tmp_path / "figures.md")
    before = page.read_text(encoding="utf-8")
    report.write_page(["## One\n\nanew"], page)
    assert page.read_text(encoding="utf-8") == before.replace("first", "anew")
    report.write_page(["## Three"], page)
    assert page.read_text(encoding="utf-8") == before.replace("first", "anew") + "\n## Three\n"
