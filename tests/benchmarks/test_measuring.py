"""Contenders run in processes of their own, and figures are shown beside the peer's."""

import pytest

from benchmarks import __main__ as dispatcher
from benchmarks import measuring
from benchmarks.linkage import febrl
from benchmarks.linkage.__main__ import _parser


def test_a_process_that_ends_well_is_measured() -> None:
    run = measuring.timed(["-c", "print('done'); x = bytearray(120_000_000)"])
    assert (run.code, run.ended_well, run.output) == (0, True, "done")
    assert 120_000_000 < run.peak < 400_000_000


def test_memory_of_one_contender_is_not_counted_for_the_next() -> None:
    measuring.timed(["-c", "x = bytearray(300_000_000)"])
    assert measuring.timed(["-c", "pass"]).peak < 150_000_000


def test_a_process_that_fails_says_why() -> None:
    run = measuring.timed(["-c", "import sys; sys.exit('no such list')"])
    assert (run.code, run.ended_well, run.output) == (1, False, "no such list")


def test_a_process_that_takes_too_long_is_stopped() -> None:
    run = measuring.timed(["-c", "import time; time.sleep(30)"], within=0.3)
    assert run.code == -9
    assert run.seconds < 10


def test_a_table_lines_its_figures_up() -> None:
    assert measuring.table(("name", "F1"), [("plain Splink", ".884"), ("a", "1.000")]) == (
        "name             F1\nplain Splink   .884\na             1.000"
    )


def test_a_table_as_markdown() -> None:
    assert measuring.table(("name", "F1"), [("a", ".9")], markdown=True) == "| name | F1 |\n| --- | ---: |\n| a | .9 |"


@pytest.mark.parametrize(("value", "said"), [(0.8841, ".884"), (1.0, "1.000"), (0.0, ".000"), (-0.5, "-0.500")])
def test_shares_are_written_as_in_lists_of_figures(value: float, said: str) -> None:
    assert measuring.share(value) == said


def test_a_ratio_without_reference_is_a_dash() -> None:
    assert (measuring.ratio(3, 2), measuring.ratio(3, 0)) == ("1.50×", "–")


def test_an_unknown_measurement_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main(["speed"]) == 2
    assert "linkage, reading, search, combine, incremental, up" in capsys.readouterr().err


def test_sizes_are_read_with_separators() -> None:
    options = _parser().parse_args(["run", "--records", "10_000,100000", "--half", "heldout,full"])
    assert (options.records, options.half) == ([10_000, 100_000], ["heldout", "full"])


def test_an_unknown_half_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _parser().parse_args(["run", "--half", "other"])
    assert "development, heldout, full" in capsys.readouterr().err


def test_clusters_are_compared_whatever_they_are_called() -> None:
    import polars as pl

    one = pl.DataFrame({"source": ["a", "a", "b"], "row": [1, 2, 1], "entity_id": [1, 2, 1]})
    renamed = one.with_columns(entity_id=pl.Series(["x", "y", "x"]))
    other = one.with_columns(entity_id=pl.Series([1, 1, 1]))
    assert febrl.partition(one) == febrl.partition(renamed)
    assert febrl.partition(one) != febrl.partition(other)


def test_how_steady_a_machine_was_is_told_beside_its_best() -> None:
    told = measuring.Steadiness(best=10.0, middle=11.0, slow=13.1)
    assert str(told).endswith("10.0 ms at best (1.00), 11.0 ms p50 (1.10), 13.1 ms p95 (1.31)")


def test_the_same_arithmetic_is_told_from_best_to_slowest() -> None:
    seen = measuring.steadiness(times=20)
    assert 0 < seen.best <= seen.middle <= seen.slow
