"""A shaded map of the country's units as SVG: printed, read without script, each unit a link to its records."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from soyol.ui.shades import Shade, shade_of

WIDTH = 1000
#: Space around the outlines, in the map's own units.
MARGIN = 6

Ring = Sequence[Sequence[float]]
Project = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Area:
    """One unit: its GeoJSON geometry in degrees, its name in words, its figure and where it leads."""

    code: str
    geometry: dict[str, Any]
    name: str
    count: int
    href: str


def shaded_map(areas: Sequence[Area], classes: Sequence[Shade], *, title: str, language: str) -> SafeString:
    """The map; empty for no areas. Colours are classes of the style sheet (``shade-0`` to ``shade-5``)."""
    points = [point for area in areas for ring in rings(area.geometry) for point in ring]
    if not points:
        return SafeString("")
    project, height = fitted(points)
    shapes = SafeString("").join(_shape(area, classes, project) for area in areas)
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="group" aria-label="{}" lang="{}">{}</svg>',
        WIDTH,
        height,
        title,
        language,
        SafeString(shapes),
    )


def _shape(area: Area, classes: Sequence[Shade], project: Project) -> SafeString:
    words = f"{area.name}: {area.count}"
    return format_html(
        '<a href="{}" aria-label="{}"><path class="map-unit shade-{}" d="{}"><title>{}</title></path></a>',
        area.href,
        words,
        shade_of(area.count, classes),
        SafeString(escape(outline(area.geometry, project))),
        words,
    )


def rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    """Every ring of a Polygon or MultiPolygon."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from polygon


def outline(geometry: dict[str, Any], project: Project) -> str:
    """The ``d`` of a path: every ring closed, coordinates to a tenth."""
    parts = []
    for ring in rings(geometry):
        projected = dict.fromkeys((f"{x:.1f}", f"{y:.1f}") for x, y in (project(p[0], p[1]) for p in ring))
        parts.append("M" + "L".join(f"{x} {y}" for x, y in projected) + "Z")
    return "".join(parts)


def fitted(points: Iterable[Sequence[float]]) -> tuple[Project, int]:
    """A projection that fills ``WIDTH``, and the height that goes with it.

    Albers' equal-area conic with standard parallels at a sixth and five sixths of the latitudes (Snyder, Map
    Projections: A Working Manual, 1987, p. 99): a shaded area must not look larger than it is.
    """
    known = [(point[0], point[1]) for point in points]
    west, east = min(p[0] for p in known), max(p[0] for p in known)
    south, north = min(p[1] for p in known), max(p[1] for p in known)
    cone = _albers((west + east) / 2, south + (north - south) / 6, north - (north - south) / 6)
    flat = [cone(lon, lat) for lon, lat in known]
    left, right = min(x for x, _ in flat), max(x for x, _ in flat)
    bottom, top = min(y for _, y in flat), max(y for _, y in flat)
    scale = (WIDTH - 2 * MARGIN) / (right - left)

    def project(lon: float, lat: float) -> tuple[float, float]:
        x, y = cone(lon, lat)
        return MARGIN + (x - left) * scale, MARGIN + (top - y) * scale

    return project, math.ceil((top - bottom) * scale + 2 * MARGIN)


def _albers(middle: float, lower: float, upper: float) -> Project:
    sines = math.sin(math.radians(lower)), math.sin(math.radians(upper))
    n = (sines[0] + sines[1]) / 2 or 1e-9
    c = math.cos(math.radians(lower)) ** 2 + 2 * n * sines[0]

    def project(lon: float, lat: float) -> tuple[float, float]:
        rho = math.sqrt(max(0.0, c - 2 * n * math.sin(math.radians(lat)))) / n
        theta = n * math.radians(lon - middle)
        return rho * math.sin(theta), -rho * math.cos(theta)

    return project
