"""What comparing yields: for every pair a level of each comparison, and the rarity of what agrees."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from soyol.linkage.compare.columns import Levels


@dataclass(frozen=True)
class Comparison:
    """One comparison: its name and the codes of its levels; level 0 is always "unknown" and weighs nothing.

    ``prior_m`` is how often each level from 1 on occurs among true pairs by general knowledge of such lists; it
    starts the estimate and holds it where the data say nothing.
    """

    name: str
    levels: tuple[str, ...]
    prior_m: tuple[float, ...]
    #: Levels whose weight is scaled by how rare the agreeing value is.
    rare: tuple[int, ...] = ()
    #: The same for the kinds of pairs that are not the same one and yet agree (``estimate.KINDS``); a kind that is
    #: absent here agrees no more often than strangers do.
    prior_of: dict[str, tuple[float, ...]] = field(default_factory=dict)
    #: Kinds whose prior chances stay as they are: they define the kind (kin bear other given names), and were they
    #: learnt, the kind could drift into being the same one.
    held: tuple[str, ...] = ()
    #: Chances of the levels among strangers where counting random pairs would mislead.
    stranger: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Compared:
    """``levels[name]`` holds a level per pair; ``shares[name]`` the share of records with the agreeing value or NaN."""

    levels: dict[str, Levels]
    shares: dict[str, npt.NDArray[np.float32]]

    @property
    def pairs(self) -> int:
        return len(next(iter(self.levels.values())))

    def take(self, where: npt.NDArray[np.generic] | slice) -> "Compared":
        """The same for the pairs ``where``."""
        return Compared(
            {name: values[where] for name, values in self.levels.items()},
            {name: values[where] for name, values in self.shares.items()},
        )

    def without(self, name: str) -> "Compared":
        """The same as if comparison ``name`` were unknown for every pair."""
        return Compared({**self.levels, name: np.zeros_like(self.levels[name])}, self.shares)


def join_compared(parts: list[Compared]) -> Compared:
    """Chunks one after the other."""
    return Compared(
        {name: np.concatenate([part.levels[name] for part in parts]) for name in parts[0].levels},
        {name: np.concatenate([part.shares[name] for part in parts]) for name in parts[0].shares},
    )
