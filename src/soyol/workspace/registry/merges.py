"""Why the records of an entry are one: the few reasons that hold it together first, the others on demand."""

from dataclasses import dataclass

from soyol.registry.queries.histories import MergeShown
from soyol.workspace.registry.beside import place_of


@dataclass(frozen=True, slots=True)
class Reason:
    """Two records of an entry with what makes them one."""

    merge: MergeShown
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """``holding``: the surest tie of each record to the rest. ``others``: whatever else was compared."""

    holding: list[Reason]
    others: list[Reason]


def reasons(merges: list[MergeShown]) -> Reasons:
    """Of n records n - 1 ties hold all together; judgements of people come before the surest comparisons."""
    group: dict[int, int] = {}

    def root(record: int) -> int:
        while group.setdefault(record, record) != record:
            record = group[record]
        return record

    holding: list[Reason] = []
    others: list[Reason] = []
    for merge in sorted(merges, key=lambda one: (one.probability is not None, -(one.weight or 0.0))):
        told = Reason(merge, place_of(merge.a), place_of(merge.b))
        a, b = root(merge.a.record_pk), root(merge.b.record_pk)
        (others if a == b else holding).append(told)
        group[a] = b
    return Reasons(holding, others)
