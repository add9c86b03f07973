"""Shares that tell how full a list is and nothing about a single row."""

import pytest

from soyol.registry.rules import FIELDS
from soyol.registry.rules.fullness import FEWEST, PARTS, filled, told_share


@pytest.mark.parametrize(
    ("having", "rows", "share"),
    [(0, 50, 0.0), (50, 50, 1.0), (49, 50, 0.9), (1, 50, 0.1), (26, 50, 0.5), (1, 5000, 0.01), (4999, 5000, 0.99)],
)
def test_what_is_not_nothing_and_not_all_is_never_told_as_such(having: int, rows: int, share: float) -> None:
    assert told_share(having, rows) == share


def test_a_list_never_read_is_unknown_and_a_very_short_one_is_not_told() -> None:
    assert [(one.share, one.few) for one in (filled("place", None, 0), filled("place", FEWEST - 1, 3))] == [
        (None, False),
        (None, True),
    ]
    assert filled("place", FEWEST, 0).share == 0.0


def test_every_part_is_made_of_fields_of_the_registry_and_has_a_name() -> None:
    assert {field for fields in PARTS.values() for field in fields} <= set(FIELDS)
    assert all(filled(part, None, 0).label for part in PARTS)
