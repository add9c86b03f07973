"""On a site that sends nothing, an invitation is read in the outbox and accepted; nothing leaves the machine."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e import sight

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PASSWORD = "steppe-horses-forty-seven"  # pragma: allowlist secret


@pytest.mark.parametrize("language", ["mn", "en"])
def test_an_invited_person_enters_by_the_letter_that_is_kept(visit: Callable[..., Page], language: str) -> None:
    page = visit("/desk/accounts/invite/", language=language, who="Administrator")
    page.fill("[name=name]", "Invented Invited")
    page.fill("[name=email]", f"invited-{language}@example.org")
    page.select_option("[name=role]", "curator")
    page.click("main form .button--primary")
    page.wait_for_url("**/desk/accounts/")
    site = page.url.removesuffix("/desk/accounts/")
    page.goto(f"{site}/desk/outbox/?purpose=accounts.invitation")
    wrong = sight.wrong(page)
    assert "i…@example.org" in page.inner_text("main")
    page.click("main .row__name a")
    page.wait_for_url("**/desk/outbox/*/")
    wrong += sight.wrong(page)
    assert "invited-" not in page.inner_text("main dl")
    link = page.get_attribute(".letter a[href*='/accounts/invitation/']", "href")
    assert link is not None
    assert wrong == []
    invited = visit(link.removeprefix(site), language=language)
    invited.fill("[name=name]", "Invented Invited")
    invited.fill("[name=password]", PASSWORD)
    invited.fill("[name=again]", PASSWORD)
    invited.click("main form button")
    invited.wait_for_url("**/accounts/login/")
