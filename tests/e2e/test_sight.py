"""The look at a page finds what is wrong with it: a check that finds nothing anywhere would be no check."""

import pytest
from playwright.sync_api import Browser

from tests.e2e import sight

pytestmark = [pytest.mark.slow, pytest.mark.browser]
GOOD = '<!doctype html><html lang="en"><title>T</title><main><h1>Words</h1><p>More of them</p></main></html>'


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (GOOD, []),
        (GOOD.replace("<p>", '<img src="data:,"><p>'), ["image-alt", "image-alt"]),
        (GOOD.replace("<p>", '<p style="width: 600px">'), ["scrolls sideways"]),
        (GOOD.replace("<p>", '<p style="color: #999">'), ["color-contrast", "color-contrast"]),
    ],
    ids=["good", "nameless", "wide", "pale"],
)
def test_what_is_wrong_is_found_at_each_width(browser: Browser, page: str, found: list[str]) -> None:
    shown = browser.new_page()
    shown.set_content(page)
    wrong = sight.wrong(shown)
    shown.close()
    assert len(wrong) == len(found), wrong
    assert all(one in told for one, told in zip(found, wrong, strict=True)), wrong
