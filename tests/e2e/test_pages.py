"""Every page in a real browser: axe finds nothing, nothing scrolls sideways, keys are enough, no script is needed."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PUBLIC = ("/", "/directory/", "/directory/?q=zzzz", "/map/", "/sources/", "/about/", "/privacy/", "/accessibility/")
ENTRANCE = ("/accounts/login/", "/accounts/password/reset/", "/nothing-here/")
DESK = (
    "/desk/",
    "/desk/me/",
    "/desk/sources/",
    "/desk/sources/new/",
    "/desk/entries/",
    "/desk/entries/add/",
    "/desk/matching/",
    "/desk/work/",
    "/gallery/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/password/change/",
    "/accounts/email/",
)
ADMINISTRATION = ("/desk/accounts/", "/desk/accounts/invite/", "/desk/audit/?verify=1")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def _sideways(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{page.url} scrolls sideways by {wide} px"] if wide > 0 else []


@pytest.mark.parametrize("language", ["mn", "en"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("who", "paths"), [("", PUBLIC + ENTRANCE), ("Registry officer", DESK), ("Administrator", ADMINISTRATION)]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    visit: Callable[..., Page], who: str, paths: tuple[str, ...], width: int, language: str
) -> None:
    page = visit(paths[0], width=width, language=language, who=who)
    origin = page.url.split("/", 3)
    wrong: list[str] = []
    for path in paths:
        page.goto(f"{origin[0]}//{origin[2]}{path}")
        wrong += _violations(page) + _sideways(page)
    assert wrong == []


def test_axe_finds_nothing_in_the_dark(visit: Callable[..., Page]) -> None:
    assert _violations(visit("/", dark=True)) == []
    assert _violations(visit("/gallery/", dark=True, who="Registry officer")) == []


def test_a_search_by_keys_alone_shows_where_the_focus_is(visit: Callable[..., Page]) -> None:
    page = visit("/directory/", language="en")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert (page.evaluate("document.activeElement.id"), ring) == ("q", "3px")
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    page.wait_for_url("**/directory/?q=zzzz")
    expect(page.locator(".empty h2")).to_be_visible()


def test_the_map_changes_its_figure_without_a_new_page_and_without_script(visit: Callable[..., Page]) -> None:
    page = visit("/map/", language="en")
    before = page.locator(".figure__title").inner_text()
    page.select_option("#figure", "person")
    page.wait_for_url("**/map/?figure=person")
    expect(page.locator(".figure__title")).not_to_have_text(before)
    bare = visit("/map/", language="en", script=False)
    bare.select_option("#figure", "person")
    bare.click("#country form button")
    assert bare.url.endswith("/map/?figure=person")
    expect(bare.locator(".map a")).to_have_count(22)


def test_the_language_switch_comes_back_to_the_same_page(visit: Callable[..., Page]) -> None:
    page = visit("/directory/?q=zzzz&kind=person", language="mn")
    page.click(".masthead__tools a[lang=en]")
    assert page.url.endswith("/directory/?q=zzzz&kind=person")
    assert page.get_attribute("html", "lang") == "en"


def test_pages_ask_nothing_of_other_sites_and_break_no_policy(visit: Callable[..., Page]) -> None:
    page = visit("/about/")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    origin = page.url.split("/about/")[0]
    for path in PUBLIC:
        page.goto(origin + path)
    assert [url for url in asked if not url.startswith((origin, "data:"))] == []
    assert said == []
