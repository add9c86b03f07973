"""The review queue: the doubtful pairs in the order in which a person's answer is worth most.

What a person is asked is whether two entities are one. All pairs of rows between the two have the same answer, so they
are weighed together and asked together: a pair that looks sure by itself is worth little where the other rows of the
two speak against it, and every true pair that was missed stands in the queue, not only the one that blocking met.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from soyol.linkage.cluster import CERTAIN, Edges, Judged, Weigh
from soyol.linkage.decide import LEAST_TO_ASK, in_bits
from soyol.linkage.settings import Settings

#: Bits against two entities that both have rows of one list: lists seldom name one person twice.
LISTED_TWICE = 3.0
#: Two entities with more pairs of rows between them are judged by those that blocking proposed.
MOST_BETWEEN = 60
PAIR = ["left", "right"]


@dataclass(frozen=True)
class Known:
    """Entity and list of every row."""

    entity: npt.NDArray[np.int32]
    lists: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Asked:
    """Pairs of rows to ask about, best question first: ``worth`` is the question's, in bits."""

    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    worth: npt.NDArray[np.float64]


def longest_queue(records: int, settings: Settings) -> int:
    """How many pairs people can answer for."""
    return int(settings.review_per_100 * records / 100)


def questions(edges: Edges, known: Known, judged: Judged, weigh: Weigh, longest: int) -> Asked:
    """The pairs across entities that a person might know about, at most ``longest``.

    ``weigh`` scores pairs that are not among ``edges``. What a person has kept apart is never asked again.
    """
    entity, lists = known.entity, known.lists
    across = np.flatnonzero(entity[edges.left] != entity[edges.right])
    met = pl.DataFrame(
        {"left": edges.left[across], "right": edges.right[across], "weight": edges.weight[across]}
    ).with_columns(*_both_entities(entity))
    asked = met.filter(pl.col("weight") >= in_bits(LEAST_TO_ASK)).select("a", "b").unique()
    asked = _without_judged(asked, judged, entity)
    pairs = _weighed(_between(asked, met, entity), weigh)
    one_list = pl.Series(lists[pairs["left"].to_numpy()] == lists[pairs["right"].to_numpy()])
    worth = pl.col("weight").clip(-CERTAIN, CERTAIN).mean() - LISTED_TWICE * pl.col("one_list").any()
    ranked = pairs.with_columns(one_list.alias("one_list")).with_columns(worth.over("a", "b").alias("worth"))
    best = ranked.sort("worth", "a", "b", "left", "right", descending=[True, False, False, False, False]).head(longest)
    return Asked(best["left"].to_numpy(), best["right"].to_numpy(), best["worth"].to_numpy())


def queue(asked: pl.DataFrame, longest: int) -> pl.DataFrame:
    """One queue of the questions of all parts, of ``longest`` pairs at most."""
    return asked.sort(["worth", "a", "b"], descending=[True, False, False]).head(longest)


def _both_entities(entity: npt.NDArray[np.int32]) -> list[pl.Expr]:
    """Smaller and larger entity of the rows left and right."""
    of = pl.lit(pl.Series(entity))
    one, two = of.gather(pl.col("left")), of.gather(pl.col("right"))
    return [pl.min_horizontal(one, two).alias("a"), pl.max_horizontal(one, two).alias("b")]


def _without_judged(asked: pl.DataFrame, judged: Judged, entity: npt.NDArray[np.int32]) -> pl.DataFrame:
    """Without entities of which any two rows were kept apart: who has joined either since changes nothing."""
    if not judged.apart:
        return asked
    rows = np.array(sorted(judged.apart), dtype=np.int64).reshape(-1, 2)
    one, two = entity[rows[:, 0]], entity[rows[:, 1]]
    apart = pl.DataFrame({"a": np.minimum(one, two), "b": np.maximum(one, two)}).cast(asked.schema)
    return asked.join(apart, on=["a", "b"], how="anti")


def _between(asked: pl.DataFrame, met: pl.DataFrame, entity: npt.NDArray[np.int32]) -> pl.DataFrame:
    """All pairs of rows between every two entities asked about; ``weight`` is null where blocking proposed none."""
    rows = pl.DataFrame({"entity": entity, "row": np.arange(len(entity), dtype=np.int32)})
    size = rows.group_by("entity").len()
    for side in ("a", "b"):
        asked = asked.join(size.rename({"entity": side, "len": f"size_{side}"}), on=side, how="left")
    few = pl.col("size_a") * pl.col("size_b") <= MOST_BETWEEN
    every = (
        asked.filter(few)
        .join(rows.rename({"entity": "a", "row": "one"}), on="a")
        .join(rows.rename({"entity": "b", "row": "two"}), on="b")
        .select("a", "b", pl.min_horizontal("one", "two").alias("left"), pl.max_horizontal("one", "two").alias("right"))
        .join(met.select(*PAIR, "weight"), on=PAIR, how="left")
    )
    many = met.join(asked.filter(~few), on=["a", "b"], how="semi").select("a", "b", *PAIR, "weight")
    return pl.concat([every, many]).sort("a", "b", *PAIR)


def _weighed(pairs: pl.DataFrame, weigh: Weigh) -> pl.DataFrame:
    """``pairs`` with a weight for each."""
    open_pairs = pairs.filter(pl.col("weight").is_null())
    if open_pairs.is_empty():
        return pairs
    scored = weigh(open_pairs["left"].to_numpy(), open_pairs["right"].to_numpy())
    fresh = pl.DataFrame({"left": scored.left, "right": scored.right, "fresh": scored.weight})
    return pairs.join(fresh, on=PAIR, how="left", maintain_order="left").with_columns(
        pl.coalesce("weight", "fresh").alias("weight")
    )
