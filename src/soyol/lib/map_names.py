"""Where the name of a unit has room on a drawn map: on a level line that lies inside its outline."""

from collections.abc import Sequence
from itertools import pairwise

#: Height of a name in units of the drawing, and its mean width by letter as a share of that (Noto Sans, measured).
HIGH = 13.0
LETTER = 0.58

Points = Sequence[tuple[float, float]]
Spans = list[tuple[float, float]]


def place(name: str, rings: Sequence[Points]) -> tuple[float, float] | None:
    """Middle of ``name`` inside ``rings`` (outlines and holes in units of the drawing); None where it has no room."""
    wide = len(name) * HIGH * LETTER
    ups = [y for ring in rings for _x, y in ring]
    top, bottom = min(ups), max(ups)
    step = HIGH / 2
    lines = [top + step * at for at in range(1, int((bottom - top) / step))]
    inside = [_inside(rings, line) for line in lines]
    found = []
    for at in range(1, len(lines) - 1):
        for left, right in _both(_both(inside[at - 1], inside[at]), inside[at + 1]):
            # Where there is room to spare, the middle of the unit is better than still more room.
            spare = min(right - left, 1.5 * wide)
            found.append((spare, -abs(lines[at] - (top + bottom) / 2), (left + right) / 2, lines[at]))
    best = max(found, default=None)
    return (best[2], best[3]) if best and best[0] >= wide else None


def _inside(rings: Sequence[Points], line: float) -> Spans:
    """The parts of a level line that lie inside, by the rule of even and odd."""
    crossings = sorted(
        left + (line - upper) * (right - left) / (lower - upper)
        for ring in rings
        for (left, upper), (right, lower) in pairwise(ring)
        if (upper <= line) != (lower <= line)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _both(one: Spans, other: Spans) -> Spans:
    """What lies in both."""
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return [(left, right) for left, right in pairs if left < right]
