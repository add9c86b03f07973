"""A prepared table as arrays: equal texts become equal numbers, and similarity is worked out once per distinct pair.

A million candidate pairs hold far fewer distinct pairs of given names; that is what makes comparing cheap.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int32]
Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float32]

#: The code of an unknown value.
UNKNOWN = -1


@dataclass(frozen=True)
class Coded:
    """Several text columns over one vocabulary: ``codes[column][row]`` is a place in ``words`` or ``UNKNOWN``."""

    words: npt.NDArray[np.object_]
    codes: dict[str, Ints]

    @cached_property
    def lengths(self) -> Ints:
        return np.array([len(word) for word in self.words], dtype=np.int32)


@dataclass(frozen=True)
class Columns:
    """Array access to a prepared frame; row numbers of pairs refer to ``frame``'s rows."""

    frame: pl.DataFrame
    _coded: dict[tuple[str, ...], Coded] = field(default_factory=dict)

    def coded(self, *names: str) -> Coded:
        """Codes of the text columns ``names`` over their joint vocabulary."""
        if names not in self._coded:
            self._coded[names] = encode([self.frame[name] for name in names], names)
        return self._coded[names]

    def numbers(self, name: str) -> Ints:
        """An integer column; unknown is ``UNKNOWN``."""
        return self.frame[name].fill_null(UNKNOWN).cast(pl.Int32).to_numpy()

    def flags(self, name: str) -> npt.NDArray[np.bool_]:
        return self.frame[name].fill_null(value=False).cast(pl.Boolean).to_numpy()

    def shares(self, name: str) -> Floats:
        """A column of shares; unknown is NaN."""
        return self.frame[name].cast(pl.Float32).fill_null(float("nan")).to_numpy()


def encode(columns: Sequence[pl.Series], names: Sequence[str]) -> Coded:
    """Number the texts of ``columns`` by their place in the sorted joint vocabulary."""
    words = pl.concat([column.cast(pl.String).drop_nulls().rename("w") for column in columns]).unique().sort()
    table = pl.DataFrame({"w": words, "code": pl.Series(range(len(words)), dtype=pl.Int32)})
    codes = {}
    for name, column in zip(names, columns, strict=True):
        joined = column.cast(pl.String).rename("w").to_frame().join(table, on="w", how="left", maintain_order="left")
        codes[name] = joined["code"].fill_null(UNKNOWN).to_numpy()
    return Coded(words=words.to_numpy().astype(object), codes=codes)


def per_distinct_pair(
    left: Ints, right: Ints, words: npt.NDArray[np.object_], judge: Callable[[Ints, Ints], Levels]
) -> Levels:
    """``judge`` (given two arrays of codes) for every pair, called on the distinct unordered pairs only."""
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right).astype(np.int64)
    distinct, where = np.unique(low * np.int64(len(words)) + high, return_inverse=True)
    first = (distinct // len(words)).astype(np.int32)
    second = (distinct % len(words)).astype(np.int32)
    return judge(first, second)[where]


def both_known(left: npt.NDArray[np.generic], right: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """Where neither side is ``UNKNOWN``."""
    return np.asarray((left != UNKNOWN) & (right != UNKNOWN))


def any_equal(left: Sequence[Ints], right: Sequence[Ints]) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Whether any known value of the left columns equals any of the right, and in which left column it was."""
    found = np.zeros(len(left[0]), dtype=bool)
    column = np.full(len(left[0]), UNKNOWN, dtype=np.int32)
    for at, mine in enumerate(left):
        for other in right:
            new = (mine != UNKNOWN) & (mine == other) & ~found
            column[new] = at
            found |= new
    return found, column
