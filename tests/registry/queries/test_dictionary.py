"""Which words may be meant by one that was asked."""

import pytest

from soyol.registry.queries.dictionary import _may_be_meant


@pytest.mark.parametrize(
    ("asked", "borne", "meant"),
    [
        ("otgonbayar", "otgnbayr", True),
        ("bold", "bld", True),
        ("bat", "bt", True),
        ("zh", "hk", False),  # two slips in a word of two letters are another word
        ("bat", "dor", False),
        ("b", "d", False),
        ("b", "b", True),
    ],
)
def test_a_short_word_has_room_for_few_slips(asked: str, borne: str, meant: bool) -> None:
    assert _may_be_meant(asked, borne) is meant
