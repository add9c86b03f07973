"""Printing by the machine's own browser, and what becomes of one that does not answer."""

import os
import time
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from soyol.certificates.printing import browser, fonts
from soyol.certificates.printing.page import page
from soyol.certificates.printing.sheet import Sheet
from soyol.registry.packing import pack
from tests.certificates.printing import reading

pytestmark = pytest.mark.django_db
REAL = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not any(map(which, browser.NAMES)), reason="no Chromium on this machine"),
]


@pytest.fixture
def real(settings: Any) -> bytes:
    """The machine's browser is wanted; the font of the traditional script."""
    settings.SOYOL_BROWSER = ""
    found = fonts.traditional()
    if found is None:
        pytest.skip("no front-end fonts on this machine")
    return found


class TestReal:
    """What the machine's own browser makes."""

    pytestmark = REAL

    def test_text_in_every_language_and_in_both_scripts_is_found_on_one_page(self, sheet: Sheet, real: bytes) -> None:
        pdf = browser.print_page(page(sheet, real))
        assert pdf is not None
        told = reading.together(pdf)
        texts = [*sheet.title, *sheet.declares, *sheet.name, *sheet.check, sheet.number, sheet.vertical]
        texts += [text for line in (*sheet.lines, *sheet.below, sheet.code) for text in (*line.label, *line.value)]
        assert [text for text in texts if "".join(text.split()) not in told] == []
        assert (reading.properties(pdf), reading.size(pdf)) == ((1, sheet.titled), (210, 297))
        assert f"/Lang ({sheet.languages[0]})".encode() in pdf

    def test_a_pack_with_such_a_script_has_its_title_set_from_top_to_bottom(self, sheet: Sheet, real: bytes) -> None:
        pdf = browser.print_page(page(sheet, real))
        assert pdf is not None
        has = any(each.script == "Mong" for each in pack().languages)
        assert any("\u1820" <= sign <= "\u1842" for sign in reading.words(pdf)) is has

    def test_the_code_leads_to_the_page_that_checks_it(self, sheet: Sheet, real: bytes) -> None:
        pdf = browser.print_page(page(sheet, real))
        assert pdf is not None
        assert reading.code(pdf) == [sheet.link]

    def test_the_fullest_sheet_stays_on_its_page(self, fullest: Sheet, real: bytes) -> None:
        pdf = browser.print_page(page(fullest, real))
        assert pdf is not None
        assert (reading.properties(pdf)[0], reading.code(pdf)) == (1, [fullest.link])


@pytest.fixture
def told(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser of our own that writes down how it was called, as ``script`` below says."""
    monkeypatch.setattr(browser, "PATIENCE", 2)
    settings.SOYOL_BROWSER = str(tmp_path / "browser")
    return tmp_path


def _script(place: Path, text: str) -> None:
    (place / "browser").write_text(f"#!/bin/sh\n{text}\n")
    (place / "browser").chmod(0o700)


def test_what_is_printed_stands_on_no_command_line_and_is_gone_afterwards(told: Path, sheet: Sheet) -> None:
    _script(told, f'echo "$@" > {told}/arguments\nstat -c %a "$HOME" > {told}/mode\nenv > {told}/environment')
    assert browser.print_page(page(sheet, b"letters")) is None
    arguments = (told / "arguments").read_text()
    assert (sheet.name[0] in arguments, sheet.link in arguments) == (False, False)
    folder = Path(next(each for each in arguments.split() if each.startswith("file://")).removeprefix("file://")).parent
    assert (folder.exists(), (told / "mode").read_text().strip()) == (False, "700")
    assert "SOYOL" not in (told / "environment").read_text()


@pytest.mark.parametrize(("user", "expected"), [(0, ["--no-sandbox"]), (1000, [])])
def test_only_root_prints_without_the_sandbox(
    user: int, expected: list[str], monkeypatch: pytest.MonkeyPatch, told: Path, sheet: Sheet
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    _script(told, f'echo "$@" > {told}/arguments')
    browser.print_page(page(sheet, b"letters"))
    assert [each for each in (told / "arguments").read_text().split() if "sandbox" in each] == expected


def test_a_browser_that_hangs_is_ended_with_all_that_it_started(told: Path, sheet: Sheet) -> None:
    _script(told, f"sleep 61 &\necho $! > {told}/child\nsleep 62")
    begun = time.monotonic()
    assert browser.print_page(page(sheet, b"letters")) is None
    assert time.monotonic() - begun < 10
    assert _is_over(int((told / "child").read_text()))


def _is_over(process: int) -> bool:
    """Whether a process ends within moments; one that nobody has asked after yet is over too."""
    state = Path(f"/proc/{process}/stat")
    for _ in range(100):
        try:
            if state.read_text().split()[2] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


#: Writes something that is no PDF where a PDF was wanted.
WRITES_JUNK = 'for a in "$@"; do case $a in --print-to-pdf=*) echo no > "${a#*=}";; esac; done'


@pytest.mark.parametrize("text", ["exit 1", "echo nothing", WRITES_JUNK])
def test_what_is_no_pdf_is_none(told: Path, sheet: Sheet, text: str) -> None:
    _script(told, text)
    assert browser.print_page(page(sheet, b"letters")) is None


def test_a_browser_that_is_not_there_is_none(settings: Any) -> None:
    settings.SOYOL_BROWSER = "/nowhere/browser"
    assert (browser.browser(), browser.print_page("<p>")) == (None, None)
