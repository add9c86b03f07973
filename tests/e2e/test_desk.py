"""The review desk in a real browser: by keyboard alone, on a phone, without script, and with the line cut."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e import aria, sight
from tests.e2e.conftest import Site
from tests.e2e.doubts import hard, make

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WHO = "Registry officer"


def _at(page: Page, question: int) -> None:
    """The question is on the screen, and the address says so."""
    expect(page.locator("#question")).to_have_attribute("data-version", re.compile(rf"^{question}:"))
    expect(page).to_have_url(re.compile(rf"/desk/review/{question}/"))


def _state(site: Site, question: int) -> str:
    asked = f"from soyol.registry.models import Question as Q; print('is', Q.objects.get(pk={question}).state)"
    return site.manage("shell", "-c", asked).split()[-1]


def test_questions_are_answered_by_keyboard_alone(site: Site, visit: Callable[..., Page]) -> None:
    first, second, third, fourth = make(site.manage, 4, "Kbd")
    page = visit("/desk/matching/", who=WHO, language="en")
    page.focus("main a.button--primary")
    page.keyboard.press("Enter")
    _at(page, first)
    assert aria.wrong(page, "en") == []
    page.keyboard.press("s")
    _at(page, second)
    expect(page.locator("[data-desk-said]")).to_have_text("The same. Next question.")
    expect(page.locator("[data-desk-title]")).to_be_focused()
    expect(page.locator("[data-desk-back]")).to_be_visible()
    assert aria.wrong(page, "en") == [], "what came without a new page has names too"
    page.keyboard.press("d")
    _at(page, third)
    page.keyboard.press("ArrowRight")
    _at(page, fourth)
    page.keyboard.press("n")
    page.keyboard.type("Two brothers, s d u")
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-title]")).to_be_focused()
    _at(page, fourth)
    assert _state(site, fourth) == "open", "a note decides nothing"
    page.keyboard.press("d")
    expect(page.locator("#question")).not_to_have_attribute("data-version", re.compile(rf"^{fourth}:"))
    page.wait_for_load_state("networkidle")
    assert [_state(site, each) for each in (first, second, third, fourth)] == ["decided", "decided", "open", "decided"]
    page.keyboard.press("z")
    _at(page, fourth)
    assert _state(site, fourth) == "open"
    page.keyboard.press("d")
    page.wait_for_load_state("networkidle")


def test_an_answer_that_does_not_arrive_brings_its_question_back(site: Site, visit: Callable[..., Page]) -> None:
    first, second = make(site.manage, 2, "Cut")
    page = visit(f"/desk/review/{first}/", who=WHO, language="en")
    page.wait_for_load_state("networkidle")

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/answer/*", cut)
    page.keyboard.press("s")
    expect(page.locator("[role=alert]")).to_contain_text("did not arrive")
    _at_version = page.locator("#question").get_attribute("data-version") or ""
    assert _at_version.startswith(f"{first}:")
    assert _state(site, first) == "open"
    page.unroute("**/answer/*")
    page.keyboard.press("s")
    _at(page, second)
    page.wait_for_load_state("networkidle")
    assert _state(site, first) == "decided"


def test_an_answer_after_the_session_is_over_is_not_taken_for_heard(site: Site, visit: Callable[..., Page]) -> None:
    [question] = make(site.manage, 1, "Gone")
    page = visit(f"/desk/review/{question}/", who=WHO, language="en")
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies(name="soyol_session")
    page.keyboard.press("s")
    page.wait_for_url("**/accounts/login/**")
    assert f"/desk/review/{question}/" in unquote(page.url)
    assert _state(site, question) == "open"


def test_what_another_decided_meanwhile_is_said(site: Site, visit: Callable[..., Page]) -> None:
    first, second = make(site.manage, 2, "Two")
    page = visit(f"/desk/review/{first}/", who=WHO, language="en")
    page.wait_for_load_state("networkidle")
    close = "from soyol.registry.models import Question as Q; from django.utils.timezone import now; "
    site.manage("shell", "-c", f"{close}Q.objects.filter(pk={first}).update(state='stale', closed_at=now())")
    page.keyboard.press("s")
    expect(page.locator("[role=alert]")).to_contain_text("decided meanwhile")
    _at(page, second)


def test_a_sample_is_checked_by_keyboard_too(site: Site, visit: Callable[..., Page]) -> None:
    hard(site.manage, "keys")
    page = visit("/desk/quality/check/", who=WHO, language="en")
    form = page.locator("form[action*='/desk/quality/check/']").first
    before = form.get_attribute("action")
    page.keyboard.press("u")
    expect(page.locator(f"form[action='{before}']")).to_have_count(0)


def test_without_script_the_same_buttons_do_the_same(site: Site, visit: Callable[..., Page]) -> None:
    first, second = make(site.manage, 2, "Plain")
    page = visit(f"/desk/review/{first}/", who=WHO, language="en", java_script_enabled=False)
    page.click("button[value=different]")
    page.wait_for_url(f"**/desk/review/{second}/")
    assert _state(site, first) == "decided"


@pytest.mark.parametrize("language", ["mn", "en"])
def test_axe_finds_nothing_on_a_question(site: Site, visit: Callable[..., Page], language: str) -> None:
    [question] = make(site.manage, 1, f"Axe{language}")
    page = visit(f"/desk/review/{question}/", who=WHO, language=language)
    assert sight.wrong(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator("button[value=same]")).to_be_in_viewport(ratio=1)
    expect(page.locator("button[value=different]")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("language", ["mn", "en"])
def test_axe_finds_nothing_on_pages_that_seldom_have_something_to_show(
    site: Site, visit: Callable[..., Page], language: str
) -> None:
    paths = hard(site.manage, f"rare{language}")
    page = visit("/desk/", who=WHO, language=language)
    origin = "/".join(page.url.split("/", 3)[:3])
    wrong = []
    for path in paths:
        answer = page.goto(origin + path)
        assert answer
        assert (answer.status, page.url) == (200, origin + path)
        wrong += sight.wrong(page)
    assert wrong == []
