"""Every page in a real browser: axe finds nothing, nothing scrolls sideways, keys are enough, no script is needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import sight
from tests.e2e.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PUBLIC = (
    "/",
    "/directory/",
    "/directory/?q=zzzz",
    "/map/",
    "/open-data/",
    "/sources/",
    "/about/",
    "/privacy/",
    "/accessibility/",
)
ENTRANCE = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nothing-here/")
DESK = (
    "/desk/",
    "/desk/me/",
    "/desk/sources/",
    "/desk/sources/new/",
    "/desk/entries/",
    "/desk/entries/add/",
    "/desk/matching/",
    "/desk/review/",
    "/desk/conflicts/",
    "/desk/quality/",
    "/desk/work/",
    "/desk/losses/",
    "/gallery/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/password/change/",
    "/accounts/email/",
)
ADMINISTRATION = (
    "/desk/accounts/",
    "/desk/accounts/invite/",
    "/desk/bodies/",
    "/desk/bodies/new/",
    "/desk/audit/?verify=1",
    "/desk/outbox/",
    "/desk/keeping/",
)
#: Width of A4 between the margins of ``print.css`` (178 mm) in CSS pixels.
PAPER = 672


def _address(page: Page) -> str:
    return "/".join(page.url.split("/", 3)[:3])


@pytest.mark.parametrize("language", ["mn", "en"])
@pytest.mark.parametrize(
    ("who", "paths"), [("", PUBLIC + ENTRANCE), ("Registry officer", DESK), ("Administrator", ADMINISTRATION)]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    visit: Callable[..., Page], who: str, paths: tuple[str, ...], language: str
) -> None:
    page = visit(paths[0], language=language, who=who)
    wrong: list[str] = []
    for path in paths:
        page.goto(_address(page) + path)
        wrong += sight.wrong(page)
    assert wrong == []


@pytest.mark.parametrize("language", ["mn", "en"])
def test_axe_finds_nothing_on_an_account_and_its_grant(visit: Callable[..., Page], language: str) -> None:
    page = visit("/desk/accounts/", language=language, who="Administrator")
    page.click("tbody tr:has-text('registry-officer') a")
    page.wait_for_url("**/desk/accounts/*/")
    wrong = sight.wrong(page)
    page.click("main a[href*='/desk/grants/']")
    page.wait_for_url("**/desk/grants/*/")
    assert wrong + sight.wrong(page) == []


#: Elements that hold more than they show, beside what only a screen reader is told.
CUT = (
    "[...document.querySelectorAll('body *')].filter(each => each.checkVisibility()"
    " && !each.closest('.visually-hidden, select, svg, thead, .skip') && getComputedStyle(each).overflowX != 'visible'"
    " && each.scrollWidth > each.clientWidth + 1).map(each => each.outerHTML.slice(0, 160))"
)
BEYOND = (
    "[...document.querySelectorAll('main :is(td, th, p, h1, h2, h3, li, dd)')].filter(each => each.checkVisibility()"
    " && !each.closest('thead, .visually-hidden') && each.getBoundingClientRect().right > innerWidth + 1)"
    ".map(each => each.outerHTML.slice(0, 160))"
)


@pytest.fixture
def filled(visit: Callable[..., Page]) -> None:
    """A list with a long name and a person in the registry, unless an earlier test made them."""
    page = visit("/desk/sources/new/", who="Registry officer")
    words = {"name_mn": "Соёлын байгууллагуудын удирдах ажилтнуудын нэгдсэн жагсаалт", "name_en": "A list of all heads"}
    for name, value in {**words, "code": "narrow", "keeper": "Соёлын хүрээлэнгүүдийн холбоо"}.items():
        page.fill(f"[name={name}]", value)
    with page.expect_navigation():
        page.click("main form .button--primary")
    page.goto(_address(page) + "/desk/entries/add/")
    page.fill("[name=name]", "Лувсанжамбалдорж Эрдэнэбатхаанцэцэг")
    page.fill("[name=reason]", "A letter")
    with page.expect_navigation():
        page.click("main form .button--primary")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("language", ["mn", "en"])
@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("", ("/sources/", "/map/", "/directory/?region=none")),
        ("Registry officer", ("/desk/", "/desk/sources/", "/desk/entries/", "/desk/losses/")),
        ("Administrator", ("/desk/accounts/", "/desk/accounts/1/", "/desk/bodies/", "/desk/audit/", "/desk/keeping/")),
    ],
    ids=["public", "officer", "administrator"],
)
def test_on_a_phone_nothing_is_cut_and_nothing_lies_beyond_the_edge(
    visit: Callable[..., Page], who: str, paths: tuple[str, ...], language: str
) -> None:
    page = visit(paths[0], width=360, language=language, who=who)
    wrong: list[str] = []
    for path in paths:
        assert page.goto(_address(page) + path)
        wrong += [f"{path} {one}" for one in [*page.evaluate(CUT), *page.evaluate(BEYOND)]] + sight.sideways(page)
    assert wrong == []


FULLNESS = """
from django.utils.timezone import now
from soyol.registry.models import Filling
from soyol.registry.rules.filling import FIELDS

for at, code in enumerate(["", "a code that no list of units knows"]):
    for field, kinds in FIELDS.items():
        for kind in kinds:
            known = {"axis": "region", "code": code, "kind": kind, "field": field}
            told = {"entries": 12345, "having": 12345 - at, "counted_at": now()}
            Filling.objects.update_or_create(**known, defaults=told)
"""


@pytest.mark.parametrize("language", ["mn", "en"])
def test_at_a_desk_all_columns_of_how_full_entries_are_stand_in_sight(
    site: Site, visit: Callable[..., Page], language: str
) -> None:
    site.manage("shell", "-c", FULLNESS)
    page = visit("/desk/quality/", language=language, who="Registry officer")
    by_place = page.locator("section[aria-labelledby=axis-1]")  # by domain follows it, once the worker has counted
    assert by_place.locator("thead th:nth-child(12)").count() == 1
    assert (page.evaluate(CUT), sight.wrong(page)) == ([], [])


def test_axe_finds_nothing_in_the_dark(visit: Callable[..., Page]) -> None:
    wrong = []
    for who, paths in (("", ("/", "/directory/", "/map/", "/about/")), ("Registry officer", DESK)):
        page = visit(paths[0], who=who, color_scheme="dark")
        for path in paths:
            page.goto(_address(page) + path)
            wrong += sight.violations(page)
    assert wrong == []


@pytest.mark.parametrize(
    ("who", "paths"),
    [("", (*PUBLIC, "/directory/?kind=person")), ("Registry officer", DESK[:8])],
    ids=["public", "desk"],
)
def test_paper_shows_the_whole_page_without_what_only_a_screen_can_use(
    visit: Callable[..., Page], who: str, paths: tuple[str, ...]
) -> None:
    page = visit(paths[0], width=PAPER, who=who)
    wrong = []
    for path in paths:
        page.emulate_media(media="print")  # making a PDF takes it back
        page.goto(_address(page) + path)
        shown = page.evaluate(
            "[...document.querySelectorAll('nav, .skip, .masthead__tools, main button, .pager, .applied .no-print')]"
            ".filter(each => each.checkVisibility()).map(each => each.outerHTML.slice(0, 120))"
        )
        cut = page.evaluate(
            "[...document.querySelectorAll('main *')].filter(each => each.checkVisibility()"
            " && !each.classList.contains('visually-hidden') && getComputedStyle(each).overflowX != 'visible'"
            " && each.scrollWidth > each.clientWidth + 1).map(each => each.outerHTML.slice(0, 120))"
        )
        wrong += [f"{path} shows {one}" for one in shown] + [f"{path} cuts {one}" for one in cut]
        wrong += sight.sideways(page) + sight.broken_words(page)
        assert page.pdf(format="A4").startswith(b"%PDF")
    assert wrong == []


def test_nothing_moves_where_that_was_asked(visit: Callable[..., Page]) -> None:
    moving = (
        "[...document.querySelectorAll('*')].filter(each => { const style = getComputedStyle(each);"
        " return [style.transitionDuration, style.animationName == 'none' ? '0s' : style.animationDuration]"
        ".some(told => told.split(', ').some(one => parseFloat(one) > 0)) || style.scrollBehavior == 'smooth' })"
        ".map(each => each.outerHTML.slice(0, 120))"
    )
    assert visit("/gallery/", who="Registry officer").evaluate(moving) != []
    still = visit("/gallery/", who="Registry officer", reduced_motion="reduce")
    assert still.evaluate(moving) == []
    still.goto(f"{_address(still)}/")
    assert still.evaluate(moving) == []


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
    expect(page.locator("[data-send-button]")).to_be_hidden()
    bare = visit("/map/", language="en", java_script_enabled=False)
    bare.select_option("#figure", "person")
    with bare.expect_navigation():
        bare.click("#country form button")
    assert bare.url.endswith("/map/?figure=person")
    expect(bare.locator(".map .map-place")).to_have_count(22)


def test_the_language_switch_comes_back_to_the_same_page(visit: Callable[..., Page]) -> None:
    page = visit("/directory/?q=zzzz&kind=person", language="mn")
    with page.expect_navigation():
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
