"""Precision and recall from a checked sample, with intervals that hold what they promise."""

import numpy as np
import pytest

from soyol.registry.rules.sampling import LEAST, Tally, precision, recall


def test_precision_is_the_share_of_the_joined_that_are_right_within_jeffreys_interval() -> None:
    told = precision({"joined": Tally(10_000, 100, 97)})
    assert told is not None
    assert told.share == 0.97
    assert told.low == pytest.approx(0.9210, abs=0.005)
    assert told.high == pytest.approx(0.9917, abs=0.004)


def test_recall_weighs_each_stratum_by_its_size() -> None:
    """1,000 joined of which all are right, 100 asked of which half, 500 apart of which one in a hundred: 1000/1055."""
    told = recall({"joined": Tally(1000, 100, 100), "asked": Tally(100, 100, 50), "apart": Tally(500, 100, 1)})
    assert told is not None
    assert told.share == pytest.approx(1000 / 1055)
    assert told.low < told.share < told.high


def test_what_was_checked_whole_leaves_no_doubt() -> None:
    told = recall({"joined": Tally(20, 20, 19), "asked": Tally(10, 10, 1), "apart": Tally(0, 0, 0)})
    assert told is not None
    assert (told.share, told.low, told.high) == (0.95, 0.95, 0.95)


def test_too_few_checks_say_nothing() -> None:
    few = {"joined": Tally(100, LEAST - 1, 5), "asked": Tally(50, 20, 5), "apart": Tally(50, 20, 1)}
    assert (precision(few), recall(few), precision({}), recall({"joined": Tally(100, 50, 50)})) == (None,) * 4


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    truth, held = 0.95, 0
    for same in np.random.default_rng(7).binomial(120, truth, 200):
        told = precision({"joined": Tally(100_000, 120, int(same))})
        assert told is not None
        held += told.low <= truth <= told.high
    assert 180 <= held <= 200
