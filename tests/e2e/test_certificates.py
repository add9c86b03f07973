"""From the entry to the sheet, and from its QR code to the page that a stranger sees, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.certificates.printing import reading
from tests.e2e import sight

pytestmark = [pytest.mark.slow, pytest.mark.browser]
#: Somebody whom no other test enters: tests of one process share a site, and it asks before it adds anybody twice.
NAME = "Цэрэнпилжиддорж Мөнхбаясгалантуяа"
#: An office in a hall full of people needs its sheet at once.
SECONDS = 15_000


def _address(page: Page) -> str:
    return "/".join(page.url.split("/", 3)[:3])


@pytest.fixture(scope="session")
def issued() -> dict[str, str]:
    """What the first test leaves to the others: one entry with a certificate is enough for all but the last.

    It lives as long as the site, for the tests of a module need not follow one another: an idle worker takes some over.
    """
    return {}


@pytest.fixture
def link(visit: Callable[..., Page], issued: dict[str, str], tmp_path: Path) -> str:
    """What the QR code of a sheet says, which an officer issued and took by the pages."""
    if "link" in issued:
        return issued["link"]
    page = visit(issued.get("entry", "/desk/entries/add/"), who="Registry officer")
    if "entry" not in issued:
        page.fill("[name=name]", NAME)
        page.fill("[name=reason]", "A letter")
        with page.expect_navigation():
            page.click("main form .button--primary")
        assert re.search(r"/desk/entries/\w{9}/$", page.url)
        issued["entry"] = page.url.removeprefix(_address(page))
    with page.expect_navigation():
        page.click("form[action$='/certificates/issue/'] button")
    with page.expect_download(timeout=SECONDS) as taken:
        page.locator("a[href$='/sheet/']").first.click()
    path = tmp_path / "sheet.pdf"
    taken.value.save_as(path)
    pdf = path.read_bytes()
    assert "".join(NAME.split()) in reading.together(pdf)
    [issued["link"]] = reading.code(pdf)
    words = reading.words(pdf)
    issued["number"] = re.findall(r"C-\d{7}-\w", words)[0]
    issued["code"] = re.findall(r"^[0-9A-Z]{4} [0-9A-Z]{4}$", words, re.MULTILINE)[0]
    issued["traditional"] = str(any("\u1820" <= sign <= "\u1842" for sign in words))
    return issued["link"]


def test_the_site_prints_the_title_in_traditional_script_too(link: str, issued: dict[str, str]) -> None:
    assert link
    assert issued["traditional"] == "True"


@pytest.mark.parametrize("language", ["mn", "en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_stranger_who_reads_the_code_sees_that_it_is_valid(
    visit: Callable[..., Page], link: str, language: str, width: int
) -> None:
    page = visit("/", width=width, language=language)
    page.goto(link)
    assert "✓" in page.locator("main h1").inner_text()
    assert NAME in page.locator("main dl").inner_text()
    wrong = sight.wrong(page)
    for path in ("/certificates/", "/certificates/junk/"):
        page.goto(_address(page) + path)
        wrong += sight.wrong(page)
    assert wrong == []


@pytest.mark.parametrize("language", ["mn", "en"])
def test_the_pages_of_officers_are_whole(
    visit: Callable[..., Page], link: str, issued: dict[str, str], language: str
) -> None:
    assert link
    page = visit("/desk/certificates/", language=language, who="Registry officer")
    wrong = sight.wrong(page)
    page.goto(_address(page) + issued["entry"])
    page.locator("details:has(form[action$='/revoke/']) summary").click()
    assert wrong + sight.wrong(page) == []


def test_without_a_camera_and_without_a_script_number_and_code_are_enough(
    visit: Callable[..., Page], link: str, issued: dict[str, str]
) -> None:
    page = visit("/certificates/", language="en", java_script_enabled=False)
    for code, ends in (("0000 0000", "/certificates/"), (issued["code"], link)):
        page.fill("[name=number]", issued["number"])
        page.fill("[name=code]", code)
        with page.expect_navigation():
            page.click("main form .button--primary")
        assert page.url.endswith(ends)
    assert "✓" in page.locator("main h1").inner_text()


def test_a_revoked_certificate_says_so_at_once(visit: Callable[..., Page], link: str, issued: dict[str, str]) -> None:
    page = visit(issued["entry"], language="en", who="Registry officer")
    page.locator("details:has(form[action$='/revoke/']) summary").click()
    page.fill("form[action$='/revoke/'] [name=reason]", "Lost on a train")
    with page.expect_navigation():
        page.click("form[action$='/revoke/'] button")
    stranger = visit("/", language="en")
    stranger.goto(link)
    assert "revoked" in stranger.locator("main h1").inner_text()
    assert "train" not in stranger.locator("main").inner_text()
    del issued["link"]  # whoever comes next has another one issued
