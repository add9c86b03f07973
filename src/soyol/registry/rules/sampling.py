"""From a checked sample to precision and recall with their intervals. Pure.

Pairs are drawn from three strata of what a run decided: joined, left to a person, kept apart. Of each stratum people
say how many of the drawn pairs are of the same. With Jeffreys' prior the share of the same in a stratum follows a beta
distribution (Brown, Cai & DasGupta 2001); precision is that of the joined, recall the joined ones that are right over
all that are the same in the three strata. Its interval is taken from draws of the three shares.

Recall is over pairs that the comparison met at all: a pair that it never proposed stands in no stratum, and nobody can
draw it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from soyol.registry.choices import Stratum

DRAWS, SEED = 4000, 20_240_105
#: Bounds of the interval.
LOW, HIGH = 0.025, 0.975
#: Fewer checked pairs of a stratum say nothing.
LEAST = 10


@dataclass(frozen=True, slots=True)
class Tally:
    """Of ``size`` pairs in a stratum so many were checked, and so many of these are of the same."""

    size: int
    checked: int
    same: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with the bounds between which it lies with a chance of 95 %."""

    share: float
    low: float
    high: float


def precision(tallies: Mapping[str, Tally]) -> Estimate | None:
    """Of the pairs joined without asking, the share that is right; None while too few were checked."""
    joined = tallies.get(Stratum.JOINED)
    if joined is None or joined.checked < LEAST:
        return None
    return _estimate(joined.same / joined.checked, _shares(joined, 0))


def recall(tallies: Mapping[str, Tally]) -> Estimate | None:
    """Of the pairs that are the same, the share joined without asking; None while any stratum is checked too little."""
    found = [tallies.get(stratum) for stratum in (Stratum.JOINED, Stratum.ASKED, Stratum.APART)]
    told = [each for each in found if each is not None]
    if len(told) < 3 or any(each.checked < min(LEAST, each.size) for each in told):
        return None
    point = _recall([_share(each) * each.size for each in told])
    if point is None:
        return None
    drawn = zip(*(_shares(each, at) for at, each in enumerate(told)), strict=True)
    draws = [_recall([share * each.size for share, each in zip(row, told, strict=True)]) for row in drawn]
    return _estimate(point, [each for each in draws if each is not None])


def _recall(same: list[float]) -> float | None:
    return same[0] / sum(same) if sum(same) else None


def _share(tally: Tally) -> float:
    return tally.same / tally.checked if tally.checked else 0.0


def _shares(tally: Tally, stream: int) -> list[float]:
    """Draws of the share of the same; a stratum that was checked whole, or is empty, has no doubt about it."""
    if tally.checked >= tally.size:
        return [_share(tally)] * DRAWS
    import numpy as np

    draw = np.random.default_rng((SEED, stream))
    return [float(each) for each in draw.beta(tally.same + 0.5, tally.checked - tally.same + 0.5, DRAWS)]


def _estimate(point: float, draws: list[float]) -> Estimate:
    ordered = sorted(draws)
    low, high = (ordered[min(int(at * len(ordered)), len(ordered) - 1)] for at in (LOW, HIGH))
    return Estimate(point, min(low, point), max(high, point))
