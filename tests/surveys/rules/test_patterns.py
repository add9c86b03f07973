"""Patterns for browsers: the same meaning, or none at all."""

import pytest

from soyol.surveys.rules.patterns import for_browsers


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        (r"[А-ЯӨҮ]{2}\d{8}", r"^(?:[А-ЯӨҮ]{2}\p{Nd}{8})$"),
        ("[^@ ]+@[^@ ]+[.][^@ ]+", r"^(?:[^@ ]+@[^@ ]+[\.][^@ ]+)$"),
        ("a.b", r"^(?:a[^\n]b)$"),
        (r"\w", r"^(?:[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}])$"),
        (r"[\w-]{2,3}", r"^(?:[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}\-]{2,3})$"),
        (r"\p{Cyrillic}+|\pL", r"^(?:\p{Script=Cyrillic}+|\p{L})$"),
        ("(ab|c)?d", "^(?:(?:ab|c)?d)$"),
        (r"a\-b", "^(?:a-b)$"),
        ("", "^(?:)$"),
    ],
)
def test_what_means_the_same_is_translated(pattern: str, told: str) -> None:
    assert for_browsers(pattern) == told


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+", "(a|a)*", "(a*){3}", "(?i)a", "(?P<n>a)", r"\bword\b", "[[:alpha:]]", "[a&&b]", "[a-z--b]", "a{1}{2}",
        r"\x41", r"\W", r"\Aa\z", "a**", "]", "a}", "(a", "[a", "[]", "a)", r"\p{Greek}", "\\", r"[a-\d]",
        "(" * 30 + ")" * 30,
    ],
)  # fmt: skip
def test_what_browsers_read_otherwise_or_try_for_ever_is_left_to_the_server(pattern: str) -> None:
    assert for_browsers(pattern) is None
