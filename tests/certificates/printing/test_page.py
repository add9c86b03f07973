"""The page that a browser prints: it needs nothing from outside and runs nothing, whatever stands in a name."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from soyol.certificates.printing.page import page
from soyol.certificates.printing.sheet import Sheet

pytestmark = pytest.mark.django_db
LETTERS = b"letters"


class Seen(HTMLParser):
    """What stands in a page: elements and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _value in attrs}


def test_nothing_is_fetched_and_nothing_is_run(sheet: Sheet) -> None:
    made = page(sheet, LETTERS)
    seen = Seen(made)
    assert set(seen.tags) & {"script", "link", "img", "iframe", "object", "base", "form"} == set()
    assert {name for name in seen.names if name.startswith("on")} | seen.names & {"style", "src", "href"} == set()
    assert re.findall(r"url\((?!data:)", made) == []
    assert "default-src &#x27;none&#x27;" in made


def test_whatever_stands_in_a_name_is_text(sheet: Sheet) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    seen = Seen(page(replace(sheet, name=(evil, evil + "2"), number=evil), LETTERS))
    assert ("script" in seen.tags, "img" in seen.tags) == (False, False)


def test_each_language_is_marked(sheet: Sheet) -> None:
    made = page(sheet, LETTERS)
    assert all(f'lang="{code}"' in made for code in sheet.languages)
    assert f"<title>{sheet.titled}</title>" in made
