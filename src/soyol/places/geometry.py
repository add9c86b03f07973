"""Checking GeoJSON outlines before they replace ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

AREAS = ("Polygon", "MultiPolygon")


@dataclass
class Checked:
    """Good outlines by code, and everything that is wrong, in words for the person at the command line."""

    outlines: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def check(told: Any, codes: Mapping[str, str]) -> Checked:
    """Check a FeatureCollection; ``codes`` maps accepted codes (own and ISO) to unit codes.

    Each feature needs a property ``code`` and a valid Polygon or MultiPolygon in degrees.
    """
    found = Checked()
    features = told.get("features") if isinstance(told, Mapping) and told.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        found.faults.append("the file is no GeoJSON FeatureCollection")
        return found
    for number, feature in enumerate(features, start=1):
        _check_feature(feature, f"feature {number}", codes, found)
    return found


def _check_feature(feature: Any, where: str, codes: Mapping[str, str], found: Checked) -> None:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    given = str((properties or {}).get("code", ""))
    code = codes.get(given)
    if code is None:
        found.faults.append(f"{where}: property 'code' is {given!r}, which is no code or ISO code of a unit")
        return
    where = f"{where} ({code})"
    if code in found.outlines:
        found.faults.append(f"{where}: the unit has an outline already")
        return
    fault, outline = _outline(feature.get("geometry"))
    if fault:
        found.faults.append(f"{where}: {fault}")
    else:
        found.outlines[code] = outline


def _outline(geometry: Any) -> tuple[str, dict[str, Any]]:
    """The fault, or "" and the geometry as it will be kept."""
    if not isinstance(geometry, Mapping) or geometry.get("type") not in AREAS:
        return f"the geometry is no {' or '.join(AREAS)}", {}
    try:
        area: BaseGeometry = shape(dict(geometry))
    except (ShapelyError, TypeError, ValueError, IndexError, KeyError) as fault:
        return f"the geometry cannot be read ({type(fault).__name__})", {}
    if area.is_empty or not area.is_valid:
        return f"the geometry is not valid: {explain_validity(area)}", {}
    west, south, east, north = area.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return "the coordinates are not degrees of longitude and latitude (reproject to WGS 84)", {}
    return "", dict(mapping(area))
