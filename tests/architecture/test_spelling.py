"""Mongolian words of the interface are spelled as the dictionary spells them.

The dictionary is hunspell's (Debian: hunspell, hunspell-mn). Words of the trade, loan words and forms that it lacks
stand in ``words.mn.txt``, one a line.
"""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

SOYOL = Path(__file__).resolve().parents[2] / "src" / "soyol"
ACCEPTED = Path(__file__).with_name("words.mn.txt")
LETTER = "[А-Яа-яЁёӨөҮү]"
#: What is filled in, and the ending that it, a number or a sign carries after a hyphen.
FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
ENDING = re.compile(f"(?<!{LETTER})-{LETTER}+")


def _texts_of(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list | tuple):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _texts_of(each)


def _texts() -> Iterator[str]:
    for path in sorted(SOYOL.rglob("locale/mn/LC_MESSAGES/django.po")):
        with path.open("rb") as words:
            messages = [message.string for message in read_po(words, locale="mn") if message.id]
        yield from _texts_of(messages)
    for path in sorted(SOYOL.rglob("words/mn.toml")):
        yield from _texts_of(tomllib.loads(path.read_text(encoding="utf-8")))


def words_of(text: str) -> set[str]:
    """The words of a text; both parts of a compound with a hyphen."""
    return set(re.findall(f"{LETTER}{{2,}}", ENDING.sub(" ", FILLED_IN.sub("0", text))))


def accepted() -> list[str]:
    lines = ACCEPTED.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def rejected(words: set[str]) -> set[str]:
    """Those words that the dictionary does not know."""
    command = ["hunspell", "-d", "mn_MN", "-i", "utf-8", "-l"]
    asked = "\n".join(sorted(words))
    done = subprocess.run(command, input=asked, capture_output=True, text=True, encoding="utf-8", check=True)
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def dictionary() -> None:
    """Skips where there is no Mongolian dictionary; in CI that fails."""
    found = (
        shutil.which("hunspell")
        and not subprocess.run(
            ["hunspell", "-d", "mn_MN", "-l"], input="", text=True, capture_output=True, check=False
        ).stderr
    )
    if not found:
        pytest.skip("hunspell with the Mongolian dictionary is not installed")


def test_every_mongolian_word_is_spelled_as_in_the_dictionary(dictionary: None) -> None:
    words = set().union(*map(words_of, _texts()))
    assert len(words) > 1500
    known = {word.lower() for word in accepted()}
    assert {word for word in rejected(words) if word.lower() not in known} == set()


def test_no_word_is_accepted_that_the_dictionary_knows_or_nobody_says(dictionary: None) -> None:
    assert len(accepted()) == len(set(accepted()))
    said = {word.lower() for text in _texts() for word in words_of(text)}
    assert [word for word in accepted() if word.lower() not in said] == []
    assert set(accepted()) - rejected(set(accepted())) == set()


def test_the_dictionary_knows_right_from_wrong(dictionary: None) -> None:
    assert rejected({"соёл", "соёёл"}) == {"соёёл"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("%(name)s-аас 5 хүртэл", {"хүртэл"}),
        ("Итгэлцэл 0-ээс их", {"Итгэлцэл", "их"}),
        ("и-мэйл {n} хаяг", {"мэйл", "хаяг"}),
        ("вэб-хуудас", {"вэб", "хуудас"}),
    ],
)
def test_endings_of_numbers_and_places_are_no_words(text: str, words: set[str]) -> None:
    assert words_of(text) == words
