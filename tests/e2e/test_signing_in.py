"""Signing in as an officer does it: a passkey in a virtual authenticator, an authenticator app, and passwords."""

import base64
import hashlib
import hmac
import itertools
import re
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import sight
from tests.e2e.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PASSWORD = "steppe-horses-forty-seven"  # pragma: allowlist secret
NEW = "another-river-of-nine-bends"  # pragma: allowlist secret
#: Seconds for which a code of an authenticator app is good.
STEP = 30
#: The outbox keeps what nothing sends; sealed, so that only the site itself reads it.
LETTERS = """
from soyol.notices.models import Message
print(*(each.body for each in Message.objects.all() if each.address == "%(email)s"))
"""
OFFICER = """
from allauth.account.models import EmailAddress
from soyol.accounts.models import Grant, User
user = User(email="%(email)s", name="Invented Officer")
user.set_password("%(password)s")
user.save()
EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
Grant.objects.create(user=user, role="registry_officer")
"""
_officers = itertools.count(1)


def _officer(site: Site) -> str:
    """Somebody who may see data of persons, with a password and nothing else; their address."""
    email = f"officer-{next(_officers)}@example.org"
    site.manage("shell", "-c", OFFICER % {"email": email, "password": PASSWORD})
    return email


def _sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto(_origin(page) + "/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.click("main .button--primary")


def _sign_out(page: Page) -> None:
    page.goto(_origin(page) + "/accounts/logout/")
    with page.expect_navigation():
        page.click("main form button")
    assert not _inside(page)


def _open(page: Page, path: str) -> None:
    """A page that asks for the password once more, for it changes how somebody signs in."""
    page.goto(_origin(page) + path)
    page.wait_for_url("**/accounts/reauthenticate/**")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(f"**{path}")


def _inside(page: Page) -> bool:
    """Whether data of persons are open to this browser."""
    page.goto(_origin(page) + "/desk/entries/")
    return page.url == _origin(page) + "/desk/entries/"


def _origin(page: Page) -> str:
    return "/".join(page.url.split("/", 3)[:3])


def _authenticator(page: Page) -> Callable[..., Any]:
    """A passkey in the browser's own virtual authenticator, whose owner proves by finger who they are."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    told = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": told})
    return lambda method, **more: devices.send(method, {"authenticatorId": made["authenticatorId"], **more})


@pytest.mark.parametrize("language", ["mn", "en"])
def test_an_officer_adds_a_passkey_and_signs_in_by_it(site: Site, visit: Callable[..., Page], language: str) -> None:
    email, page = _officer(site), visit("/accounts/login/", language=language)
    authenticator = _authenticator(page)
    _sign_in(page, email)
    assert not _inside(page)
    assert page.url.endswith("/accounts/2fa/"), "who may see data of persons is led to a second factor"
    wrong = sight.wrong(page) + _add_passkey(page)
    assert _inside(page)
    _sign_out(page)

    _sign_in(page, email)
    assert page.url.endswith("/accounts/2fa/authenticate/")
    assert not _inside(page), "a password alone opens nothing"
    page.goto(_origin(page) + "/accounts/2fa/authenticate/")
    wrong += sight.wrong(page)
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/desk/")
    assert _inside(page)
    _sign_out(page)

    _by_passkey_alone(page)
    page.wait_for_url("**/desk/")
    assert _inside(page)
    _sign_out(page)

    authenticator("WebAuthn.setUserVerified", isUserVerified=False)
    _by_passkey_alone(page)
    page.wait_for_timeout(2000)
    assert not _inside(page), "whoever holds the telephone is not yet its owner"
    assert wrong == []


def _add_passkey(page: Page) -> list[str]:
    """Add one, as the page of the second factor offers; what axe finds on the way."""
    expect(page.locator("main a[href='/accounts/2fa/webauthn/add/']").first).to_be_visible()
    _open(page, "/accounts/2fa/webauthn/add/")
    wrong = sight.wrong(page)
    page.fill("[name=name]", "Telephone")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    return wrong + sight.wrong(page)


def _by_passkey_alone(page: Page) -> None:
    page.goto(_origin(page) + "/accounts/login/")
    page.click("#passkey_login")


def _code(secret: str, *, after: str = "") -> str:
    """What an authenticator app shows (RFC 6238); waits for the next one while it still shows ``after``."""
    while True:
        digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // STEP), hashlib.sha1)
        at = digest[-1] & 0x0F
        shown = f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
        if shown != after:
            return shown
        time.sleep(0.5)


def _enter(page: Page, code: str) -> None:
    page.fill("main form [name=code]", code)
    with page.expect_navigation():
        page.click("main form:has([name=code]) button")


@pytest.fixture
def with_app(site: Site, visit: Callable[..., Page]) -> tuple[Page, str, str, str]:
    """An officer who has just set up an authenticator app: browser, address, secret, and the code that did it."""
    email = _officer(site)
    page = visit("/accounts/login/", language="en")
    _sign_in(page, email)
    _open(page, "/accounts/2fa/totp/activate/")
    assert sight.wrong(page) == []
    secret = page.input_value("#authenticator_secret")
    code = _code(secret)
    _enter(page, code)
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    assert _inside(page)
    return page, email, secret, code


def test_a_code_of_an_authenticator_app_opens_once(
    visit: Callable[..., Page], with_app: tuple[Page, str, str, str]
) -> None:
    page, email, secret, first = with_app
    _sign_out(page)
    _sign_in(page, email)
    if _code(secret) == first:
        _enter(page, first)
        assert not _inside(page), "the code by which the app was set up is used"
        page.goto(_origin(page) + "/accounts/2fa/authenticate/")
    fresh = _code(secret, after=first)
    _enter(page, fresh)
    assert _inside(page)
    thief = visit("/accounts/login/", language="en")
    _sign_in(thief, email)
    _enter(thief, fresh)
    assert not _inside(thief), "a code that somebody looked over is good for nothing"


def test_a_password_by_letter_does_not_skip_the_second_factor(
    site: Site, visit: Callable[..., Page], with_app: tuple[Page, str, str, str]
) -> None:
    _page, email, secret, first = with_app
    page = visit("/accounts/password/reset/", language="en")
    page.fill("[name=email]", email)
    with page.expect_navigation():
        page.click("main form button")
    page.goto(_origin(page) + _link(site, email))
    page.fill("[name=password1]", NEW)
    page.fill("[name=password2]", NEW)
    with page.expect_navigation():
        page.click("main form button")
    assert not _inside(page), "a new password is not a sign-in"
    _sign_in(page, email, NEW)
    assert page.url.endswith("/accounts/2fa/authenticate/")
    assert not _inside(page)
    page.goto(_origin(page) + "/accounts/2fa/authenticate/")
    _enter(page, _code(secret, after=first))
    assert _inside(page)


def _link(site: Site, email: str) -> str:
    letters = site.manage("shell", "-c", LETTERS % {"email": email})
    [link] = re.findall(r"/accounts/password/reset/key/\S+", letters)
    return str(link)


def test_long_passwords_are_taken_and_short_and_common_ones_refused(site: Site, visit: Callable[..., Page]) -> None:
    email = _officer(site)
    page = visit("/accounts/login/", language="en")
    _sign_in(page, email)
    long = "өвсний үнэр " * 10 + "тал нутаг"[:8]
    refused = []
    for password in ("elevensigns", "password1234", "invented officer"):
        _change(page, password)
        refused.append(page.locator("main .field__error, main [aria-invalid=true]").count() > 0)
    _change(page, long)
    _sign_out_at_once(page)
    _sign_in(page, email, long)
    assert (len(long), refused, page.url.endswith("/accounts/2fa/")) == (128, [True, True, True], True)


def _change(page: Page, password: str) -> None:
    page.goto(_origin(page) + "/accounts/password/change/")
    page.fill("[name=oldpassword]", PASSWORD)
    page.fill("[name=password1]", password)
    page.fill("[name=password2]", password)
    with page.expect_navigation():
        page.click("main form button")


def _sign_out_at_once(page: Page) -> None:
    """A new password may have ended the session already."""
    page.context.clear_cookies(name="soyol_session")
