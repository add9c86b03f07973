"""Somebody makes an account by keyboard alone: on a phone, in both languages, with and without scripts."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e import sight
from tests.e2e.conftest import PATIENCE, Site

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PASSWORD = "a long sentence of plain words"  # pragma: allowlist secret


def _code(site: Site, address: str) -> str:
    """The code in the letter to ``address``, once it was written."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        codes = [code for code in map(_told, _letters(site, address)) if code]
        if codes:
            return codes[-1]
        time.sleep(0.2)
    pytest.fail(f"no letter with a code for {address}")


def _letters(site: Site, address: str) -> list[str]:
    """What was written to ``address``, as it lies in the outbox of a site of this machine."""
    asked = "from soyol.notices.models import Message as M; print(*[m.body for m in M.objects.order_by('pk')"
    return [site.manage("shell", "-v", "0", "-c", f"{asked} if m.address == {address!r}], sep='\\n')")]


def _told(letter: str) -> str:
    """The code in a letter, or nothing."""
    found = re.search(r"^    (\d{6})\s*$", letter, re.MULTILINE)
    return found[1] if found else ""


def _reach(page: Page, target: str) -> None:
    """Press Tab until the element is in focus, as somebody without a mouse does."""
    for _ in range(60):
        if page.evaluate("target => document.activeElement?.matches(target) ?? false", target):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} is not reached by keyboard")


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", ["mn", "en"])
def test_an_account_is_made_by_keyboard_alone_on_a_phone(
    visit: Callable[..., Page], site: Site, language: str, scripts: bool
) -> None:
    address = f"new-{language}-{scripts}@example.org".lower()
    page = visit("/accounts/login/?next=/about/", width=360, language=language, java_script_enabled=scripts)
    found = sight.wrong(page) if scripts else []
    page.focus("a.skip")
    _reach(page, "main a[href*='signup']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/signup/**")
    found += sight.wrong(page) if scripts else []
    for box, words in (("name", "Бат"), ("email", address), ("password1", PASSWORD)):
        _reach(page, f"[name={box}]")
        page.keyboard.type(words)
    if scripts:
        _reach(page, "[name=password1] + button")
        page.keyboard.press("Enter")
        assert page.get_attribute("[name=password1]", "type") == "text"
    _reach(page, "main form .button--primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/confirm-email/**")
    found += sight.wrong(page) if scripts else []
    _reach(page, "[name=code]")
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    page.wait_for_selector(".error-summary")
    found += sight.wrong(page) if scripts else []
    _reach(page, "[name=code]")
    page.keyboard.press("Control+A")
    page.keyboard.type(_code(site, address))
    page.keyboard.press("Enter")
    page.wait_for_url("**/about/")
    assert page.is_visible("form[action='/accounts/logout/'] button")
    assert page.locator("a[href='/desk/']").count() == 0
    for keys in ("/accounts/password/change/", "/accounts/email/", "/accounts/2fa/", "/accounts/2fa/webauthn/"):
        page.goto(site.address + keys)
        found += sight.wrong(page) if scripts else []
    assert found == []
