"""Where the name of a unit has room on a drawn map: on a level line that lies inside its outline."""

from collections.abc import Sequence
from itertools import pairwise

#: Height of a name in units of the drawing, and its mean width by letter as a share of that (Noto Sans, measured).
HIGH = 13.0
LETTER = 0.58
#: How much of a name must lie inside: a letter over the edge is read all the same, for names have a light rim.
ROOM = 0.85

#: Space between two names on neighbouring lines, in units of the drawing.
GAP = 4.0

Points = Sequence[tuple[float, float]]
Spans = list[tuple[float, float]]
#: Room to spare, nearness to the middle, and the spot itself; the best one is the greatest.
Candidate = tuple[float, float, float, float]


def place_all(named: Sequence[tuple[str, Sequence[Points]]]) -> list[tuple[float, float] | None]:
    """A spot for each name with its outlines, None where it has no room; none touches another.

    The names with least room to spare choose first, for the others can give way.
    """
    offers = [_candidates(name, rings) if name else [] for name, rings in named]
    spots: list[tuple[float, float] | None] = [None] * len(named)
    boxes: list[tuple[float, float, float]] = []
    for at in sorted(
        range(len(named)), key=lambda one: max(offers[one], default=(0.0,))[0] / (_wide(named[one][0]) or 1)
    ):
        half = _wide(named[at][0]) / 2
        free = [
            offer
            for offer in offers[at]
            if all(abs(offer[3] - y) >= HIGH or abs(offer[2] - x) >= half + other + GAP for x, y, other in boxes)
        ]
        if free:
            best = max(free)
            spots[at] = (best[2], best[3])
            boxes.append((best[2], best[3], half))
    return spots


def place(name: str, rings: Sequence[Points]) -> tuple[float, float] | None:
    """Middle of ``name`` inside ``rings`` (outlines and holes in units of the drawing); None where it has no room."""
    return place_all([(name, rings)])[0]


def _wide(name: str) -> float:
    return len(name) * HIGH * LETTER


def _candidates(name: str, rings: Sequence[Points]) -> list[Candidate]:
    """The spots in which enough of ``name`` lies inside."""
    wide = _wide(name)
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
            if spare >= ROOM * wide:
                found.append((spare, -abs(lines[at] - (top + bottom) / 2), (left + right) / 2, lines[at]))
    return found


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
