"""Which list is believed before which, field by field: what people wrote down, and what follows from it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from soyol.registry.rules.policy import Candidate

#: Field → list → the lists that are believed before it, with all that are believed before those.
Believed = Mapping[str, Mapping[int, frozenset[int]]]


def believed(rules: Iterable[tuple[str, int, int]]) -> Believed:
    """What rules (field, better list, worse list) come to."""
    above: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for field, better, worse in rules:
        above[field][worse].add(better)
    return {field: {worse: _all_above(worse, lists) for worse in lists} for field, lists in above.items()}


def _all_above(worse: int, lists: Mapping[int, set[int]]) -> frozenset[int]:
    found: set[int] = set()
    step = set(lists[worse])
    while step:
        found |= step
        step = {better for each in step for better in lists.get(each, ())} - found
    return frozenset(found)


def goes_in_circles(told: Believed, field: str, better: int, worse: int) -> bool:
    """Whether ``worse`` is believed before ``better`` already, by itself or through others."""
    return worse in told.get(field, {}).get(better, frozenset())


def marked(candidates: Iterable[Candidate], told: Believed) -> list[Candidate]:
    """The candidates of one actor; ``beaten`` are those beside which a list speaks that is believed before theirs.

    What a person chose or verified is beaten by no list.
    """
    rows = list(candidates)
    speaking: dict[str, set[int]] = defaultdict(set)
    for each in rows:
        if each.field in told and each.listed:
            speaking[each.field].add(each.source)
    return [
        replace(each, beaten=True)
        if not each.standing
        and each.field in told
        and told[each.field].get(each.source, frozenset()) & speaking[each.field]
        else each
        for each in rows
    ]
