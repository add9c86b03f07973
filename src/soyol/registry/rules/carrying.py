"""Who keeps which public number when a run draws the clusters anew."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carried:
    """Which actor each cluster keeps (None: a new one), and into which cluster each actor without a cluster goes."""

    kept: dict[int, int | None]
    absorbed: dict[int, int]


def carry_over(clusters: Mapping[int, Sequence[int]], current: Mapping[int, int]) -> Carried:
    """Give each cluster the actor that has most of its records; equal counts go to the smaller id, the older actor.

    ``clusters``: cluster → its records. ``current``: record → actor now. An actor serves one cluster; one that
    serves none is absorbed by the cluster that took most of its records. The order of the input does not matter.
    """
    shared = Counter(
        (actor, cluster)
        for cluster, records in clusters.items()
        for record in records
        if (actor := current.get(record)) is not None
    )
    ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    kept: dict[int, int | None] = dict.fromkeys(clusters)
    absorbed: dict[int, int] = {}
    used: set[int] = set()
    for (actor, cluster), _records in ranked:
        if actor not in used and kept[cluster] is None:
            kept[cluster] = actor
            used.add(actor)
    for (actor, cluster), _records in ranked:
        if actor not in used:
            absorbed.setdefault(actor, cluster)
    return Carried(kept, absorbed)
