"""Loading units and outlines."""

import copy
import dataclasses
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command

from soyol import packs
from soyol.audit import By
from soyol.audit.models import Entry
from soyol.packs import Pack
from soyol.places import actions, queries
from soyol.places.models import Boundary, FormerUnitName, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack() -> Pack:
    """The pack that the tests run with."""
    return packs.load(site.SOYOL_PACK)


@pytest.fixture
def loaded(pack: Pack, by: By) -> actions.Loaded:
    """All its units and outlines."""
    return actions.load_pack(pack, by=by)


def _with_units(pack: Pack, units: list[Any]) -> Pack:
    return dataclasses.replace(pack, units=dataclasses.replace(pack.units, all=tuple(units), _cache={}))


def test_loading_makes_every_unit_of_the_pack(pack: Pack, loaded: actions.Loaded) -> None:
    assert loaded.new == Unit.objects.count() == len(pack.units.all)
    for told in pack.units.all:
        unit = Unit.objects.get(pk=told.code)
        assert (unit.level, unit.parent_id or "", dict(unit.names)) == (told.level, told.parent, dict(told.names))


def test_loading_again_changes_nothing_and_tells_nothing(pack: Pack, loaded: actions.Loaded, by: By) -> None:
    told = Entry.objects.count()
    assert actions.load_pack(pack, by=by) == actions.Loaded(0, 0, 0, 0, 0)
    assert Entry.objects.count() == told


def test_a_renamed_unit_keeps_its_old_name_with_its_last_day(pack: Pack, loaded: actions.Loaded, by: By) -> None:
    *rest, last = pack.units.all
    renamed = dataclasses.replace(last, names={**last.names, "en": "New name"})
    done = actions.load_pack(_with_units(pack, [*rest, renamed]), by=by, on=date(2027, 1, 1))
    assert (done.renamed, done.new, done.gone) == (1, 0, 0)
    unit = Unit.objects.get(pk=last.code)
    assert unit.names["en"] == "New name"
    assert queries.names_on(unit, date(2026, 12, 31))["en"] == last.names["en"]
    assert queries.names_on(unit, date(2027, 1, 1))["en"] == "New name"


def test_a_unit_that_the_pack_no_longer_has_ends(pack: Pack, loaded: actions.Loaded, by: By) -> None:
    *rest, last = pack.units.all
    assert actions.load_pack(_with_units(pack, rest), by=by, on=date(2027, 1, 1)).gone == 1
    assert Unit.objects.get(pk=last.code).valid_to == date(2027, 1, 1)
    assert not FormerUnitName.objects.exists()


def test_units_know_what_is_above_and_below(pack: Pack, loaded: actions.Loaded) -> None:
    country = pack.units.country
    province = next(unit for unit in pack.units.at_level(1) if pack.units.children(unit.code))
    district = pack.units.children(province.code)[0]
    assert queries.with_ancestors(district.code) == [country.code, province.code, district.code]
    below = {province.code, *(unit.code for unit in pack.units.children(province.code))}
    assert below <= queries.with_descendants([province.code])
    assert queries.with_descendants([country.code]) == {unit.code for unit in pack.units.all}
    assert queries.with_descendants([]) == set()
    assert queries.with_ancestors("no such code") == []


def test_top_units_stand_in_the_order_of_the_alphabet(pack: Pack, loaded: actions.Loaded) -> None:
    language = next(iter(pack.units.country.names))
    names = [unit.names[language] for unit in queries.top_units()]
    assert names == sorted(names, key=pack.scripts.sort_key_one)
    assert len(names) == len(pack.units.at_level(1))


# -- Official outlines ------------------------------------------------------------------------------------------------


def _square(code: str, west: float = 100.0) -> dict[str, Any]:
    ring = [[west, 45], [west + 1, 45], [west + 1, 46], [west, 46], [west, 45]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


@pytest.fixture
def official(country: Unit) -> dict[str, Any]:
    """A good file for the two provinces of the small country; one under its ISO code."""
    one, two = queries.top_units()
    return {"type": "FeatureCollection", "features": [_square(one.iso), _square(two.code, 101.0)]}


def test_official_outlines_replace_ours_and_stay(official: dict[str, Any], by: By, here: Unit) -> None:
    ours = {"geometry": {"type": "Polygon", "coordinates": []}, "approximate": True}
    Boundary.objects.create(unit=here, **ours)
    done = actions.replace_boundaries(official, by=by, credit="Land agency")
    assert done == sorted(unit.code for unit in queries.top_units())
    boundary = Boundary.objects.get(unit=here)
    assert (boundary.approximate, boundary.official, boundary.credit) == (False, True, "Land agency")
    assert Entry.objects.filter(action="places.boundaries.replace").count() == 1


def test_loading_the_pack_leaves_official_outlines(official: dict[str, Any], by: By, pack: Pack, here: Unit) -> None:
    actions.replace_boundaries(official, by=by, credit="Land agency")
    before = Boundary.objects.get(unit=here).geometry
    actions.load_pack(pack, by=by)
    assert Boundary.objects.get(unit=here).geometry == before


def _spoil(told: dict[str, Any], kind: str) -> dict[str, Any]:
    spoiled = copy.deepcopy(told)
    features = spoiled["features"]
    if kind == "missing":
        features.pop()
    elif kind == "unknown code":
        features[0]["properties"]["code"] = "ZZ-99"
    elif kind == "no code":
        features[0]["properties"] = None
    elif kind == "twice":
        features.append(copy.deepcopy(features[1]))
    elif kind == "bow tie":
        features[0]["geometry"]["coordinates"] = [[[100, 45], [101, 46], [101, 45], [100, 46], [100, 45]]]
    elif kind == "point":
        features[0]["geometry"] = {"type": "Point", "coordinates": [100, 45]}
    elif kind == "metres":
        features[0]["geometry"]["coordinates"] = [[[5e5, 5e6], [6e5, 5e6], [6e5, 6e6], [5e5, 5e6]]]
    elif kind == "torn":
        features[0]["geometry"]["coordinates"] = [[[100, "x"]]]
    elif kind == "other file":
        return {"type": "Feature"}
    return spoiled


FAULTS = {
    "missing": r"is missing",
    "unknown code": r"feature 1: property 'code' is 'ZZ-99', which is no code",
    "no code": r"feature 1: property 'code' is ''",
    "twice": r"feature 3 .*has an outline already",
    "bow tie": r"not valid: Self-intersection",
    "point": r"no Polygon or MultiPolygon",
    "metres": r"reproject to WGS 84",
    "torn": r"cannot be read",
    "other file": r"no GeoJSON FeatureCollection",
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_bad_file_changes_nothing_and_says_why(official: dict[str, Any], by: By, kind: str) -> None:
    with pytest.raises(actions.BadBoundaries) as refusal:
        actions.replace_boundaries(_spoil(official, kind), by=by, credit="Land agency")
    assert any(re.search(FAULTS[kind], fault) for fault in refusal.value.faults), refusal.value.faults
    assert not Boundary.objects.exists()


def test_a_part_of_the_units_is_taken_when_asked_for(official: dict[str, Any], by: By) -> None:
    part = _spoil(official, "missing")
    assert len(actions.replace_boundaries(part, by=by, credit="Land agency", partial=True)) == 1


def test_the_command_takes_a_file(official: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "official.geojson"
    path.write_text(json.dumps(official))
    out = io.StringIO()
    call_command("replace_boundaries", str(path), credit="Land agency", stdout=out)
    assert out.getvalue().startswith("2 outlines replaced: ")


def test_the_command_says_every_fault(official: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "official.geojson"
    path.write_text(json.dumps(_spoil(official, "missing")))
    with pytest.raises(CommandError, match=r"1 faults; nothing was changed\n.* is missing"):
        call_command("replace_boundaries", str(path), credit="Land agency")
    path.write_text("{")
    with pytest.raises(CommandError, match="cannot be read as JSON"):
        call_command("replace_boundaries", str(path), credit="Land agency")
