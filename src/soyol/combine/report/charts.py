"""Small charts as SVG inside the page, each with its values written out, so that it can be read without colour."""

from collections.abc import Sequence
from html import escape

WIDTH = 640
LABEL = 210
VALUE = 90
LINE = 28


def number(value: int) -> str:
    """Return 12345 as "12 345", with a narrow space that does not break."""
    return f"{value:,}".replace(",", "\u202f")


def bars(title: str, values: Sequence[tuple[str, float, str]]) -> str:
    """Return horizontal bars of (label, value, value in words). Zero is an empty outlined mark, never nothing."""
    top = max((value for _, value, _ in values), default=0) or 1
    room = WIDTH - LABEL - VALUE
    lines = []
    for at, (label, value, shown) in enumerate(values):
        y = at * LINE
        length = room * value / top
        mark = (
            f'<rect class="mark" x="{LABEL}" y="{y + 6}" width="{max(length, 2):.1f}" height="16" rx="2"/>'
            if value
            else f'<rect class="empty" x="{LABEL}" y="{y + 6}" width="16" height="16" rx="2"/>'
        )
        end = LABEL + (max(length, 2) if value else 16) + 8
        lines.append(
            f'<text class="label" x="{LABEL - 10}" y="{y + 19}">{escape(_short(label))}</text>{mark}'
            f'<text class="value" x="{end:.1f}" y="{y + 19}">{escape(shown)}</text>'
        )
    height = max(len(values), 1) * LINE
    return (
        f'<svg class="bars" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title, quote=True)}">'
        f"{''.join(lines)}</svg>"
    )


def _short(label: str) -> str:
    return label if len(label) <= 28 else label[:27] + "…"
