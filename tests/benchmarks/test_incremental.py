"""How the pairs between new and stored records are counted."""

import polars as pl
import pytest

from benchmarks.incremental import _agreement


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        # Stored 1, 2 are a; 3 is b. New 4 is a, new 5 is b, new 6 is nobody's.
        ([1, 1, 3, 1, 3, 6], (1.0, 1.0)),
        ([1, 1, 3, 1, 5, 6], (1.0, 2 / 3)),
        ([1, 1, 3, 3, 3, 6], (0.5, 1 / 3)),
        ([1, 1, 3, 4, 5, 6], (0.0, 0.0)),
    ],
)
def test_only_pairs_of_a_new_and_a_stored_record_count(entities: list[int], expected: tuple[float, float]) -> None:
    members = pl.DataFrame({"record_id": [1, 2, 3, 4, 5, 6], "entity_id": entities})
    true = pl.DataFrame({"record_id": [1, 2, 3, 4, 5, 6], "entity": ["a", "a", "b", "a", "b", "c"]})
    found = _agreement(members, true, pl.DataFrame({"record_id": [4, 5, 6]}))
    assert found == pytest.approx(expected)
