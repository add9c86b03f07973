"""Small charts inside the page, each bar with its value written out, so that it can be read without colour."""

from collections.abc import Sequence
from html import escape

#: Shortest bar of a value that is not zero, in hundredths of the longest.
SHORTEST = 0.6


def number(value: int) -> str:
    """Return 12345 as "12 345", with a narrow space that does not break."""
    return f"{value:,}".replace(",", "\u202f")


def bars(title: str, values: Sequence[tuple[str, float, str]]) -> str:
    """Return horizontal bars of (label, value, value in words). Zero is an empty outlined mark, never nothing."""
    top = max((value for _, value, _ in values), default=0) or 1
    lines = "".join(
        f'<li><span class="label">{escape(label)}</span>{_mark(100 * value / top)}'
        f'<span class="value">{escape(shown)}</span></li>'
        for label, value, shown in values
    )
    return f'<ul class="bars" aria-label="{escape(title, quote=True)}">{lines}</ul>'


def _mark(share: float) -> str:
    """Return a bar of ``share`` hundredths of the room; it is a picture of the value that stands beside it."""
    if not share:
        return '<span class="track"><span class="zero"></span></span>'
    return (
        '<span class="track"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{max(share, SHORTEST):.2f}" height="1"/></svg></span>'
    )
