"""Which rows prove who somebody is, and what codes look like."""

import pytest

from soyol.claims.rules import DIGITS, is_believable, new_code


@pytest.mark.parametrize(
    ("trust", "anybody", "by_hand", "believed"),
    [
        (50, False, False, True),
        (49, False, False, False),
        (100, True, False, False),
        (80, False, True, False),
    ],
)
def test_only_lists_that_nobody_can_write_into_prove_anything(
    trust: int, anybody: bool, by_hand: bool, believed: bool
) -> None:
    assert is_believable(trust=trust, anybody=anybody, by_hand=by_hand) is believed


def test_a_code_has_all_its_digits_whatever_is_drawn() -> None:
    codes = [new_code() for _ in range(500)]
    assert {len(code) for code in codes} == {DIGITS}
    assert all(code.isascii() and code.isdecimal() for code in codes)
    assert len(set(codes)) > 490
