"""Outlines of a pack's units, read from its GeoJSON file."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

GeoJSON = dict[str, Any]


@lru_cache(maxsize=8)
def _text(code: str) -> str:
    path = files("soyol.packs").joinpath(code, "boundaries.geojson")
    return path.read_text(encoding="utf-8") if path.is_file() else '{"type": "FeatureCollection", "features": []}'


def boundaries_of(code: str) -> GeoJSON:
    """A fresh copy of the outlines of the pack ``code``; without features where it has none."""
    read: GeoJSON = json.loads(_text(code))
    return read
