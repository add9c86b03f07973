"""Who keeps which number."""

from hypothesis import given
from hypothesis import strategies as st

from soyol.registry.rules import carry_over


def test_cluster_keeps_the_actor_of_most_of_its_records() -> None:
    carried = carry_over({1: [10, 11, 12]}, {10: 7, 11: 8, 12: 8})
    assert (carried.kept, carried.absorbed) == ({1: 8}, {7: 1})


def test_equal_shares_go_to_the_older_actor() -> None:
    assert carry_over({1: [10, 11]}, {10: 8, 11: 7}).kept == {1: 7}


def test_split_cluster_keeps_the_number_at_the_larger_part() -> None:
    carried = carry_over({1: [10], 2: [11, 12]}, {10: 7, 11: 7, 12: 7})
    assert (carried.kept, carried.absorbed) == ({1: None, 2: 7}, {})


def test_new_cluster_has_no_actor() -> None:
    assert carry_over({1: [10]}, {}).kept == {1: None}


@given(st.dictionaries(st.integers(0, 20), st.integers(0, 5)), st.lists(st.integers(0, 6), min_size=21, max_size=21))
def test_no_actor_serves_two_clusters_and_none_is_lost(current: dict[int, int], entity: list[int]) -> None:
    clusters: dict[int, list[int]] = {}
    for record, cluster in enumerate(entity):
        clusters.setdefault(cluster, []).append(record)
    carried = carry_over(clusters, current)
    kept = [actor for actor in carried.kept.values() if actor is not None]
    assert len(kept) == len(set(kept))
    assert set(kept) | set(carried.absorbed) == set(current.values())
    assert not set(kept) & set(carried.absorbed)
