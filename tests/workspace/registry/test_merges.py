"""Which comparisons hold an entry together."""

from soyol.registry.queries.explaining import Weighed
from soyol.registry.queries.histories import MergeShown, RecordLine
from soyol.workspace.registry.merges import reasons


def _line(record: int) -> RecordLine:
    return RecordLine(record, f"Name {record}", "person", "List", record, None, "", "1")


def _merge(a: int, b: int, weight: float | None) -> MergeShown:
    sure = None if weight is None else 0.9
    return MergeShown(_line(a), _line(b), sure, weight, "merge", [], Weighed([], [], []), None, None)


def test_four_records_are_held_by_three_ties_the_surest_first() -> None:
    merges = [_merge(1, 2, 30.0), _merge(1, 3, -4.0), _merge(2, 3, 20.0), _merge(1, 4, 3.0), _merge(2, 4, 5.0)]
    told = reasons(merges)
    assert [(one.merge.a.record_pk, one.merge.b.record_pk) for one in told.holding] == [(1, 2), (2, 3), (2, 4)]
    assert [(one.merge.a.record_pk, one.merge.b.record_pk) for one in told.others] == [(1, 4), (1, 3)]


def test_what_a_person_decided_comes_before_any_comparison() -> None:
    told = reasons([_merge(1, 2, 30.0), _merge(1, 2, None)])
    assert [one.merge.probability for one in told.holding] == [None]
    assert len(told.others) == 1


def test_no_comparison_gives_no_reason() -> None:
    told = reasons([])
    assert (told.holding, told.others) == ([], [])
