"""A second opinion on pairs without register numbers, learnt from the pairs that have them.

Where both rows carry a relied-on number, the numbers tell nearly without doubt whether two records are of the same
one. On those pairs small boosted trees (Friedman 2001, log loss) learn what to add to the first model's weight, seen
from everything but the number: that namesakes abound in one district, or that a family's phone comes with its name.
What they add is then used on the pairs where a number is missing. Without enough numbers there is no second opinion.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from soyol.linkage.compare.outcome import Compared, Comparison
from soyol.linkage.decide import CHUNK, Scored, from_bits, score, weights
from soyol.linkage.estimate import Array, Model

Bins = npt.NDArray[np.uint8]

#: Fewer told pairs of either kind teach noise.
LEAST_TOLD = 300
MOST_TOLD = 200_000
ROUNDS, DEPTH, STEP = 60, 3, 0.15
CUTS = 24
#: Ridge on a leaf and the least second derivative (about four even pairs each) that a leaf must rest on.
RIDGE, LEAST_LEAF = 5.0, 5.0
NUMBER_UNKNOWN, NUMBER_DIFFERENT, NUMBER_EQUAL = 0, 1, 4
LN2 = float(np.log(2.0))


@dataclass(frozen=True)
class Tree:
    """A complete tree: per inner node the feature and the highest bin that goes left; per leaf what to add (nats)."""

    feature: npt.NDArray[np.int64]
    bound: npt.NDArray[np.int64]
    leaf: Array


def second_opinion(
    comparisons: Sequence[Comparison], compared: Compared, model: Model, first: Scored, rules: npt.NDArray[np.int64]
) -> Scored:
    """``first`` with the weights of the pairs without numbers corrected; ``first`` itself when numbers are too few.

    ``rules``: bits of the blocking rules that proposed each pair; pairs that only an equal number proposed are left
    out of the lesson, for no pair without a number is met that way.
    """
    number = compared.levels["number"]
    told = np.flatnonzero(((number == NUMBER_DIFFERENT) | (number == NUMBER_EQUAL)) & (rules != 1))
    same = number[told] == NUMBER_EQUAL
    if min(same.sum(), (~same).sum()) < LEAST_TOLD:
        return first
    if len(told) > MOST_TOLD:
        chosen = np.sort(np.random.default_rng(20_240_103).choice(len(told), MOST_TOLD, replace=False))
        told, same = told[chosen], same[chosen]
    blind = compared.take(told).without("number")
    evidence = features(comparisons, blind, model)
    cuts = [np.unique(np.quantile(column, np.linspace(0, 1, CUTS + 1)[1:-1])) for column in evidence]
    start = score(comparisons, blind, model).weight * LN2
    trees = grow(binned(evidence, cuts), same.astype(np.float64), start)
    open_pairs = np.flatnonzero((number == NUMBER_UNKNOWN) & (first.weight > -12))
    wrong = min(0.1, model.chances["same"]["number"][0])
    weight = first.weight.copy()
    for at in range(0, len(open_pairs), CHUNK):
        chosen = open_pairs[at : at + CHUNK]
        asked = binned(features(comparisons, compared.take(chosen), model), cuts)
        corrected = _undo_wrong_numbers(first.weight[chosen] * LN2 + added(trees, asked), wrong)
        weight[chosen] = np.clip(corrected / LN2, -40, 40)
    return Scored(from_bits(weight), weight)


def features(comparisons: Sequence[Comparison], compared: Compared, model: Model) -> list[Array]:
    """What the trees see: each comparison's weight in bits (0 where unknown) except the number's, and their sum."""
    bits = weights(comparisons, compared, model)
    columns = [values for name, values in bits.items() if name != "number"]
    return [*columns, np.sum(columns, axis=0)]


def binned(columns: list[Array], cuts: list[Array]) -> Bins:
    """Columns as bin numbers, one row per column."""
    return np.stack([np.searchsorted(cut, column).astype(np.uint8) for column, cut in zip(columns, cuts, strict=True)])


def grow(bins: Bins, same: Array, start: Array) -> list[Tree]:
    """Boosted trees from the starting log odds ``start``."""
    odds = start.copy()
    trees = []
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        tree = _tree(bins, same - chance, np.maximum(chance * (1 - chance), 1e-6))
        odds += added([tree], bins)
        trees.append(tree)
    return trees


def _tree(bins: Bins, slope: Array, bend: Array) -> Tree:
    """One tree of ``DEPTH`` levels on the gradient ``slope`` and second derivative ``bend``."""
    node = np.zeros(bins.shape[1], dtype=np.int64)
    feature, bound = np.zeros(2**DEPTH - 1, dtype=np.int64), np.full(2**DEPTH - 1, 255, dtype=np.int64)
    for level in range(DEPTH):
        first, count = 2**level - 1, 2**level
        best, best_gain = np.zeros(count, dtype=np.int64), np.zeros(count)
        for at, column in enumerate(bins):
            gain, cut = _best_cut(node * 256 + column, slope, bend, count)
            better = gain > best_gain + 1e-9
            best_gain[better], best[better] = gain[better], at
            bound[first : first + count][better] = cut[better]
        feature[first : first + count] = best
        node = node * 2 + (bins[best[node], np.arange(len(node))] > bound[first + node])
    total, weight = (np.bincount(node, weights=part, minlength=2**DEPTH) for part in (slope, bend))
    return Tree(feature, bound, STEP * total / (weight + RIDGE))


def _best_cut(
    place: npt.NDArray[np.int64], slope: Array, bend: Array, count: int
) -> tuple[Array, npt.NDArray[np.int64]]:
    """For each of ``count`` nodes the gain and bin of the best cut of one column."""
    sums = np.bincount(place, weights=slope, minlength=count * 256).reshape(count, 256)[:, : CUTS + 1].cumsum(axis=1)
    bends = np.bincount(place, weights=bend, minlength=count * 256).reshape(count, 256)[:, : CUTS + 1].cumsum(axis=1)
    whole, whole_bend = sums[:, -1:], bends[:, -1:]
    gain = (
        sums**2 / (bends + RIDGE) + (whole - sums) ** 2 / (whole_bend - bends + RIDGE) - whole**2 / (whole_bend + RIDGE)
    )
    gain = np.where((bends < LEAST_LEAF) | (whole_bend - bends < LEAST_LEAF), 0.0, gain)
    cut = gain.argmax(axis=1)
    return gain[np.arange(count), cut], cut


def added(trees: Sequence[Tree], bins: Bins) -> Array:
    """What the trees add to the log odds of each column of ``bins``, in nats."""
    total = np.zeros(bins.shape[1])
    rows = np.arange(bins.shape[1])
    for tree in trees:
        node = np.zeros(len(rows), dtype=np.int64)
        for _ in range(DEPTH):
            node = node * 2 + 1 + (bins[tree.feature[node], rows] > tree.bound[node])
        total += tree.leaf[node - (2**DEPTH - 1)]
    return total


def _undo_wrong_numbers(odds: Array, wrong: float) -> Array:
    """Log odds of being the same, from those of having the same number, of which a share ``wrong`` is mistyped."""
    chance = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    same = np.minimum(chance / (1 - wrong), 1 - (1 - chance) ** 1.5)
    same = np.clip(np.maximum(same, chance), 1e-12, 1 - 1e-12)
    return np.asarray(np.log(same / (1 - same)))
