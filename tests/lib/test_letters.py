"""Letters told in few ranges are the letters that the engine knows."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib.letters import EXACT, swift

#: What names, titles and addresses are made of, and what stands between them.
SIGNS = st.characters(max_codepoint=EXACT - 1) | st.sampled_from("«»“”„‘’‹›–—…№₮  ")
PATTERNS = (
    r"\p{L}{2}",
    r"^[\p{L}\p{M}.'’ʼ`-]+(?:\s+[\p{L}\p{M}.'’ʼ`-]+){0,2}$",
    r"[^\p{L}\p{M}.]",
    r"(?i)^(?<one>\p{L}[\p{L}-]+?)(?:гийн|ийн|ын)$",
    r"\d+\p{L}?",
    r"[]\p{L}]{3}",
    r"\\\p{L}",
)


def _matching(pattern: str, signs: list[str]) -> list[bool]:
    found: list[bool] = pl.Series(signs, dtype=pl.String).str.contains(pattern).to_list()
    return found


def test_every_letter_of_our_scripts_and_nothing_else() -> None:
    signs = [chr(code) for code in range(EXACT)]
    assert _matching(swift(r"\p{L}"), signs) == [unicodedata.category(sign)[0] == "L" for sign in signs]
    assert _matching(swift(r"\p{L}"), signs) == _matching(r"\p{L}", signs)


@pytest.mark.parametrize("text", ["ᠮᠣᠩᠭᠣᠯ", "محمد", "שלום", "देवनागरी", "中文", "かな", "한국", "ไทย", "ქართული"])
def test_letters_of_other_scripts(text: str) -> None:
    assert _matching(swift(r"^[\p{L}\p{M}]+$"), [text]) == [True]


@pytest.mark.parametrize("sign", "،؟؛᠂᠃।・。、「」–—«»“”…№₮€·•\u00a0\u2009٣3☎😀\ue000")
def test_what_stands_between_words_is_no_letter(sign: str) -> None:
    assert _matching(swift(r"\p{L}"), [sign]) == [False]


@given(st.sampled_from(PATTERNS), st.lists(st.text(SIGNS, max_size=8), min_size=1))
def test_a_pattern_finds_what_it_found(pattern: str, texts: list[str]) -> None:
    assert _matching(swift(pattern), texts) == _matching(pattern, texts)


def test_what_has_no_such_class_stays() -> None:
    for pattern in (r"^[А-Я]{2}\s+\S+$", r"\p{Lu}\p{Ll}", r"\p{M}+", "[a-z]]"):
        assert swift(pattern) == pattern


def test_numbers_of_other_scripts_are_no_digits() -> None:
    assert _matching(swift(r"^[\d.]+\d$"), ["12.5", "٣٣"]) == [True, False]


def test_the_patterns_of_packs_are_written_so() -> None:
    from soyol import packs

    for code in packs.codes():
        written = [text for text in _texts(vars(packs.load(code).person_names)) if "(" in text or "[" in text]
        assert written
        assert [text for text in written if re.search(r"\\p\{L\}|\\d", text)] == []


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, tuple):
        for each in told:
            yield from _texts(each)
    elif isinstance(told, dict):
        yield from _texts(tuple(told.values()))
    elif hasattr(told, "pattern"):
        yield from (told.pattern, told.only, told.loose)
