"""A choropleth map as SVG text from GeoJSON outlines.

Units are shaded in steps (classes ``map-shade-1`` … ``map-shade-5``); zero is an outline (``map-zero``), unknown is
hatched (``map-unknown``), an approximate outline dashed (``map-approximate``). No inline style; a table stands below.

A name stands in its outline where that has room (``map-name``); above the map there is a line in which the unit under
the pointer or the focus says its name and value (``map-told``): a tooltip alone does not come to whoever uses keys.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from soyol.lib import map_names
from soyol.lib.charts import safe_href
from soyol.lib.words import say

WIDTH = 800
SHADES = 5
#: Height of the line above the map in which a unit is told.
BAND = 48
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Projection:
    """Lambert's conformal conic with the standard parallels a sixth inside the area, scaled to ``WIDTH``.

    Source: Snyder, Map Projections: A Working Manual (USGS 1395), pp. 104-108, for a sphere.
    """

    middle: float
    cone: float
    factor: float
    left: float
    top: float
    scale: float

    @classmethod
    def over(cls, rings: Iterable[Ring]) -> "Projection":
        points = [point for ring in rings for point in ring]
        west, east = min(point[0] for point in points), max(point[0] for point in points)
        south, north = min(point[1] for point in points), max(point[1] for point in points)
        one, two = math.radians(south + (north - south) / 6), math.radians(north - (north - south) / 6)
        cone = math.sin(one)
        if abs(two - one) > 1e-6:
            cone = math.log(math.cos(one) / math.cos(two)) / math.log(_half(two) / _half(one))
        factor = math.cos(one) * _half(one) ** cone / cone
        raw = cls((west + east) / 2, cone, factor, 0.0, 0.0, 1.0)
        flat = [raw.place(point) for point in points]
        left, right = min(x for x, _ in flat), max(x for x, _ in flat)
        top = min(y for _, y in flat)
        return cls(raw.middle, cone, factor, left, top, WIDTH / ((right - left) or 1))

    def place(self, point: Sequence[float]) -> tuple[float, float]:
        """Longitude and latitude in degrees -> x and y of the drawing, y downwards."""
        radius = self.factor / _half(math.radians(point[1])) ** self.cone
        angle = self.cone * math.radians(point[0] - self.middle)
        return (radius * math.sin(angle) - self.left) * self.scale, (radius * math.cos(angle) - self.top) * self.scale


@dataclass(frozen=True)
class Choropleth:
    """What to draw. Codes are those of the features' property ``code``; a code without value is unknown, not zero."""

    boundaries: Mapping[str, Any]
    values: Mapping[str, float | None]
    names: Mapping[str, str]
    #: Text to show for a value, where the plain number is not enough.
    shown: Mapping[str, str] = field(default_factory=dict)
    hrefs: Mapping[str, str] = field(default_factory=dict)

    def breaks(self) -> list[float]:
        """Upper ends of the shades: fifths of the known values above zero, equal ones once."""
        known = sorted(value for value in self.values.values() if value is not None and value > 0)
        ends = {
            known[min(len(known) * (step + 1) // SHADES, len(known)) - 1]
            for step in range(SHADES)
            if len(known) * (step + 1) // SHADES
        }
        return sorted(ends)

    def shade(self, code: str) -> str:
        """CSS class of a unit's value."""
        value = self.values.get(code)
        if value is None:
            return "map-unknown"
        if value <= 0:
            return "map-zero"
        ends = self.breaks()
        step = next(at for at, end in enumerate(ends) if value <= end)
        return f"map-shade-{SHADES - len(ends) + step + 1}"

    def draw(self, *, id: str, title: str, desc: str, lang: str) -> str:  # noqa: A002 (it is the element's id)
        """The map as one ``<svg>``; every text is escaped, every address is of this site (else ValueError)."""
        features = self.boundaries["features"]
        if not features:
            return ""
        projection = Projection.over(ring for feature in features for ring in _rings(feature))
        drawn = [self._unit(feature, projection, id, lang) for feature in features]
        height = max(projection.place(point)[1] for feature in features for ring in _rings(feature) for point in ring)
        name = escape(id)
        names = f'<g aria-hidden="true">{self._names(features, projection)}</g>'
        about = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(desc)}</desc>'
        # What is inside an image is not read out: a map whose units lead somewhere is a group.
        role = "group" if self.hrefs else "img"
        return (
            f'<svg class="map" viewBox="-2 {-BAND} {WIDTH + 4} {height + BAND + 2:.0f}" role="{role}"'
            f' aria-labelledby="{name}-title {name}-desc">{about}{_hatch(name)}{"".join(drawn)}{names}</svg>'
        )

    def _unit(self, feature: Mapping[str, Any], projection: Projection, id_: str, lang: str) -> str:
        code = feature["properties"]["code"]
        shade, approximate = self.shade(code), bool(feature["properties"].get("approximate"))
        value = self.values.get(code)
        told = say("lib.map.unknown", lang=lang) if value is None else self.shown.get(code, f"{value:g}")
        about = f"{self.names.get(code, code)}: {told}"
        if approximate:
            about += f" ({say('lib.map.approximate', lang=lang)})"
        kinds = f"map-unit {shade}" + (" map-approximate" if approximate else "")
        fill = f' fill="url(#{escape(id_)}-hatch)"' if shade == "map-unknown" else ""
        start = f'<path class="{kinds}" data-code="{escape(code)}"{fill} fill-rule="evenodd"'
        path = f'{start} d="{_outline(feature, projection)}"><title>{escape(about)}</title></path>'
        inner = f'{path}<text class="map-told" x="0" y="-14" aria-hidden="true">{escape(about)}</text>'
        href = self.hrefs.get(code)
        if not href:
            return f'<g class="map-place">{inner}</g>'
        return f'<a class="map-place" href="{escape(safe_href(href))}" aria-label="{escape(about)}">{inner}</a>'

    def _names(self, features: Sequence[Mapping[str, Any]], projection: Projection) -> str:
        """Names in their outlines; none where one has no room. Drawn after all outlines, so that none covers them."""
        named = [
            (
                self.names.get(feature["properties"]["code"], ""),
                [[projection.place(point) for point in ring] for ring in _rings(feature)],
            )
            for feature in features
        ]
        spots = zip(named, map_names.place_all(named), strict=True)
        return "".join(
            f'<text class="map-name" x="{spot[0]:.0f}" y="{spot[1]:.0f}">{escape(name)}</text>'
            for (name, _outlines), spot in spots
            if spot
        )


def legend(breaks: Sequence[float]) -> list[tuple[str, float, float]]:
    """(CSS class, above, up to) of each shade in use, for the key beside the map."""
    starts = [0.0, *breaks][: len(breaks)]
    first = SHADES - len(breaks) + 1
    return [(f"map-shade-{first + at}", start, end) for at, (start, end) in enumerate(zip(starts, breaks, strict=True))]


def _hatch(name: str) -> str:
    """The pattern for what is not known; each drawing has its own, under its own id."""
    size = 'width="8" height="8"'
    turned = 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    ground = f'<rect class="map-hatch-ground" {size}/><line class="map-hatch-line" x1="0" y1="0" x2="0" y2="8"/>'
    return f'<defs><pattern id="{name}-hatch" class="map-hatch" {size} {turned}>{ground}</pattern></defs>'


def _rings(feature: Mapping[str, Any]) -> Iterable[Ring]:
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    for polygon in polygons:
        yield from polygon


def _outline(feature: Mapping[str, Any], projection: Projection) -> str:
    """Path data, to a tenth of a unit; points that fall together there are drawn once."""
    told: list[str] = []
    for ring in _rings(feature):
        places = [f"{x:.1f} {y:.1f}" for x, y in map(projection.place, ring)]
        kept = [place for at, place in enumerate(places) if at == 0 or place != places[at - 1]]
        told.append("M" + "L".join(kept) + "Z")
    return "".join(told)


def _half(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)
