"""The review queue: the doubtful pairs in the order in which a person's answer is worth most."""

import numpy as np
import numpy.typing as npt
import polars as pl

from soyol.linkage.cluster import Judged
from soyol.linkage.decide import LEAST_TO_ASK
from soyol.linkage.settings import Settings


def doubtful(pairs: pl.DataFrame, entity: npt.NDArray[np.int32], judged: Judged) -> pl.DataFrame:
    """Pairs across entities that a person might know about; a pair that a person has kept apart is never asked again.

    ``pairs``: columns left, right (rows), probability and more; ``entity``: entity per row.
    """
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    across = entity[left] != entity[right]
    if judged.apart:
        told = [judged.forbids([int(a)], [int(b)]) for a, b in zip(left, right, strict=True)]
        across &= ~np.array(told, dtype=bool)
    return pairs.filter(pl.Series(across) & (pairs["probability"] >= LEAST_TO_ASK))


def queue(pairs: pl.DataFrame, records: int, settings: Settings) -> pl.DataFrame:
    """The doubtful pairs, those where a yes is likely first, not more of them than people can answer."""
    longest = int(settings.review_per_100 * records / 100)
    return pairs.sort(["probability", "a", "b"], descending=[True, False, False]).head(longest)
