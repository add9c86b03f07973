"""What is asked of every page that a test stands on: axe finds nothing, nothing scrolls sideways."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: Widths at which axe looks (px): WCAG's reflow and a desk.
WIDTHS = (320, 1280)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
    # Else axe fetches each style sheet again and looks for what it imports beside the page.
    "preload": False,
}


#: Only what was found comes back: all that was looked at is most of the work of telling it.
LOOK = "rules => axe.run(rules).then(told => told.violations)"


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    if page.evaluate("typeof axe") == "undefined":  # one look at a page is enough to bring it along
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(LOOK, RULES)
    return [f"{_where(page)}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def sideways(page: Page) -> list[str]:
    """Whether the page as a whole scrolls sideways; a table may inside itself."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{_where(page)} scrolls sideways by {wide} px"] if wide > 0 else []


def broken_words(page: Page) -> list[str]:
    """Words, dates and figures in cells of tables that go on in a second line."""
    found = page.evaluate("""() => {
        const broken = [];
        for (const cell of document.querySelectorAll("main .table :is(th, td)")) {
            const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            while (cell.checkVisibility() && texts.nextNode()) {
                const text = texts.currentNode;
                for (const word of text.data.matchAll(/[\\p{L}\\p{N}.,]+/gu)) {
                    const range = document.createRange();
                    range.setStart(text, word.index);
                    range.setEnd(text, word.index + word[0].length);
                    const tops = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
                    if (tops.size > 1 && !text.parentElement.closest(".visually-hidden")) {
                        broken.push(word[0]);
                    }
                }
            }
        }
        return broken;
    }""")
    return [f"{_where(page)} breaks {word}" for word in found]


def wrong(page: Page, *widths: int) -> list[str]:
    """Both questions at each of ``widths`` (all, when none is given), and whether it scrolls at the page's own one."""
    before = page.viewport_size
    assert before
    found = sideways(page)
    for width in widths or WIDTHS:
        page.set_viewport_size({"width": width, "height": before["height"]})
        found += violations(page) + sideways(page)
    page.set_viewport_size(before)
    return found


def _where(page: Page) -> str:
    size = page.viewport_size
    return f"{page.url} ({page.get_attribute('html', 'lang')}, {size['width'] if size else '?'} px)"
