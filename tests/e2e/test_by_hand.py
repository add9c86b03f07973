"""Adding one person by hand in a real browser: who is here already is told while the form is not filled in yet."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ADD = "/desk/entries/add/"
WHO = "Registry officer"


#: Somebody whom no other test enters: the name as it is typed, and as the registry shows it.
TYPED, SHOWN = "Пагмасүрэнгийн Нарантунгалаг", "Пагмасүрэн Нарантунгалаг"


def _add_and_come_back(page: Page) -> None:
    """Add the person, unless an earlier test did, and open the page for the next one."""
    page.fill("[name=name]", TYPED)
    page.fill("[name=reason]", "A letter")
    with page.expect_navigation():
        page.click("main form .button--primary")
    if not page.locator("[name=sure]").count():
        assert re.search(r"/desk/entries/\w{9}/$", page.url)
    page.goto("/".join(page.url.split("/", 3)[:3]) + ADD)


@pytest.mark.parametrize("typed", [TYPED, "П.Нарантунгалаг", "Narantungalag"])
def test_who_is_here_already_is_told_while_the_name_is_typed(visit: Callable[..., Page], typed: str) -> None:
    page = visit(ADD, who=WHO)
    _add_and_come_back(page)
    expect(page.locator("#already .row__name")).to_have_count(0)
    page.locator("[name=name]").press_sequentially(typed)
    expect(page.locator("#already .row__name")).to_have_text([SHOWN])
    assert page.url.endswith(ADD), "nothing was sent but the question"
    page.locator("[name=name]").press_sequentially("zzzzzzzzzzzz")
    expect(page.locator("#already .row__name")).to_have_count(0)
    # The browser still holds an unfinished form back.
    page.click("main form .button--primary")
    assert page.evaluate("document.activeElement.name") == "reason"


def test_on_a_phone_who_is_here_already_stays_in_sight(visit: Callable[..., Page]) -> None:
    page = visit(ADD, who=WHO, width=360)
    _add_and_come_back(page)
    page.locator("[name=name]").press_sequentially(TYPED)
    expect(page.locator("#already .row__name")).to_have_text([SHOWN])
    expect(page.locator("#already .row__name")).to_be_in_viewport(ratio=1)
    expect(page.locator("[name=name]")).to_be_in_viewport(ratio=1)


def test_without_script_who_is_here_already_is_told_when_the_form_is_sent(visit: Callable[..., Page]) -> None:
    page = visit(ADD, who=WHO, java_script_enabled=False)
    _add_and_come_back(page)
    page.fill("[name=name]", "П.Нарантунгалаг")
    page.fill("[name=reason]", "A letter")
    page.click("main form .button--primary")
    expect(page.locator("#already .row__name")).to_have_text([SHOWN])
    expect(page.locator("[name=sure]")).to_be_visible()
