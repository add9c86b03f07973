"""A survey from its workbook to a number to keep: opened at the desk, answered on a phone by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import aria, sight

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FORM = Path(__file__).resolve().parents[2] / "samples" / "surveys" / "mn" / "makers.xlsx"
WHO = "Registry officer"
#: Stops of the Tab key on a page before something is said to be out of reach.
STOPS = 80


def _opened(visit: Callable[..., Page]) -> Page:
    """The survey at the desk, open for answers; the first test of the site makes it."""
    page = visit("/desk/surveys/", who=WHO, language="en")
    if not page.locator("main a[href='/desk/surveys/makers/']").count():
        page.click("text=New survey")
        page.fill("[name=name_mn]", "Судалгаа")
        page.fill("[name=name_en]", "Survey of makers")
        page.fill("[name=code]", "makers")
        page.fill("[name=keeper]", "Culture office")
        page.click("main form .button--primary")
        page.set_input_files("[name=file]", FORM)
        page.click("text=Send in and check")
        page.click("main td .button")
        expect(page.locator("#notices")).to_contain_text("asked from now on")
    page.goto("/".join(page.url.split("/", 3)[:3]) + "/desk/surveys/makers/")
    return page


def _tab_to(page: Page, selector: str) -> None:
    """Go on by the Tab key until the element has the focus."""
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is out of reach by keyboard on {page.url}")


def _on(page: Page) -> None:
    """Press the button that leads on."""
    _tab_to(page, "main .actions .button--primary")
    _press(page)


def _press(page: Page) -> None:
    """The Enter key on a button or link, and the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _choose(page: Page, selector: str) -> None:
    """Choose in a group, which the Tab key enters at its first or chosen answer."""
    name = page.locator(selector).get_attribute("name")
    _tab_to(page, f"[name='{name}']")
    page.keyboard.press("Space")
    while not page.locator(selector).is_checked():
        page.keyboard.press("ArrowDown")


def _type(page: Page, name: str, text: str) -> None:
    _tab_to(page, f"[name='{name}']")
    page.keyboard.type(text)


@pytest.mark.parametrize("script", [True, False])
def test_a_person_answers_on_a_phone_by_keyboard_and_gets_a_number(visit: Callable[..., Page], script: bool) -> None:
    _opened(visit)
    page = visit("/surveys/makers/", width=360, language="en", java_script_enabled=script)
    wrong: list[str] = []

    def looked() -> None:
        if script:  # axe is a script
            wrong.extend([*sight.wrong(page, 320, 360), *aria.wrong(page, "en")])

    _on_begin(page)
    looked()
    _say_who(page, looked)
    _say_where_and_what(page, looked)
    _choose(page, "[name=consent][value=no]")
    _on(page)
    expect(page.locator("main")).to_contain_text("A felt horse")
    looked()
    _on(page)
    expect(page.locator("h1")).to_have_text("Your answers are in")
    expect(page.locator("main dd strong")).to_contain_text("makers-")
    looked()
    assert wrong == []


def _say_who(page: Page, looked: Callable[[], None]) -> None:
    """The first pages: what is missing is told, and what an answer brings is shown before going on."""
    _choose_tick(page, "informed")
    _on(page)
    _choose(page, "[name=kind][value=person]")
    _on(page)
    expect(page.locator(".notice--care")).to_contain_text("new questions")
    looked()
    _on(page)
    expect(page.locator(".error-summary a")).to_have_text(["Given name: Please answer this question."])
    looked()
    _type(page, "given_name", "Saraa")
    _type(page, "born", "1980")
    _on(page)
    _type(page, "phone", "10123456")
    _on(page)


def _say_where_and_what(page: Page, looked: Callable[[], None]) -> None:
    """The cascade of places, the work, and one round of works."""
    _select(page, "province")
    _on(page)
    _select(page, "district")
    looked()
    _on(page)
    expect(page.locator("[name=parish]")).to_be_visible()
    _on(page)
    _choose(page, "[name=domain] >> nth=1")
    _on(page)
    _on(page)
    _tab_to(page, "[name=go][value='add:works']")
    _press(page)
    _type(page, "work_title--0", "A felt horse")
    looked()
    _on(page)


def _on_begin(page: Page) -> None:
    _tab_to(page, "main form .button--primary")
    _press(page)


def _choose_tick(page: Page, name: str) -> None:
    _tab_to(page, f"[name={name}]")
    page.keyboard.press("Space")


def _select(page: Page, name: str) -> None:
    """Choose the second line of a list that drops down."""
    _tab_to(page, f"[name={name}]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")


def test_what_was_kept_goes_on_in_another_browser(visit: Callable[..., Page]) -> None:
    _opened(visit)
    page = visit("/surveys/makers/", width=360, language="en")
    page.click("main form .button--primary")
    page.check("[name=informed]")
    page.click("text=Keep and go on later")
    link = page.locator("main .cut a").inner_text()
    other = visit("/", width=1280, language="en")
    other.goto(link)
    other.click("text=About this survey")
    expect(other.locator("[name=informed]")).to_be_checked()


@pytest.mark.parametrize("language", ["mn", "en"])
def test_axe_finds_nothing_on_the_pages_of_the_desk(visit: Callable[..., Page], language: str) -> None:
    _opened(visit)
    page = visit("/desk/surveys/", who=WHO, language=language)
    origin = "/".join(page.url.split("/", 3)[:3])
    wrong = sight.wrong(page)
    for path in (
        "/surveys/",
        "/surveys/makers/",
        "/desk/surveys/makers/",
        "/desk/surveys/new/",
        "/desk/surveys/makers/enter/",
        "/desk/surveys/makers/import/",
    ):
        page.goto(origin + path)
        wrong += sight.wrong(page)
    page.goto(f"{origin}/desk/surveys/makers/")
    if page.locator("main a[href^='/desk/answers/']").count():
        with page.expect_navigation():
            page.click("main a[href^='/desk/answers/'] >> nth=0")
        wrong += sight.wrong(page)
    assert wrong == []
