"""Rivals: how far a pair is ahead of the next best partner that either of its records has in the other's list.

A name in one district says little where three people of another list fit it as well, and much where only one does.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from soyol.linkage.compare.columns import Ints
from soyol.linkage.estimate import Array

#: Partners below this weight (bits) are no rivals of anybody; a pair without any is ahead by ``ALONE``.
NO_RIVAL, ALONE = -8.0, 16.0


@dataclass(frozen=True)
class Standing:
    """Of every pair, how many bits it is ahead of its strongest rival and of its weaker one, and whether one list."""

    closest: Array
    farthest: Array
    one_list: Array

    def take(self, where: npt.NDArray[np.generic]) -> list[Array]:
        """The three as columns of the pairs ``where``."""
        return [self.closest[where], self.farthest[where], self.one_list[where]]


def standing(left: Ints, right: Ints, source: Ints, weight: Array) -> Standing:
    """Standing of the pairs of rows ``left[i]``, ``right[i]`` by their ``weight``; ``source``: code of each row's list.

    The weights must not know what is to be learnt from the result.
    """
    ahead = [np.full(len(left), ALONE), np.full(len(left), ALONE)]
    open_pairs = np.flatnonzero(weight > NO_RIVAL)
    lists = int(source.max(initial=0)) + 1
    bits = weight[open_pairs]
    for side, (mine, other) in enumerate(((left, right), (right, left))):
        # Every pair is met from both of its ends: the rivals of a record stand on either side of the table.
        rows = np.concatenate([mine[open_pairs], other[open_pairs]]).astype(np.int64)
        lists_met = np.concatenate([source[other[open_pairs]], source[mine[open_pairs]]])
        asked = _ahead(rows * lists + lists_met, np.concatenate([bits, bits]))
        ahead[side][open_pairs] = asked[: len(open_pairs)]
    one_list = (source[left] == source[right]).astype(np.float64)
    return Standing(np.minimum(*ahead), np.maximum(*ahead), one_list)


def _ahead(group: npt.NDArray[np.int64], weight: Array) -> Array:
    """By how much each entry is ahead of the best other one of its ``group``, within ±``ALONE``."""
    order = np.lexsort((-weight, group))
    groups, weights = group[order], weight[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = groups[1:] != groups[:-1]
    starts = np.flatnonzero(first)
    place = np.cumsum(first) - 1
    best = weights[starts][place]
    second = np.full(len(starts), NO_RIVAL - ALONE)
    follows = starts[(starts + 1 < len(order))]
    follows = follows[~first[follows + 1]]
    second[place[follows]] = weights[follows + 1]
    result = np.empty(len(order))
    result[order] = np.clip(weights - np.where(first, second[place], best), -ALONE, ALONE)
    return result
