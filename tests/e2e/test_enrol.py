"""Somebody enrols by keyboard alone, on a phone, with and without scripts; what a screen reader hears has names."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from soyol.accounts.models import User
from soyol.claims.models import Claim
from soyol.places.models import Unit
from tests.e2e import aria, sight
from tests.e2e.live import Opened, opened
from tests.factories.claims import a_citizen
from tests.factories.country import written

__all__ = ["opened"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reads_here"),
]
TOLD = written()
#: Stops of the Tab key on a page before something is said to be out of reach.
STOPS = 80


def _reach(page: Page, target: str) -> None:
    """Press Tab until the element has the focus, and see that it shows."""
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement.matches(target)", target):
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none", f"nobody sees the focus on {target}"
            return
    pytest.fail(f"{target} is out of reach by keyboard on {page.url}")


def _press(page: Page, target: str) -> None:
    _reach(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", ["mn", "en"])
def test_somebody_enrols_by_keyboard_alone_on_a_phone(
    opened: Opened, client_of: Callable[[User | None], Client], here: Unit, language: str, scripts: bool
) -> None:
    page = opened("/me/", client_of(a_citizen()), width=360, language=language, java_script_enabled=scripts)
    wrong: list[str] = []

    def heard() -> None:
        if scripts:  # axe and the tree are asked by scripts
            wrong.extend([*sight.wrong(page), *aria.wrong(page, language)])

    heard()
    _press(page, "a[href='/me/enrol/']")
    heard()
    _reach(page, "[name=kind]")
    page.keyboard.press("Space")
    _reach(page, "[name=name]")
    page.keyboard.type(TOLD.shown)
    _reach(page, "[name=unit]")
    while page.locator("[name=unit]").input_value() != here.code:
        page.keyboard.press("ArrowDown")
    _reach(page, "[name=birth_date]")
    page.keyboard.type("yesterday")
    _reach(page, "[name=phones]")
    page.keyboard.type(TOLD.phone(1234))
    _press(page, "main form .button--primary")
    expect(page.locator(".error-summary")).to_be_visible()
    heard()
    assert not Claim.rows().exists()
    _reach(page, "[name=birth_date]")
    page.keyboard.press("Control+A")
    page.keyboard.type("1987")
    _reach(page, "[name=agreed][value=calls]")
    page.keyboard.press("Space")
    _press(page, "main form .button--primary")
    page.wait_for_url("**/me/")
    heard()
    made = Claim.rows().get()
    assert (made.agreed, made.unit, made.told["birth_date"]) == (["calls"], here, "1987")
    assert str(made.actor) in page.locator("main").inner_text()
    assert wrong == []


def test_what_a_screen_reader_would_miss_is_told(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<html lang=mn><body><header>A</header><main><h2>B</h2><h4>C</h4><button></button><a href=/x><img src=y></a>"
        "<input><button>D</button></main></body></html>"
    )
    found = "\n".join(aria.wrong(page, "en"))
    page.close()
    assert all(f"has no name: - {role}" in found for role in ("button", "link", "textbox")), found
    assert all(
        said in found for said in ("0 of contentinfo", "headings [2, 4]", "from heading 2 to 4", "in mn and not en")
    )
    assert found.count("- button") == 1
