"""Signs that nobody sees."""

import polars as pl
import pytest

from soyol.intake import unseen


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ba\0t\x01", "Bat"),
        ("\u202eBat\u2066", "Bat"),
        ("B\u200ba\ufefft\xad", "Bat"),
        ("half \ud800", "half \ufffd"),
        ("\ud83d\ude00", "\U0001f600"),
        ("№ “Bat” – 1\n", "№ “Bat” – 1\n"),
    ],
)
def test_what_is_seen_stays(text: str, shown: str) -> None:
    assert unseen.seen(text) == shown


def test_signs_are_named_once_and_in_order() -> None:
    assert unseen.names("\u202ea\x01b\u202e") == "U+202E, U+0001"


def test_both_patterns_know_the_same_signs() -> None:
    every = [chr(code) for code in range(1, 0x3000)]
    by_polars = pl.Series(every).str.contains(unseen.UNSEEN).to_list()
    assert [sign for sign, hit in zip(every, by_polars, strict=True) if hit] == [
        sign for sign in every if unseen.seen(sign) == ""
    ]


def test_bytes_beyond_ascii_are_looked_through_for_each_of_them() -> None:
    hidden = [chr(code) for code in range(0x200B, 0x2070) if unseen.seen(chr(code)) == ""] + ["\u061c"]
    assert all(unseen.rare(sign.encode()) for sign in hidden)
    assert not unseen.rare("№ “Bat” – 1 …".encode())
