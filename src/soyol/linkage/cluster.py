"""Cluster: pairs become whole entities, and every entity is looked at as a whole.

Most components of the merge graph are cliques without a contradiction and are taken as they are. The others are
built up from single records by average weight (constrained agglomerative clustering): two groups join only if the
pairs between them speak for it on average and no constraint is broken, so that a chain of weak pairs, or one wrong
pair between two people, cannot make one person of two.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

#: The weight, in bits, of a pair that no rule proposed as a candidate: two records of one person nearly always meet.
NEVER_MET = -6.0
#: Weights beyond this are all "certain"; capping keeps one of them from outvoting many contradictions.
CERTAIN = 12.0


def _nothing_judged() -> "Judged":
    return Judged()


@dataclass(frozen=True)
class Constraints:
    """Facts of rows that must not contradict each other within one entity; code -1 is unknown.

    ``exclusive``: name of the rule → code per row; two different known codes in one entity break it.
    ``births``: year, month, day per row; two full dates that are no slip of one another break it.
    ``source`` and ``unique``: rows of a source that declares unique rows must not meet in one entity.
    """

    exclusive: dict[str, npt.NDArray[np.int32]]
    births: npt.NDArray[np.int32] | None
    source: npt.NDArray[np.int32]
    unique: frozenset[int] = frozenset()
    judged: "Judged" = field(default_factory=_nothing_judged)
    #: Codes of identifiers: where two groups share one, a birth date may be wrong.
    identifiers: tuple[npt.NDArray[np.int32], ...] = ()

    def broken(self, first: list[int], second: list[int]) -> str | None:
        """The first rule that joining two groups would break, or None; what a person has joined is not held against."""
        if self.judged.forbids(first, second):
            return "judged"
        for name, codes in self.exclusive.items():
            mine, theirs = ({int(code) for code in codes[group] if code >= 0} for group in (first, second))
            if mine and theirs and not (mine <= theirs or theirs <= mine):
                return name
        if self.births is not None and not self._identified(first, second):
            born, also = ({tuple(map(int, row)) for row in self.births[group]} for group in (first, second))
            # A full date that both know vouches for them: what else stands there is a slip of some list.
            vouched = any(date[2] >= 0 for date in born & also)
            if not vouched and any(births_contradict({a, b}) for a in born - also for b in also - born):
                return "birth"
        if self.unique:
            own, others = ({int(c) for c in self.source[group]} & self.unique for group in (first, second))
            if own & others:
                return "unique_source"
        return None

    def _identified(self, first: list[int], second: list[int]) -> bool:
        """Whether an identifier of one group is known in the other."""
        return any({int(c) for c in codes[first] if c >= 0} & set(codes[second].tolist()) for codes in self.identifiers)


@dataclass(frozen=True)
class Judged:
    """What people have said: rows joined to their smallest row, and pairs of such rows that are not the same."""

    head: dict[int, int] = field(default_factory=dict)
    apart: frozenset[tuple[int, int]] = frozenset()

    def forbids(self, first: list[int], second: list[int]) -> bool:
        if not self.apart:
            return False
        mine, theirs = ({self.head.get(row, row) for row in group} for group in (first, second))
        return any((min(a, b), max(a, b)) in self.apart for a in mine for b in theirs)

    def rows(self) -> set[int]:
        return set(self.head) | {row for pair in self.apart for row in pair}


def births_contradict(dates: set[tuple[int, ...]]) -> bool:
    """Whether two of the dates cannot be one date, even with one slip of the pen."""
    known = sorted(date for date in dates if date[0] >= 0)
    return any(_apart(a, b) for at, a in enumerate(known) for b in known[at + 1 :])


def _apart(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    full = a[2] >= 0 and b[2] >= 0
    if not full:
        return abs(a[0] - b[0]) > 1 and sum(x != y for x, y in zip(f"{a[0]:04}", f"{b[0]:04}", strict=True)) > 1
    different = sum(x != y for x, y in zip(a, b, strict=True))
    swapped = a[0] == b[0] and a[1] == b[2] and a[2] == b[1]
    return different > 1 and not swapped


@dataclass(frozen=True)
class Edges:
    """Scored pairs of rows: ``left < right``, log2 odds, and which must not merge by themselves."""

    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    weight: npt.NDArray[np.float64]
    blocked: npt.NDArray[np.bool_]


#: Scores pairs that blocking did not propose.
Weigh = Callable[[npt.NDArray[np.int32], npt.NDArray[np.int32]], Edges]


def cluster(rows: int, edges: Edges, merge_at: float, constraints: Constraints, weigh: Weigh) -> npt.NDArray[np.int32]:
    """Entity per row (the smallest row of its entity).

    ``merge_at``: log2 odds from which a pair may merge; ``weigh`` scores the pairs within a doubtful component that
    blocking never proposed, so that every doubtful component is judged on all its pairs.
    """
    strong = (edges.weight >= merge_at) & ~edges.blocked
    head = constraints.judged.head
    joined = np.array([*head.items()], dtype=np.int32).reshape(-1, 2)
    left, right = (
        np.concatenate([edges.left[strong], joined[:, 0]]),
        np.concatenate([edges.right[strong], joined[:, 1]]),
    )
    entity = _components(rows, left, right)
    doubtful = _doubtful_components(entity, edges, strong, constraints)
    edges = _completed(doubtful, edges, rows, weigh)
    for members, weights in _with_weights(doubtful, edges):
        for group in rebuild(members, weights, merge_at, constraints):
            entity[group] = min(group)
    return entity


def _completed(groups: list[list[int]], edges: Edges, rows: int, weigh: Weigh) -> Edges:
    """``edges`` and the pairs within ``groups`` that are not among them, scored."""
    small = [np.array(group, dtype=np.int64) for group in groups if len(group) <= LARGEST]
    if not small:
        return edges
    inner = [np.triu_indices(len(group), 1) for group in small]
    left = np.concatenate([group[a] for group, (a, _) in zip(small, inner, strict=True)])
    right = np.concatenate([group[b] for group, (_, b) in zip(small, inner, strict=True)])
    known = edges.left.astype(np.int64) * rows + edges.right
    new = ~np.isin(left * rows + right, known)
    met = weigh(left[new].astype(np.int32), right[new].astype(np.int32))
    names = ("left", "right", "weight", "blocked")
    return Edges(*(np.concatenate([getattr(edges, name), getattr(met, name)]) for name in names))


def _components(rows: int, left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    graph = sparse.coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(rows, rows))
    _, labels = connected_components(graph, directed=False)
    first = np.full(labels.max(initial=0) + 1, rows, dtype=np.int64)
    np.minimum.at(first, labels, np.arange(rows))
    return first[labels].astype(np.int32)


def _doubtful_components(
    entity: npt.NDArray[np.int32], edges: Edges, strong: npt.NDArray[np.bool_], constraints: Constraints
) -> list[list[int]]:
    """Components that are no clique of strong pairs or that break a constraint, as lists of rows."""
    size = np.bincount(entity, minlength=len(entity))
    links = np.bincount(entity[edges.left[strong]], minlength=len(entity))
    heads = np.flatnonzero(size > 1)
    loose = set(heads[links[heads] < size[heads] * (size[heads] - 1) // 2].tolist())
    frame = pl.DataFrame({"entity": entity, "row": np.arange(len(entity), dtype=np.int32)}).filter(
        pl.Series(size[entity] > 1)
    )
    suspicious = set(loose) | {int(entity[row]) for row in constraints.judged.rows()}
    for codes in (*constraints.exclusive.values(), *_birth_codes(constraints)):
        several = (
            frame.with_columns(pl.Series("code", codes[frame["row"].to_numpy()]))
            .filter(pl.col("code") >= 0)
            .group_by("entity")
            .agg(pl.col("code").n_unique())
            .filter(pl.col("code") > 1)
        )
        suspicious.update(several["entity"].to_list())
    if constraints.unique:
        own = frame.with_columns(pl.Series("source", constraints.source[frame["row"].to_numpy()]))
        own = own.filter(pl.col("source").is_in(list(constraints.unique)))
        suspicious.update(own.filter(pl.struct("entity", "source").is_duplicated())["entity"].to_list())
    chosen = frame.filter(pl.col("entity").is_in(sorted(suspicious)))
    groups = chosen.group_by("entity").agg(pl.col("row").sort()).sort("entity")
    return [list(members) for members in groups["row"].to_list()]


def _birth_codes(constraints: Constraints) -> list[npt.NDArray[np.int32]]:
    if constraints.births is None:
        return []
    year, month, day = constraints.births.T
    return [np.where(day >= 0, year * 400 + month * 32 + day, np.where(year >= 0, year * 400, -1)).astype(np.int32)]


Weights = dict[tuple[int, int], float]

#: Components larger than this are first split at a higher threshold: a true entity seldom has more rows than lists.
LARGEST = 60


def _with_weights(groups: list[list[int]], edges: Edges) -> Iterator[tuple[list[int], Weights]]:
    """Each group of rows with the weights of the pairs inside it; a blocked pair weighs against merging."""
    number = np.full(int(max((max(g) for g in groups), default=0)) + 1, -1, dtype=np.int32)
    for at, members in enumerate(groups):
        number[members] = at
    known = (edges.left < len(number)) & (edges.right < len(number))
    mine = number[np.where(known, edges.left, 0)]
    inside = np.flatnonzero(known & (mine >= 0) & (mine == number[np.where(known, edges.right, 0)]))
    inside = inside[np.argsort(mine[inside], kind="stable")]
    weight = np.clip(edges.weight[inside], -CERTAIN, CERTAIN)
    weight = np.where(edges.blocked[inside], np.minimum(weight, NEVER_MET), weight)
    ends = np.searchsorted(mine[inside], np.arange(len(groups) + 1))
    left, right, bits = edges.left[inside].tolist(), edges.right[inside].tolist(), weight.tolist()
    for at, members in enumerate(groups):
        span = slice(ends[at], ends[at + 1])
        yield members, dict(zip(zip(left[span], right[span], strict=True), bits[span], strict=True))


def rebuild(members: list[int], weights: Weights, merge_at: float, constraints: Constraints) -> list[list[int]]:
    """Split ``members`` into groups that hold together on average and break no constraint."""
    if len(members) > LARGEST and merge_at < CERTAIN:
        tighter = merge_at + 1.5
        joined = {(constraints.judged.head[row], row) for row in members if row in constraints.judged.head}
        pieces = _pieces(members, {pair for pair, bits in weights.items() if bits >= tighter} | joined)
        return [group for piece in pieces for group in rebuild(piece, weights, tighter, constraints)]
    groups = _first_groups(members, constraints.judged)
    sums, best_pairs = _between(groups, weights)
    refused: set[tuple[int, int]] = set()
    while best := _best_join(groups, sums, {pair for pair, bits in best_pairs.items() if bits >= merge_at} - refused):
        a, b = best
        if constraints.broken(groups[a], groups[b]):
            refused.add(best)
            continue
        groups[a] += groups.pop(b)
        _move(sums, a, b, groups, lambda x, y: x + y)
        _move(best_pairs, a, b, groups, max)
        refused = {pair for pair in refused if b not in pair}
    return [sorted(group) for group in groups.values()]


def _first_groups(members: list[int], judged: Judged) -> dict[int, list[int]]:
    """Single rows, except that rows judged to be the same start together."""
    groups: dict[int, list[int]] = {}
    for row in sorted(members):
        groups.setdefault(judged.head.get(row, row), []).append(row)
    return {group[0]: group for group in groups.values()}


def _between(groups: dict[int, list[int]], weights: Weights) -> tuple[Weights, Weights]:
    """Sum and maximum of the pair weights between every two groups (first key below second)."""
    heads = sorted(groups)
    sums, best = {}, {}
    for at, a in enumerate(heads):
        for b in heads[at + 1 :]:
            bits = [weights.get((min(x, y), max(x, y)), NEVER_MET) for x in groups[a] for y in groups[b]]
            sums[a, b], best[a, b] = sum(bits), max(bits)
    return sums, best


def _best_join(groups: dict[int, list[int]], sums: Weights, open_pairs: set[tuple[int, int]]) -> tuple[int, int] | None:
    """Of the groups with a pair that may merge, the two with the highest average weight, if it is positive."""
    best, best_bits = None, 0.0
    for pair in sorted(open_pairs):
        average = sums[pair] / (len(groups[pair[0]]) * len(groups[pair[1]]))
        if average > best_bits:
            best, best_bits = pair, average
    return best


def _move(
    table: Weights, a: int, b: int, groups: dict[int, list[int]], combine: Callable[[float, float], float]
) -> None:
    """After group ``b`` went into ``a``: combine what both had towards every other group."""
    table.pop((min(a, b), max(a, b)))
    for other in groups:
        if other != a:
            moved = table.pop((min(b, other), max(b, other)))
            mine = (min(a, other), max(a, other))
            table[mine] = combine(table[mine], moved)


def _pieces(members: list[int], strong: set[tuple[int, int]]) -> list[list[int]]:
    """Connected pieces of ``members`` under the ``strong`` pairs, sorted."""
    head = {row: row for row in members}

    def top(row: int) -> int:
        while head[row] != row:
            head[row] = head[head[row]]
            row = head[row]
        return row

    for a, b in sorted(strong):
        if a in head and b in head:
            low, high = sorted((top(a), top(b)))
            head[high] = low
    pieces: dict[int, list[int]] = {}
    for row in members:
        pieces.setdefault(top(row), []).append(row)
    return list(pieces.values())
