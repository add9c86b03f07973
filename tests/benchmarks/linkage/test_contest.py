"""A contest with contenders of a few lines: one that knows the truth, one that fails, one that says nothing."""

from pathlib import Path

import polars as pl
import pytest

from benchmarks.linkage import contest, generator

KNOWS = """
import sys, polars as pl
truth = pl.read_csv(sys.argv[1] + "/truth/truth.csv")
truth.select("source", "row", entity_id="entity").write_csv(sys.argv[2] + "/members.csv")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("set")
    generator.write(generator.generate(300, "development"), to)
    return to


def test_who_knows_the_truth_is_right_in_everything(folder: Path, tmp_path: Path) -> None:
    done = contest.compete("knows", folder, tmp_path, arguments=lambda a, b: ["-c", KNOWS, a, b])
    assert done.agreement is not None
    assert (done.agreement.f1, done.agreement.bcubed_f1, done.decidable_recall) == (1.0, 1.0, 1.0)
    assert len(done.rows) == 300
    assert done.review is None


def test_who_fails_has_no_figures(folder: Path, tmp_path: Path) -> None:
    done = contest.compete("fails", folder, tmp_path, arguments=lambda _a, _b: ["-c", "raise SystemExit(3)"])
    assert (done.agreement, done.run.code) == (None, 3)


def test_who_publishes_nothing_has_no_figures_even_after_a_good_run(folder: Path, tmp_path: Path) -> None:
    contest.compete("knows", folder, tmp_path, arguments=lambda a, b: ["-c", KNOWS, a, b])
    assert contest.compete("knows", folder, tmp_path, arguments=lambda _a, _b: ["-c", "pass"]).agreement is None


def test_the_headings_mapped_by_hand_fit_the_lists(folder: Path) -> None:
    from benchmarks.linkage.peers import mapped

    rows = mapped.read(folder)
    truth = pl.read_csv(folder / "truth" / "truth.csv")
    kinds = rows.join(truth, on=["source", "row"], suffix="_true").select(
        (pl.col("person") == (pl.col("kind_true") == "person")).all()
    )
    assert len(rows) == 300
    assert kinds.item()
    assert mapped.persons(rows)["given_name"].null_count() == 0
    assert mapped.organisations(rows)["org"].null_count() == 0


@pytest.mark.parametrize(("half", "share"), [("development", 0.08), ("heldout", 0.08)])
def test_the_share_of_undecidable_pairs_is_told(half: str, share: float, tmp_path: Path) -> None:
    generator.write(generator.generate(1000, half), tmp_path)
    assert 0 < contest.undecidable_share(tmp_path) < share
