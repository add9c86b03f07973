"""Draw a pack's boundaries from Natural Earth's public-domain states and provinces.

    python -m tools.draw_boundaries world_map.gpkg mn

``world_map.gpkg`` is the file that Debian's package qgis-common carries (layer ``states_provinces``). The pack's
``boundaries.toml`` says which outline is which unit, and which units have to be drawn from facts because the file
lacks them; those are marked approximate. Writes ``boundaries.geojson`` (WGS 84, longitude first) into the pack.
"""

import argparse
import json
import sqlite3
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

PACKS = Path(__file__).resolve().parent.parent / "src" / "soyol" / "packs"
EARTH_RADIUS_KM = 6371.0072  # of the sphere that has the same area as WGS 84's ellipsoid
#: Bytes before the WKB in a GeoPackage geometry: 8, and an envelope whose kind stands in bits 1 to 3 of the flags.
ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
#: Decimal places of a degree that are kept: about 100 m, finer than the source.
PLACES = 3
#: Slivers that rounding or cutting leaves behind are dropped below this area (km²).
SLIVER_KM2 = 2.0


def area_km2(shape: BaseGeometry) -> float:
    """Area of a shape in degrees, by the sinusoidal equal-area projection."""
    return float(shapely.transform(shape, _project).area)


def _project(points: np.ndarray) -> np.ndarray:
    radians = np.radians(points)
    return np.column_stack([radians[:, 0] * np.cos(radians[:, 1]), radians[:, 1]]) * EARTH_RADIUS_KM


def outlines(package: Path, country: str) -> dict[str, BaseGeometry]:
    """Return Natural Earth's provinces of ``country`` (ISO 3166-1 alpha-2) by their column "fips"."""
    with sqlite3.connect(f"file:{package}?mode=ro", uri=True) as base:
        rows = base.execute("SELECT fips, geom FROM states_provinces WHERE iso_a2 = ?", (country,)).fetchall()
    return {fips: shapely.from_wkb(blob[8 + ENVELOPE_BYTES[(blob[3] >> 1) & 7] :]) for fips, blob in rows}


def band(line: list[list[float]], area: float) -> Polygon:
    """Return the land within one distance of ``line``, that distance being the one which gives ``area`` (km²)."""
    middle = np.mean([lat for _, lat in line])
    squeeze = np.cos(np.radians(middle))
    flat = LineString([(lon * squeeze, lat) for lon, lat in line])
    low, high = 0.01, 3.0
    for _ in range(40):
        reach = (low + high) / 2
        drawn = shapely.transform(flat.buffer(reach, quad_segs=3), lambda points: points / [squeeze, 1])
        low, high = (reach, high) if area_km2(drawn) < area else (low, reach)
    return drawn


def draw(package: Path, plan: dict[str, Any]) -> dict[str, Any]:
    """Return the GeoJSON collection that ``plan`` (a pack's boundaries.toml) describes."""
    found = outlines(package, plan["country"])
    if set(found) != set(plan["units"]):
        raise SystemExit(f"the plan and the file name different provinces: {sorted(set(found) ^ set(plan['units']))}")
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    codes = [plan["units"][fips] for fips in sorted(found)]
    # Simplified as one coverage, so that neighbours keep one line between them.
    simple = shapely.coverage_simplify([found[fips] for fips in sorted(found)], plan["tolerance_degrees"])
    for code, shape in zip(codes, simple, strict=True):
        parts[code].append(shape)
    units = {code: shapely.union_all(shapes) for code, shapes in parts.items()}
    approximate = set()
    for drawn in plan.get("drawn", []):
        new = band(drawn["line"], drawn["area_km2"])
        units = {code: shape.difference(new) for code, shape in units.items()}
        units[drawn["code"]] = new
        approximate.add(drawn["code"])
    features = [_feature(code, units[code], code in approximate) for code in sorted(units)]
    return {"type": "FeatureCollection", "credit": plan["credit"], "features": features}


def _feature(code: str, shape: BaseGeometry, approximate: bool) -> dict[str, Any]:  # noqa: FBT001 - a fact of the unit
    rounded = shapely.set_precision(shape, 10**-PLACES)
    pieces = [rounded] if isinstance(rounded, Polygon) else [p for p in rounded.geoms if isinstance(p, Polygon)]
    kept = [piece for piece in pieces if area_km2(piece) >= SLIVER_KM2]
    whole = kept[0] if len(kept) == 1 else MultiPolygon(kept)
    return {
        "type": "Feature",
        "properties": {"code": code, "approximate": approximate, "area_km2": round(area_km2(whole), 1)},
        "geometry": _short(mapping(whole)),
    }


def _short(geometry: dict[str, Any]) -> dict[str, Any]:
    def rounded(value: Any) -> Any:
        return round(value, PLACES) if isinstance(value, float) else [rounded(each) for each in value]

    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}


def main() -> None:
    """Read the plan of the named pack, draw, and write beside it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("package", type=Path, help="world_map.gpkg of the package qgis-common")
    parser.add_argument("pack", help="code of the pack, such as mn")
    options = parser.parse_args()
    folder = PACKS / options.pack
    plan = tomllib.loads((folder / "boundaries.toml").read_text(encoding="utf-8"))
    drawn = draw(options.package, plan)
    text = json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))
    (folder / "boundaries.geojson").write_text(
        text.replace('{"type":"Feature",', '\n{"type":"Feature",') + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
