"""What two texts have in common is grey, what they have not is lit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib.differences import LONGEST, Piece, pieces, word_pieces


@pytest.mark.parametrize(
    ("left", "right", "lit"),
    [
        ("Dorj Bat", "Dorj Bold", (["at"], ["old"])),
        ("Bat-Erdene", "BAT-ERDENE", ([], [])),
        ("1984-03-12", "1984-03-21", (["12"], ["21"])),
        ("9911 0012", "9911 0072", (["1"], ["7"])),
        ("Quartz", "Nymph", (["Quartz"], ["Nymph"])),
        ("", "Bat", ([], ["Bat"])),
        ("a" * (LONGEST + 1), "b", (["a" * (LONGEST + 1)], ["b"])),
    ],
)
def test_only_what_differs_is_lit(left: str, right: str, lit: tuple[list[str], list[str]]) -> None:
    one, two = pieces(left, right)
    assert (_lit(one), _lit(two)) == lit


def test_a_single_common_sign_between_lit_ones_is_lit_too() -> None:
    one, two = pieces("Gantulga Bxayz", "Gantulga Cpaqr")
    assert (_lit(one), _lit(two)) == (["Bxayz"], ["Cpaqr"])


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_sign_is_lost(left: str, right: str) -> None:
    one, two = pieces(left, right)
    assert ("".join(text for text, _ in one), "".join(text for text, _ in two)) == (left, right)


@given(st.text(max_size=40))
def test_equal_texts_have_nothing_lit(text: str) -> None:
    assert not _lit(pieces(text, text)[0])


def _lit(told: list[Piece]) -> list[str]:
    return [text for text, differs in told if differs]


@pytest.mark.parametrize(
    ("left", "right", "lit"),
    [
        ("I am shown.", "I am not shown.", ([], ["not "])),
        ("Би зөвшөөрнө.", "Би татгалзана.", (["зөвшөөрнө."], ["татгалзана."])),
        ("the same\nwords", "the same words", ([], [])),
        ("", "new", ([], ["new"])),
    ],
)
def test_sentences_are_compared_word_by_word(left: str, right: str, lit: tuple[list[str], list[str]]) -> None:
    found = word_pieces(left, right)
    assert tuple([text for text, is_lit in side if is_lit] for side in found) == lit


@given(st.text(), st.text())
def test_no_word_of_a_sentence_is_lost(left: str, right: str) -> None:
    assert tuple("".join(text for text, _lit in side) for side in word_pieces(left, right)) == (left, right)
