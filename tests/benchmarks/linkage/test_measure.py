"""The measures, on examples small enough to redo by hand."""

import polars as pl
import pytest

from benchmarks.linkage import measure


def rows(*listed: tuple[str, str], kind: str = "person") -> pl.DataFrame:
    """Rows of one source as (entity, cluster), without difficulties or families."""
    return pl.DataFrame(
        {
            "source": ["list"] * len(listed),
            "row": range(1, len(listed) + 1),
            "entity": [entity for entity, _ in listed],
            "cluster": [cluster for _, cluster in listed],
            "kind": [kind] * len(listed),
            "difficulties": [""] * len(listed),
            "family": [""] * len(listed),
        }
    )


#: Entity A in rows 1-3, B in 4-5, C in 6. Published: {1, 2}, {3, 4, 5}, {6}.
#: True pairs: 3 + 1 = 4. Published pairs: 1 + 3 = 4. Right: 1-2 and 4-5 = 2.
EXAMPLE = rows(("A", "x"), ("A", "x"), ("A", "y"), ("B", "y"), ("B", "y"), ("C", "z"))


def test_pairs_are_counted_on_the_closure_of_the_clusters() -> None:
    found = measure.agreement(EXAMPLE)
    assert (found.true_pairs, found.published_pairs, found.right_pairs) == (4, 4, 2)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.largest_cluster == 3


def test_b_cubed_is_the_mean_over_rows() -> None:
    found = measure.agreement(EXAMPLE)
    # Precision by row: 1, 1, 1/3, 2/3, 2/3, 1; recall by row: 2/3, 2/3, 1/3, 1, 1, 1.
    assert found.bcubed_precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6)
    assert found.bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
    assert found.bcubed_f1 == pytest.approx(7 / 9)


def test_publishing_nothing_together_is_precise_and_finds_nothing() -> None:
    found = measure.agreement(rows(("A", "1"), ("A", "2"), ("B", "3")))
    assert (found.precision, found.recall, found.f1) == (1.0, 0.0, 0.0)


def test_one_cluster_for_all_is_complete_and_imprecise() -> None:
    found = measure.agreement(rows(("A", "1"), ("A", "1"), ("B", "1"), ("B", "1")))
    assert (found.precision, found.recall) == (2 / 6, 1.0)


def test_members_are_joined_by_source_and_row_and_a_missing_row_stands_alone() -> None:
    truth = EXAMPLE.drop("cluster")
    members = pl.DataFrame({"source": ["list"] * 3, "row": ["1", "2", "4"], "entity_id": ["7", "7", "9"]})
    joined = measure.joined(truth, members)
    assert joined["cluster"].to_list() == ["c7", "c7", "alone:list:3", "c9", "alone:list:5", "alone:list:6"]
    found = measure.agreement(joined)
    assert (found.published_pairs, found.right_pairs) == (1, 1)


def test_a_row_published_twice_is_refused() -> None:
    members = pl.DataFrame({"source": ["list", "list"], "row": [1, 1], "entity_id": [1, 2]})
    with pytest.raises(ValueError, match="published twice"):
        measure.joined(EXAMPLE.drop("cluster"), members)


def test_recall_by_difficulty_counts_a_pair_for_the_difficulties_of_both_rows() -> None:
    tagged = EXAMPLE.with_columns(
        difficulties=pl.Series(["typing_error", "", "moved;typing_error", "moved", "", "moved"])
    )
    found = measure.recall_by_difficulty(tagged)
    # typing_error: 1-2 (found), 1-3, 2-3; moved: 1-3, 2-3, 4-5 (found).
    assert found.rows() == [
        ("person", "moved", 3, pytest.approx(1 / 3)),
        ("person", "typing_error", 3, pytest.approx(1 / 3)),
    ]


def test_wrong_merges_are_counted_by_family_and_by_kind() -> None:
    twins = rows(("A", "x"), ("B", "x"), ("C", "x"), ("D", "y"), ("E", "z")).with_columns(
        family=pl.Series(["twins:1", "twins:1", "", "twins:2", "twins:2"])
    )
    # Merged wrongly: A-B (twins), A-C and B-C (unrelated). Pairs of twins there are: A-B and D-E.
    assert measure.wrong_by_family(twins).rows() == [("twins", 1, 2), ("unrelated persons", 2, None)]


def test_a_person_merged_with_an_organisation_is_told_apart() -> None:
    mixed = rows(("A", "x"), ("o1", "x")).with_columns(kind=pl.Series(["person", "organisation"]))
    assert measure.wrong_by_family(mixed).rows() == [("person with organisation", 1, None)]


def queue(*pairs: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "source_a": ["list"] * len(pairs),
            "row_a": [str(a) for a, _ in pairs],
            "source_b": ["list"] * len(pairs),
            "row_b": [str(b) for _, b in pairs],
        }
    )


def test_the_queue_is_worth_the_missing_pairs_it_names() -> None:
    # Missing: 1-3 and 2-3. The queue names 1-3 (twice, once turned round), 4-5 (already merged) and 3-6 (not the same).
    found = measure.review_yield(EXAMPLE, queue((1, 3), (3, 1), (4, 5), (3, 6)))
    assert (found.missing, found.held, found.queued, found.records) == (2, 1, 3, 6)
    assert found.share == 0.5
    assert found.per_hundred == 50.0
    assert found.precision == pytest.approx(1 / 3)


def test_an_empty_queue_holds_nothing() -> None:
    found = measure.review_yield(EXAMPLE, queue())
    assert (found.share, found.per_hundred, found.precision) == (0.0, 0.0, 0.0)


def test_recall_of_named_pairs() -> None:
    assert measure.recall_of(EXAMPLE, queue((1, 2), (1, 3))) == 0.5
    assert measure.recall_of(EXAMPLE, queue()) == 1.0
