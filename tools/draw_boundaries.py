"""Draw a pack's boundaries from Natural Earth's public-domain states and provinces.

    python -m tools.draw_boundaries world_map.gpkg CODE

``world_map.gpkg`` is the file that Debian's package qgis-common carries (``apt-get download qgis-common``; in it
``usr/share/qgis/resources/data/world_map.gpkg``, layer ``states_provinces``). The pack's ``boundaries.toml`` says which
outline is which unit, and which units have to be cut from facts because the file lacks them; those are marked
approximate. Writes ``boundaries.geojson`` (WGS 84, longitude first, 4 decimals: some 10 m) into the pack.
The same file gives the same boundaries.
"""

import argparse
import json
import sqlite3
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

PACKS = Path(__file__).resolve().parent.parent / "src" / "soyol" / "packs"
DECIMALS = 4
#: Mean radius of the Earth in km; areas are those of a sphere, within .3 % of the ellipsoid's here.
RADIUS = 6371.0088
#: Bytes of the envelope in a GeoPackage geometry, by its kind (GeoPackage 1.3, 2.1.3).
ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
FAR = 60.0


class DrawingError(ValueError):
    """The source does not hold what the pack's ``boundaries.toml`` names."""


def area_km2(shape: BaseGeometry) -> float:
    """Area on the sphere, through Lambert's cylindrical equal-area projection."""

    def flat(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.column_stack((RADIUS * np.radians(points[:, 0]), RADIUS * np.sin(np.radians(points[:, 1]))))

    return float(shapely.transform(shape, flat).area)


def draw(package: Path, told: Mapping[str, Any]) -> dict[str, Any]:
    """The FeatureCollection of one country; DrawingError when a unit that ``told`` names is not in the package."""
    outlines: dict[str, BaseGeometry] = {}
    found = _read(package, told["country"])
    for name, code in told["units"].items():
        if name not in found:
            raise DrawingError(
                f"{package} has no unit {name!r} of {told['country']}; it has {', '.join(sorted(found))}"
            )
        outlines[code] = shapely.union_all([outlines[code], found[name]]) if code in outlines else found[name]
    approximate = set()
    for carve in told.get("carve", []):
        piece = end_of(outlines[carve["from"]], carve)
        outlines[carve["from"]] = outlines[carve["from"]].difference(piece)
        outlines[carve["code"]] = piece
        approximate.add(carve["code"])
    features = [_feature(code, outlines[code], approximate=code in approximate) for code in sorted(outlines)]
    return {"type": "FeatureCollection", "features": features}


def _read(package: Path, country: str) -> dict[str, BaseGeometry]:
    with sqlite3.connect(f"file:{package}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT name, geom FROM states_provinces WHERE iso_a2 = ? ORDER BY fid", (country,))
        return {name: shapely.from_wkb(blob[8 + ENVELOPES[(blob[3] >> 1) & 7] :]) for name, blob in rows}


def end_of(whole: BaseGeometry, told: Mapping[str, Any]) -> BaseGeometry:
    """The end of ``whole`` beyond a line across the direction from one seat to the other, of the given area."""
    start, seat = np.array(told["seat_of_from"]), np.array(told["seat"])
    along = (seat - start) / np.linalg.norm(seat - start)
    near, far = -FAR / 4, FAR / 4
    for _ in range(80):
        middle = (near + far) / 2
        piece = whole.intersection(_beyond(seat + along * middle, along))
        near, far = (middle, far) if area_km2(piece) > told["area_km2"] else (near, middle)
    return piece


def _beyond(point: Sequence[float] | np.ndarray[Any, Any], along: np.ndarray[Any, Any]) -> Polygon:
    """The half plane on the far side of a line through ``point`` across ``along``, as a large rectangle."""
    across = np.array([-along[1], along[0]])
    corners = [
        point - across * FAR,
        point + across * FAR,
        point + (across + along) * FAR,
        point + (along - across) * FAR,
    ]
    return Polygon([tuple(corner) for corner in corners])


def _feature(code: str, shape: BaseGeometry, *, approximate: bool) -> dict[str, Any]:
    rounded = shapely.set_precision(shape, 10**-DECIMALS, mode="valid_output")
    parts = MultiPolygon([part for part in shapely.get_parts(rounded) if isinstance(part, Polygon)])
    geometry = mapping(shapely.normalize(parts))
    coordinates = [[[_point(point) for point in ring] for ring in polygon] for polygon in geometry["coordinates"]]
    return {
        "type": "Feature",
        "properties": {"code": code, "approximate": approximate},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def _point(point: Sequence[float]) -> list[float]:
    return [round(float(point[0]), DECIMALS), round(float(point[1]), DECIMALS)]


def main() -> None:
    """Command line: pack and package."""
    parser = argparse.ArgumentParser(description="Draw the outlines of a pack from a GeoPackage of Natural Earth.")
    parser.add_argument("package", type=Path, help="world_map.gpkg of Debian's qgis-common")
    parser.add_argument("pack", help="code of the pack")
    asked = parser.parse_args()
    folder = PACKS / asked.pack
    told = tomllib.loads((folder / "boundaries.toml").read_text(encoding="utf-8"))
    drawn = draw(asked.package, told)
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in drawn["features"])
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    (folder / "boundaries.geojson").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
