"""Charts as SVG text, drawn on the server: they print, work without script and speak the page's language.

Bars are a list of words, each above the drawing of its bar. Every other chart has a title and a description for those
who do not see it. All take their colours from CSS classes (``chart-1`` … ``chart-8`` for series, ``chart-unknown`` for
what is not known) and carry no inline style. A page shows the same figures in a table below. Values come with the text
to show for them: the pack formats numbers.
Unknown (None) is drawn as unknown, never as zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from soyol.lib.words import say

#: Width of every drawing in its own units; the page scales it.
WIDTH = 640
ROW, BAR, GAP = 44, 14, 8
SERIES_COLOURS = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A named value: ``shown`` is what a reader sees for it, ``href`` the records behind it (a path of this site)."""

    label: str
    value: float | None
    shown: str = ""
    href: str = ""

    @property
    def told(self) -> str:
        return self.shown or ("" if self.value is None else f"{self.value:g}")


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of values, one for each step of the axis."""

    label: str
    values: tuple[float | None, ...]


def bar(items: Sequence[Item], *, title: str, lang: str) -> str:
    """Horizontal bars, each under its words, which are words of the page: a phone shows them as large as others."""
    largest = max((item.value for item in items if item.value is not None), default=0) or 1
    rows = []
    for item in items:
        told = item.told if item.value is not None else say("lib.chart.unknown", lang=lang)
        words = f'<span class="bars__label">{escape(item.label)}</span> <span class="bars__value">{escape(told)}</span>'
        mark = _rect(0, 0, 100, 6, "chart-unknown")
        if item.value is not None:
            mark = _rect(0, 0, max(item.value, 0) / largest * 100, 6, "chart-1")
        picture = (
            f'<svg class="bars__bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">{mark}</svg>'
        )
        rows.append(f'<li class="bars__row">{_linked(item.href, words)}{picture}</li>')
    if not rows:
        rows = [f"<li>{escape(say('lib.chart.no_values', lang=lang))}</li>"]
    return f'<ul class="bars" aria-label="{escape(title)}">{"".join(rows)}</ul>'


def stacked(rows: Sequence[tuple[str, Sequence[Item]]], *, id: str, title: str, desc: str, lang: str) -> str:  # noqa: A002
    """Bars of parts: (label of the row, its parts in the same order). The first row's parts make the legend."""
    if not rows:
        return _nothing(id, title, desc, lang)
    totals = [sum(part.value or 0 for part in parts) for _, parts in rows]
    largest = max(totals) or 1
    drawn = []
    for at, (label, parts) in enumerate(rows):
        left, top = 0.0, at * ROW
        marks = []
        for number, part in enumerate(parts):
            width = (part.value or 0) / largest * WIDTH
            told = part.told if part.value is not None else say("lib.chart.unknown", lang=lang)
            about = f"<title>{escape(label)}, {escape(part.label)}: {escape(told)}</title>"
            mark = f"<g>{about}{_rect(left, top + 20, width, BAR, _colour(number))}</g>"
            marks.append(_linked(part.href, mark))
            left += width
        drawn.append(_text(0, top + 14, label, "chart-label") + "".join(marks))
    legend = _legend([part.label for part in rows[0][1]], len(rows) * ROW)
    height = len(rows) * ROW + _legend_height(len(rows[0][1]))
    return _svg(id, title, desc, "".join(drawn) + legend, height=height, kind="chart-stacked")


def line(steps: Sequence[str], series: Sequence[Series], *, id: str, title: str, desc: str, lang: str) -> str:  # noqa: A002
    """Lines over the steps of an axis that begins at zero; a step that is not known leaves a gap."""
    known = [value for each in series for value in each.values if value is not None]
    if not known or not steps:
        return _nothing(id, title, desc, lang)
    height, top = 220, 16
    largest = max([*known, 0]) or 1
    across = WIDTH / max(len(steps) - 1, 1)
    points = [
        [
            (at * across, top + height * (1 - value / largest)) if value is not None else None
            for at, value in enumerate(each.values)
        ]
        for each in series
    ]
    drawn = [_rule(top + height), _rule(top), _text(0, top - 4, f"{largest:g}", "chart-tick")]
    for number, (each, places) in enumerate(zip(series, points, strict=True)):
        drawn.append(f"<g><title>{escape(each.label)}</title>{_path(places, _colour(number))}</g>")
    drawn += [
        _text(at * across, top + height + 18, step, _tick_class(at, len(steps)))
        for at, step in enumerate(steps)
        if _shows(at, len(steps))
    ]
    legend = _legend([each.label for each in series], top + height + 28)
    whole = top + height + 28 + _legend_height(len(series))
    return _svg(id, title, desc, "".join(drawn) + legend, height=whole, kind="chart-lines")


def tiles(items: Sequence[Item], *, columns: int, id: str, title: str, desc: str, lang: str) -> str:  # noqa: A002
    """A grid of squares shaded in five steps: for units where size on a map would mislead."""
    if not items:
        return _nothing(id, title, desc, lang)
    size = WIDTH / columns
    largest = max((item.value for item in items if item.value is not None), default=0)
    drawn = []
    for at, item in enumerate(items):
        left, top = at % columns * size, at // columns * size
        told = item.told if item.value is not None else say("lib.chart.unknown", lang=lang)
        mark = _rect(left + 2, top + 2, size - 4, size - 4, _shade(item.value, largest))
        words = _text(left + size / 2, top + size / 2 - 2, item.label, "chart-tile-label")
        words += _text(left + size / 2, top + size / 2 + 16, told, "chart-tile-value")
        drawn.append(_linked(item.href, f"<g><title>{escape(item.label)}: {escape(told)}</title>{mark}{words}</g>"))
    rows = -(-len(items) // columns)
    return _svg(id, title, desc, "".join(drawn), height=rows * size, kind="chart-tiles")


def safe_href(href: str) -> str:
    """An address of this site or an anchor; ValueError for anything that could lead or run elsewhere."""
    if not href.startswith(("/", "#", "?")) or href.startswith("//"):
        raise ValueError(f"{href!r} is not an address of this site: begin with /, # or ?")
    return href


def _svg(id_: str, title: str, desc: str, content: str, *, height: float, kind: str) -> str:
    name = escape(id_)
    about = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(desc)}</desc>'
    return (
        f'<svg class="chart {kind}" viewBox="0 0 {WIDTH} {height:g}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc">{about}{content}</svg>'
    )


def _nothing(id_: str, title: str, desc: str, lang: str) -> str:
    words = _text(0, 26, say("lib.chart.no_values", lang=lang), "chart-label")
    return _svg(id_, title, desc, words, height=ROW, kind="chart-empty")


def _rect(left: float, top: float, width: float, height: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _text(left: float, top: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{left:.1f}" y="{top:.1f}">{escape(words)}</text>'


def _rule(top: float) -> str:
    return f'<line class="chart-rule" x1="0" y1="{top:.1f}" x2="{WIDTH}" y2="{top:.1f}"/>'


def _path(places: Sequence[tuple[float, float] | None], colour: str) -> str:
    """A line with gaps, and a dot for each known place (a value alone between two gaps would not show as a line)."""
    told, pen = [], "M"
    for place in places:
        if place is None:
            pen = "M"
            continue
        told.append(f"{pen}{place[0]:.1f} {place[1]:.1f}")
        pen = "L"
    dots = "".join(
        f'<circle class="{colour}" cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="4"/>' for place in places if place
    )
    return f'<path class="chart-line {colour}" fill="none" d="{"".join(told)}"/>{dots}'


def _colour(number: int) -> str:
    return f"chart-{number % SERIES_COLOURS + 1}"


def _shade(value: float | None, largest: float) -> str:
    if value is None:
        return "chart-unknown"
    if value <= 0 or largest <= 0:
        return "chart-zero"
    return f"chart-shade-{min(int(value / largest * 5) + 1, 5)}"


def _shows(at: int, count: int) -> bool:
    """Steps to label: all while there is room, else the first, the last and an even choice between."""
    every = -(-count // 8)
    return at % every == 0 or at == count - 1


def _tick_class(at: int, count: int) -> str:
    return "chart-tick" if at == 0 else "chart-tick-end" if at == count - 1 else "chart-tick-middle"


def _legend(labels: Sequence[str], top: float) -> str:
    """Two labels a line, so that long words fit at phone width."""
    drawn = []
    for at, label in enumerate(labels):
        left, line_top = at % 2 * WIDTH / 2, top + at // 2 * 24
        drawn.append(
            _rect(left, line_top + 4, 12, 12, _colour(at)) + _text(left + 20, line_top + 15, label, "chart-legend")
        )
    return "".join(drawn)


def _legend_height(count: int) -> int:
    return -(-count // 2) * 24 + GAP


def _linked(href: str, content: str) -> str:
    return f'<a href="{escape(safe_href(href))}">{content}</a>' if href else content
