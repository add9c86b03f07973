"""The check character of ISO 7064 MOD 37,36 finds what typing does to numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib.identifiers import SIGNS, NumberError, check_character, is_valid

BODIES = st.text(alphabet=SIGNS, min_size=1, max_size=16)


@pytest.mark.parametrize(
    ("body", "check"),
    [
        # Worked example of the Global Release Identifier (GRid 2.1), which uses MOD 37,36.
        ("A12425GABC1234002", "M"),
        # Worked by hand for "A": (36 + 10) % 36 = 10, * 2 % 37 = 20, 37 - 20 = 17 = H.
        ("A", "H"),
    ],
)
def test_known_check_characters(body, check):
    assert check_character(body) == check
    assert is_valid(body + check)


@given(BODIES, st.data())
def test_one_wrong_character_is_always_found(body, data):
    text = body + check_character(body)
    place = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(st.sampled_from([sign for sign in SIGNS if sign != text[place]]))
    assert not is_valid(text[:place] + wrong + text[place + 1 :])


def test_swapped_neighbours_are_found_but_for_one_in_hundreds():
    pairs = [(a, b) for a in SIGNS for b in SIGNS if a != b]
    missed = [
        pair for pair in pairs if check_character("X" + pair[0] + pair[1]) == check_character("X" + pair[1] + pair[0])
    ]
    assert len(missed) / len(pairs) < 0.005


def test_other_signs_are_refused():
    with pytest.raises(NumberError, match="capital letter"):
        check_character("a1")
    assert not is_valid("A")
    assert not is_valid("a1H")
