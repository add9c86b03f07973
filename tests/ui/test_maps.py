"""The shaded map: every unit is a link with its figure in words, and areas are true to each other."""

import re

from soyol.ui.maps import WIDTH, Area, fitted, shaded_map
from soyol.ui.shades import shades


def _square(west: float, south: float, side: float = 2) -> dict[str, object]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


AREAS = [Area("a", _square(90, 44), "A <b>", 0, "/a/"), Area("b", _square(100, 48), "B", 7, "/b/")]


def test_each_unit_is_a_link_that_says_its_figure() -> None:
    svg = shaded_map(AREAS, shades([0, 7]), title="T", language="mn")
    assert re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"><path class="map-unit shade-(\d)"', svg) == [
        ("/a/", "A &lt;b&gt;: 0", "0"),
        ("/b/", "B: 7", "3"),
    ]
    assert "style=" not in svg


def test_no_outlines_make_no_map() -> None:
    assert shaded_map([], [], title="T", language="mn") == ""


def test_the_projection_keeps_areas_equal_within_the_country() -> None:
    corners = [(88.0, 41.6), (120.0, 52.2)]
    project, height = fitted(corners)

    def size(west: float, south: float) -> float:
        # A small cell: its area on the ground falls with the cosine of its latitude, on the map it must as well.
        points = [project(west + dx, south + dy) for dx, dy in ((0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1))]
        pairs = zip(points, points[1:] + points[:1], strict=True)
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2

    import math

    ratio = size(110, 50) / size(95, 43)
    expected = (math.sin(math.radians(50.1)) - math.sin(math.radians(50))) / (
        math.sin(math.radians(43.1)) - math.sin(math.radians(43))
    )
    assert abs(ratio / expected - 1) < 0.002
    assert 0 < height < WIDTH
