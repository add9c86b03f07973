"""A second opinion on pairs without register numbers, learnt from the pairs that have them.

Where both rows carry a relied-on number, the numbers tell nearly without doubt whether two records are of the same
one. On those pairs boosted trees (Friedman 2001, log loss) learn what is to be thought of a pair, seen from everything
but the number: that namesakes abound in one district, that a family's phone comes with its name, that nobody else in
that list fits. Where a number is missing, the weight of a pair is halfway between the first opinion and this one: two
judges who err in different ways. Without enough numbers there is no second opinion.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from soyol.linkage.compare.columns import Ints
from soyol.linkage.compare.outcome import Compared, Comparison
from soyol.linkage.decide import CHUNK, Scored, from_bits, score, weights
from soyol.linkage.engines import Candidates
from soyol.linkage.estimate import Array, Model
from soyol.linkage.rivals import Standing, standing

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

#: Fewer told pairs of either kind teach noise.
LEAST_TOLD = 300
MOST_TOLD = 150_000
#: Share of the second opinion in the weight of a pair.
HEARD = 0.5
NUMBER_UNKNOWN, NUMBER_DIFFERENT, NUMBER_EQUAL = 0, 1, 4
LN2 = float(np.log(2.0))


@dataclass(frozen=True)
class Met:
    """The candidate pairs and the code of each row's list."""

    pairs: Candidates
    source: Ints


def second_opinion(
    comparisons: Sequence[Comparison], compared: Compared, model: Model, first: Scored, met: Met
) -> Scored:
    """``first`` with the weights of the pairs without numbers corrected; ``first`` itself when numbers are too few.

    Pairs that only an equal number proposed are left out of the lesson, for no
    pair without a number is met that way.
    """
    number = compared.levels["number"]
    told = np.flatnonzero(((number == NUMBER_DIFFERENT) | (number == NUMBER_EQUAL)) & (met.pairs.rules != 1))
    same = number[told] == NUMBER_EQUAL
    if min(same.sum(), (~same).sum()) < LEAST_TOLD:
        return first
    if len(told) > MOST_TOLD:
        chosen = np.sort(np.random.default_rng(20_240_103).choice(len(told), MOST_TOLD, replace=False))
        told, same = told[chosen], same[chosen]
    stands = _standing_blind(comparisons, compared, model, first, met)
    trees = _taught(evidence(comparisons, compared.take(told).without("number"), model, stands.take(told)), same)
    open_pairs = np.flatnonzero((number == NUMBER_UNKNOWN) & (first.weight > -12))
    wrong = min(0.1, model.chances["same"]["number"][0])
    weight = first.weight.copy()
    for at in range(0, len(open_pairs), CHUNK):
        chosen = open_pairs[at : at + CHUNK]
        second = trees.decision_function(evidence(comparisons, compared.take(chosen), model, stands.take(chosen)))
        both = HEARD * second + (1 - HEARD) * first.weight[chosen] * LN2
        weight[chosen] = np.clip(_undo_wrong_numbers(both, wrong) / LN2, -40, 40)
    return Scored(from_bits(weight), weight)


def _standing_blind(
    comparisons: Sequence[Comparison], compared: Compared, model: Model, first: Scored, met: Met
) -> Standing:
    """How each pair stands among its rivals, judged without the numbers."""
    weight = first.weight.copy()
    numbered = np.flatnonzero(compared.levels["number"] != NUMBER_UNKNOWN)
    weight[numbered] = score(comparisons, compared.take(numbered).without("number"), model).weight
    return standing(met.pairs.left, met.pairs.right, met.source, weight)


def evidence(comparisons: Sequence[Comparison], compared: Compared, model: Model, stands: list[Array]) -> Array:
    """What the trees see of each pair, a row per pair.

    Each comparison's weight in bits (0 where unknown) except the number's, their sum, and the three of ``stands``.
    """
    bits = weights(comparisons, compared, model)
    columns = [values for name, values in bits.items() if name != "number"]
    return np.column_stack([*columns, np.sum(columns, axis=0), *stands])


def _taught(seen: Array, same: npt.NDArray[np.bool_]) -> "HistGradientBoostingClassifier":
    """Trees that never hold more evidence against a pair; only that both rows stand in one list may cut both ways."""
    # Loading it takes two seconds, which neither a web process nor a run without enough numbers should spend.
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    rising = [1] * (seen.shape[1] - 1) + [0]
    trees = HistGradientBoostingClassifier(
        max_iter=120,
        learning_rate=0.13,
        max_leaf_nodes=15,
        min_samples_leaf=40,
        l2_regularization=5.0,
        monotonic_cst=rising,
        early_stopping=False,
        random_state=20_240_104,
    )
    # Threads of OpenMP wait by spinning: on a machine with other work two of them take ten times as long as one.
    with threadpool_limits(limits=1, user_api="openmp"):
        return trees.fit(seen, same)


def _undo_wrong_numbers(odds: Array, wrong: float) -> Array:
    """Log odds of being the same, from those of having the same number, of which a share ``wrong`` is mistyped."""
    chance = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    same = np.minimum(chance / (1 - wrong), 1 - (1 - chance) ** 1.5)
    same = np.clip(np.maximum(same, chance), 1e-12, 1 - 1e-12)
    return np.asarray(np.log(same / (1 - same)))
