"""Thresholds follow from the estimates."""

import numpy as np
import pytest

from soyol.linkage.decide import LEAST_TO_MERGE, from_bits, in_bits, merge_threshold


def test_all_certain_pairs_need_no_more_than_the_least() -> None:
    assert merge_threshold(np.array([0.9999, 0.9999, 0.01]), 0.99) == LEAST_TO_MERGE


def test_the_threshold_stops_where_the_expected_precision_would_fall_short() -> None:
    chances = np.array([0.999] * 98 + [0.9, 0.8, 0.7, 0.65, 0.62])
    threshold = merge_threshold(chances, 0.995)
    merged = chances[chances >= threshold]
    assert merged.mean() >= 0.995
    assert np.append(merged, chances[chances < threshold].max()).mean() < 0.995


def test_a_threshold_never_asks_for_the_impossible() -> None:
    assert merge_threshold(np.array([0.99999, 0.7, 0.7]), 0.9999999) == 0.999


@pytest.mark.parametrize("chance", [0.02, 0.5, 0.999])
def test_bits_and_probabilities_are_the_same_thing(chance: float) -> None:
    assert from_bits(np.array([in_bits(chance)]))[0] == pytest.approx(chance)
