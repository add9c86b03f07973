"""Which way a sheet is printed, chosen each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from soyol.certificates.models import Certificate
from soyol.certificates.printing import printed
from soyol.certificates.printing import printed as module
from tests.certificates.printing import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A browser that prints what it is told, and the pages that it was given."""
    import sys

    pages: list[str] = []
    place = sys.modules[module.__module__]
    monkeypatch.setattr(place.fonts, "traditional", lambda: b"letters")
    monkeypatch.setattr(place, "browser", lambda: "/usr/bin/browser")

    def print_page(html: str) -> bytes:
        pages.append(html)
        return b"%PDF by the browser"

    monkeypatch.setattr(place, "print_page", print_page)
    return pages


def test_a_browser_with_the_font_prints(certificate: Certificate, asked: list[str]) -> None:
    made = printed(certificate)
    assert (made.by_browser, made.content, made.name) == (True, b"%PDF by the browser", f"{certificate.number}.pdf")
    assert len(asked) == 1


@pytest.mark.parametrize("lacking", ["browser", "font", "room", "answer"])
def test_without_one_of_them_the_sheet_is_drawn_all_the_same(
    certificate: Certificate, asked: list[str], lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    place = sys.modules[module.__module__]

    @contextmanager
    def full() -> Iterator[bool]:
        yield False

    if lacking == "browser":
        monkeypatch.setattr(place, "browser", lambda: None)
    elif lacking == "font":
        monkeypatch.setattr(place.fonts, "traditional", lambda: None)
    elif lacking == "room":
        monkeypatch.setattr(place, "slot", full)
    else:
        monkeypatch.setattr(place, "print_page", lambda _html: None)
    made = printed(certificate)
    assert (made.by_browser, asked) == (False, [])
    assert reading.properties(made.content)[0] == 1


def test_the_settings_can_want_no_browser(certificate: Certificate, settings: Any) -> None:
    settings.SOYOL_BROWSER = "none"
    assert not printed(certificate).by_browser
