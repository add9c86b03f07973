"""Decide: probability and weight of every pair, and the two thresholds that the data's own estimates give."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from soyol.linkage.compare.outcome import Compared, Comparison
from soyol.linkage.estimate import Array, Model, log_chances, posteriors

#: Never merge on less than this, whatever the expected precision allows.
LEAST_TO_MERGE = 0.60
#: Nor is more than this ever asked for: estimates of one in a thousand are beyond what a model of lists can tell.
MOST_TO_MERGE = 0.999
#: Pairs below this are apart; nobody should be asked twenty times for one match.
LEAST_TO_ASK = 0.05
#: Pairs scored at a time (about 170 MB).
CHUNK = 250_000


@dataclass(frozen=True)
class Scored:
    """Probability that a pair is the same one, its log2 odds, and each comparison's weight in bits."""

    probability: Array
    weight: Array


def score(comparisons: Sequence[Comparison], compared: Compared, model: Model) -> Scored:
    """Score pairs under ``model``, a chunk at a time: every kind and comparison needs a number per pair."""
    same = np.zeros(compared.pairs)
    for at in range(0, compared.pairs, CHUNK):
        part = compared.take(slice(at, at + CHUNK))
        same[at : at + CHUNK] = posteriors(log_chances(comparisons, part, model.chances), model.shares)["same"]
    same = np.clip(same, 1e-12, 1 - 1e-12)
    return Scored(same, np.log2(same / (1 - same)))


def corrected(comparisons: Sequence[Comparison], compared: Compared, model: Model, scored: Scored) -> Scored:
    """``scored`` with what people's answers taught; itself where they taught nothing."""
    if not model.corrections and not model.shift:
        return scored
    weight = scored.weight + model.shift
    for bits in corrections(comparisons, compared, model).values():
        weight = weight + bits
    weight = np.clip(weight, -40, 40)
    return Scored(from_bits(weight), weight)


def corrections(comparisons: Sequence[Comparison], compared: Compared, model: Model) -> dict[str, Array]:
    """Each comparison's correction in bits, pair by pair (0 where unknown)."""
    found = {}
    for c in comparisons:
        table = np.zeros(len(c.levels))
        told = model.corrections.get(c.name, ())
        table[1 : 1 + len(told)] = told
        found[c.name] = table[compared.levels[c.name]]
    return found


def weights(comparisons: Sequence[Comparison], compared: Compared, model: Model) -> dict[str, Array]:
    """Each comparison's weight of evidence in bits: log2 of its chance among same pairs over strangers."""
    logs = log_chances(comparisons, compared, model.chances, ("same", "stranger"))
    return {c.name: logs["same"][c.name] - logs["stranger"][c.name] for c in comparisons}


def merge_threshold(probability: Array, precision: float) -> float:
    """The least probability at which the pairs at or above it are expected to be right ``precision`` of the time."""
    likely = np.sort(probability[probability >= LEAST_TO_MERGE])[::-1]
    expected = np.cumsum(likely) / np.arange(1, len(likely) + 1)
    right = int(np.flatnonzero(expected >= precision)[-1]) + 1 if (expected >= precision).any() else 0
    if right == len(likely):
        return LEAST_TO_MERGE
    return float(min(likely[max(right - 1, 0)], MOST_TO_MERGE))


def from_bits(weight: Array) -> Array:
    """Probability of log2 odds."""
    return np.asarray(1 / (1 + np.exp2(-np.clip(weight, -60, 60))))


def in_bits(probability: float) -> float:
    """log2 odds of a probability."""
    return float(np.log2(probability / (1 - probability)))


def order_of(
    values: npt.NDArray[np.generic], left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]
) -> npt.NDArray[np.int64]:
    """Places from the highest value down; equal values by row numbers, so that every run agrees."""
    return np.lexsort((right, left, -np.asarray(values, dtype=np.float64)))
