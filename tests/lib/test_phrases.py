"""Phrases are found word by word, the longest first, and both ways of looking find the same."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib import phrases
from soyol.lib.phrases import Phrases

WORDS = st.lists(st.sampled_from(["a", "b", "ab", "ba", "c"]), max_size=8).map(" ".join)


def found_in(known: list[str], text: str | None) -> str | None:
    found: str | None = Phrases(known).find(pl.Series([text], dtype=pl.String))[0]
    return found


@pytest.mark.parametrize(
    ("known", "text", "found"),
    [
        (["a", "a b"], "a b a", "a b|a"),
        (["a b", "b c"], "a b c", "a b"),
        (["a b c", "b"], "a b b", "b|b"),
        (["ab"], "a b", ""),
        (["a"], "ab a ba", "a"),
        (["a"], "", ""),
        (["a", ""], None, None),
        ([], "a", ""),
    ],
)
def test_phrases_are_whole_words_and_the_longest_is_taken(
    known: list[str], text: str | None, found: str | None
) -> None:
    assert found_in(known, text) == found


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=6), st.lists(st.none() | WORDS, min_size=1, max_size=20))
def test_few_and_many_texts_are_looked_through_alike(known: list[str], texts: list[str | None]) -> None:
    given_ones, one_by_one = pl.Series("texts", texts, dtype=pl.String), Phrases(known)
    assert one_by_one.find(given_ones).to_list() == one_by_one._by_automaton(given_ones).to_list()


def test_many_texts_are_looked_through_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "FEW", 1)
    assert Phrases(["a b", "c"]).find(pl.Series("t", ["a b", "c a b", "b"])).to_list() == ["a b", "c|a b", ""]
