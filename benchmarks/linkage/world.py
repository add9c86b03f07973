"""What an invented country is made from: the words of its halves, how often things happen, and the dice."""

from dataclasses import dataclass

import numpy as np

from benchmarks.linkage.names import Half
from benchmarks.linkage.rates import Rates
from benchmarks.linkage.vocabulary import Vocabulary, build, halves


@dataclass(frozen=True)
class World:
    """Passed along while people, bodies and their mentions are drawn; every draw uses ``rng``, in a fixed order."""

    words: Vocabulary
    chosen: tuple[Half, ...]
    rates: Rates
    rng: np.random.Generator

    def listed(self, name: str) -> list[str]:
        """One list of words or difficulties, over the halves."""
        return [each for half in self.chosen for each in getattr(half, name)]

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """One list of Mongolian and English words, over the halves."""
        return [each for half in self.chosen for each in getattr(half, name)]


def make_world(half: str, rates: Rates, rng: np.random.Generator) -> World:
    """The world of a half, or of both for ``full``."""
    chosen = halves(half)
    return World(build(chosen), chosen, rates, rng)
