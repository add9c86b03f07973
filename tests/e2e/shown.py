"""What the pages of a test showed when it failed: what whoever reads the report would look at first."""

import pytest
from playwright.sync_api import BrowserContext, Error, Page

#: The windows that a test opened.
OPENED = pytest.StashKey[list[BrowserContext]]()


def on_pages(item: pytest.Item) -> list[tuple[str, str]]:
    """The address and the words of each page that a test has open, as sections of its report."""
    pages = [page for context in item.stash.get(OPENED, []) for page in context.pages]
    return [(f"page {page.url}", _words(page)) for page in pages]


def _words(page: Page) -> str:
    try:
        return page.locator("body").inner_text(timeout=5_000)
    except Error as error:
        return f"nothing can be read: {error}"
