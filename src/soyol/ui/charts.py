"""What spoke for and against, as a waterfall in SVG; the table with the same figures stands under it."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 640
LABEL = 250
LINE = 26
BAR = 16


def waterfall(steps: Sequence[tuple[str, float]], *, title: str) -> SafeString:
    """What speaks for and against, step by step: each bar begins where the one before ended."""
    ends, total = [], 0.0
    for _, weight in steps:
        ends.append((total, total + weight))
        total += weight
    low = min((min(pair) for pair in ends), default=0.0)
    span = (max((max(pair) for pair in ends), default=1.0) - low) or 1.0
    room = WIDTH - LABEL - 60

    def at(value: float) -> float:
        return LABEL + (value - low) / span * room

    shapes = format_html_join(
        "",
        '<text class="chart-label" x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="chart-bar chart-bar--{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="chart-value" x="{}" y="{}">{}</text>',
        (
            (
                LABEL - 8, n * LINE + 15, label[:44],
                "plus" if weight >= 0 else "minus",
                f"{at(min(a, b)):.1f}", n * LINE + 3, f"{max(1.0, abs(at(b) - at(a))):.1f}", BAR,
                f"{at(max(a, b)) + 5:.1f}", n * LINE + 15, f"{weight:+.1f}",
            )
            for n, ((label, weight), (a, b)) in enumerate(zip(steps, ends, strict=True))
        ),
    )  # fmt: skip
    return _svg(shapes, len(steps), title)


def _svg(shapes: SafeString, lines: int, title: str) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        max(1, lines) * LINE,
        title,
        shapes,
    )
