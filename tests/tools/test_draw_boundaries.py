"""What the drawn boundaries promise, asked of the committed files, and the cutting by hand-worked numbers."""

import csv
import itertools
import json
import math
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Point, Polygon, shape

from tools.draw_boundaries import PACKS, area_km2, end_of


def units(pack: str) -> dict[str, dict[str, Any]]:
    text = (PACKS / pack / "boundaries.geojson").read_text(encoding="utf-8")
    return {feature["properties"]["code"]: feature for feature in json.loads(text)["features"]}


def test_a_degree_square_at_the_equator_has_the_area_of_the_sphere() -> None:
    square = Polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    # R² · Δλ · (sin φ₂ − sin φ₁)
    by_hand = 6371.0072**2 * math.radians(1) * math.sin(math.radians(1))
    assert area_km2(square) == pytest.approx(by_hand, rel=1e-3)


def test_the_end_of_a_land_is_cut_across_the_way_between_the_seats() -> None:
    land = Polygon([(0, -1), (4, -1), (4, 1), (0, 1)])
    told = {"seat_of_from": [1, 0], "seat": [3, 0], "area_km2": area_km2(land) / 4}
    # A quarter of a land four degrees long is its last degree.
    assert end_of(land, told).bounds == pytest.approx((3, -1, 4, 1), abs=1e-6)


@pytest.mark.parametrize(("pack", "count"), [("mn", 22), ("ee", 15)])
def test_units_are_whole_valid_and_do_not_overlap(pack: str, count: int) -> None:
    shapes = {code: shape(feature["geometry"]) for code, feature in units(pack).items()}
    assert len(shapes) == count
    assert [code for code, each in shapes.items() if not each.is_valid or each.is_empty] == []
    overlap = sum(area_km2(a.intersection(b)) for a, b in itertools.combinations(shapes.values(), 2))
    assert overlap < 0.0001 * sum(map(area_km2, shapes.values()))


def test_the_units_of_mongolia_cover_the_country() -> None:
    # Official area 1,564,116 km².
    assert sum(area_km2(shape(each["geometry"])) for each in units("mn").values()) == pytest.approx(
        1_564_116, rel=0.005
    )


def test_govisumber_is_approximate_has_its_area_and_choir_inside() -> None:
    feature = units("mn")["42"]
    drawn = shape(feature["geometry"])
    assert feature["properties"]["approximate"] is True
    assert area_km2(drawn) == pytest.approx(5540, rel=0.15)
    assert drawn.contains(Point(108.361, 46.361))
    assert [code for code, each in units("mn").items() if each["properties"]["approximate"]] == ["42"]


def test_baganuur_belongs_to_the_capital() -> None:
    assert shape(units("mn")["11"]["geometry"]).contains(Point(108.35, 47.72))


def test_every_centre_lies_in_its_own_unit() -> None:
    with (PACKS / "mn" / "units.csv").open(encoding="utf-8") as file:
        centres = {
            row["code"]: (row["centre_lon"], row["centre_lat"]) for row in csv.DictReader(file) if row["level"] == "1"
        }
    drawn = units("mn")
    assert sorted(centres) == sorted(drawn)
    lost = [
        code
        for code, (lon, lat) in centres.items()
        if not shape(drawn[code]["geometry"]).contains(Point(float(lon), float(lat)))
    ]
    assert lost == []


def test_the_county_towns_of_the_second_pack_lie_in_their_counties() -> None:
    with (PACKS / "ee" / "units.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "1"]
    drawn = units("ee")
    assert {row["code"] for row in rows} == set(drawn)
    places = {row["code"]: Point(float(row["centre_lon"]), float(row["centre_lat"])) for row in rows}
    assert [code for code, place in places.items() if not shape(drawn[code]["geometry"]).contains(place)] == []


def test_the_files_are_small_enough_to_be_sent_with_a_page() -> None:
    assert [path.name for path in Path(PACKS).glob("*/boundaries.geojson") if path.stat().st_size > 250_000] == []
