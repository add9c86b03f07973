"""What somebody hears who does not see the page: names of controls, landmarks, headings and the language.

Taken from Playwright's aria snapshot, which is the tree that a screen reader gets.
"""

import re
from itertools import pairwise

from playwright.sync_api import Page

#: Roles that say nothing without a name. A group needs none where it is a "details", whose summary says what it is.
NAMED = (
    "button|link|textbox|searchbox|checkbox|radio|combobox|listbox|option|spinbutton|slider|switch|radiogroup"
    "|navigation|heading|dialog|img|table|tab|menuitem"
)
NAMELESS = re.compile(rf"^\s*- (?:'|)({NAMED})(?! \"| /)(?:\s*\[[^\]]*\])*'?:?\s*$")
#: Headings in the order in which they are heard, with their level.
HEADING = re.compile(r"^\s*- (?:\'|)heading .*\[level=(\d)\]")
#: What a page has once.
LANDMARKS = ("banner", "main", "contentinfo")


def snapshot(page: Page) -> str:
    """The tree of the whole page, a role with its name on each line."""
    return page.locator("body").aria_snapshot()


def wrong(page: Page, language: str) -> list[str]:
    """What is not as it must be, with the line of the tree."""
    lines = snapshot(page).splitlines()
    said = [f"{page.url} has no name: {line.strip()}" for line in lines if is_nameless(line)]
    for landmark in LANDMARKS:
        times = sum(bool(re.match(rf"^\s*- {landmark}\b", line)) for line in lines)
        said += [f"{page.url} has {times} of {landmark}"] if times != 1 else []
    said += [f"{page.url} {fault}" for fault in out_of_order(lines)]
    spoken = page.get_attribute("html", "lang")
    return said + ([f"{page.url} says it is in {spoken} and not {language}"] if spoken != language else [])


def is_nameless(line: str) -> bool:
    """Whether a line of the tree is a control, picture, table or heading without a name."""
    return NAMELESS.match(line) is not None


def out_of_order(lines: list[str]) -> list[str]:
    """One heading of the first level, before all others; none skips a level on the way down."""
    levels = [int(found[1]) for line in lines if (found := HEADING.match(line))]
    faults = [] if levels[:1] == [1] and levels.count(1) == 1 else [f"begins with headings {levels[:3]}"]
    return faults + [f"goes from heading {one} to {next_}" for one, next_ in pairwise(levels) if next_ > one + 1]
