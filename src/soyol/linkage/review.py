"""The review queue: the doubtful pairs in the order in which a person's answer is worth most."""

import numpy as np
import numpy.typing as npt
import polars as pl

from soyol.linkage.cluster import Judged
from soyol.linkage.decide import LEAST_TO_ASK
from soyol.linkage.settings import Settings


def queue(
    pairs: pl.DataFrame, entity: npt.NDArray[np.int32], frame: pl.DataFrame, judged: Judged, settings: Settings
) -> pl.DataFrame:
    """Pairs across entities worth asking about, at most ``settings.review_per_100`` per hundred records.

    ``pairs``: columns left, right (rows of ``frame``), probability and more. Answers are worth most where a yes is
    likely, so likely ones come first; a pair that a person has already kept apart is never asked again.
    """
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    across = entity[left] != entity[right]
    if judged.apart:
        asked = np.fromiter(
            (judged.forbids([int(a)], [int(b)]) for a, b in zip(left, right, strict=True)), dtype=bool, count=len(left)
        )
        across &= ~asked
    longest = int(settings.review_per_100 * len(frame) / 100)
    doubtful = pairs.filter(pl.Series(across) & (pairs["probability"] >= LEAST_TO_ASK))
    return doubtful.sort(["probability", "a", "b"], descending=[True, False, False]).head(longest)
