"""Choropleth maps: projected, told in words, zero and unknown kept apart."""

import xml.etree.ElementTree as ET

import pytest

from soyol.lib.maps import Choropleth, Projection, legend

SVG = "{http://www.w3.org/2000/svg}"


def square(code, west, *, approximate=False):
    ring = [[west, 45.0], [west + 1, 45.0], [west + 1, 46.0], [west, 46.0], [west, 45.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code, "approximate": approximate}, "geometry": shape}


FEATURES = {"features": [square("a", 100), square("b", 101), square("c", 102, approximate=True), square("d", 103)]}


def drawing(**more):
    told = {"values": {"a": 10, "b": 0, "c": 5, "d": None}, "names": {"a": 'A <&"', "b": "B", "c": "C"}, **more}
    return Choropleth(FEATURES, **told)


def parsed(chart):
    text = chart.draw(id="m", title="T & t", desc="<d>", lang="en")
    return ET.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314 (our own text)


def test_each_unit_says_what_it_is():
    titles = [path.find(f"{SVG}title").text for path in parsed(drawing()).iter(f"{SVG}path")]
    assert titles == ['A <&": 10', "B: 0", "C: 5 (approximate outline)", "d: not known"]


def test_zero_is_an_outline_and_unknown_is_hatched():
    kinds = {
        path.get("data-code"): (path.get("class"), path.get("fill")) for path in parsed(drawing()).iter(f"{SVG}path")
    }
    assert kinds["b"] == ("map-unit map-zero", None)
    assert kinds["d"] == ("map-unit map-unknown", "url(#m-hatch)")
    assert kinds["c"][0] == "map-unit map-shade-4 map-approximate"
    assert kinds["a"][0] == "map-unit map-shade-5"


def test_the_legend_follows_the_shades():
    assert legend(drawing().breaks()) == [("map-shade-4", 0.0, 5), ("map-shade-5", 5, 10)]
    many = drawing(values={str(n): n for n in range(1, 101)}).breaks()
    assert many == [20, 40, 60, 80, 100]


def test_places_lead_to_records_of_this_site_only():
    links = [link.get("href") for link in parsed(drawing(hrefs={"a": "/?unit=a&x=1"})).iter(f"{SVG}a")]
    assert links == ["/?unit=a&x=1"]
    with pytest.raises(ValueError, match="address of this site"):
        parsed(drawing(hrefs={"a": "javascript:x"}))


def test_north_is_up_and_the_drawing_fills_its_width():
    ring = [[87.0, 41.0], [120.0, 41.0], [120.0, 52.0], [87.0, 52.0]]
    projection = Projection.over([ring])
    places = [projection.place(point) for point in ring]
    assert min(x for x, _ in places) == pytest.approx(0)
    assert max(x for x, _ in places) == pytest.approx(800)
    assert projection.place((103.5, 51))[1] < projection.place((103.5, 42))[1]
    # Conformal: at the middle a degree of longitude is cos(latitude) as long as one of latitude.
    here, east, north = (projection.place(point) for point in ((103.5, 46.5), (103.6, 46.5), (103.5, 46.6)))
    assert (east[0] - here[0]) / (here[1] - north[1]) == pytest.approx(0.6884, abs=0.002)


def test_without_outlines_there_is_no_map():
    assert Choropleth({"features": []}, {}, {}).draw(id="m", title="t", desc="d", lang="en") == ""


def test_a_unit_under_the_focus_is_told_above_the_map_and_an_empty_place_is_no_tab_stop():
    chart = parsed(drawing(hrefs={"a": "/?unit=a"}))
    told = {place.find(f"{SVG}text").text: place.tag for place in chart.iter() if place.get("class") == "map-place"}
    assert told == {
        'A <&": 10': f"{SVG}a",
        "B: 0": f"{SVG}g",
        "C: 5 (approximate outline)": f"{SVG}g",
        "d: not known": f"{SVG}g",
    }
    top = float(chart.get("viewBox").split()[1])
    assert all(top < float(text.get("y")) < 0 for text in chart.iter(f"{SVG}text") if text.get("class") == "map-told")


def test_a_name_stands_where_its_outline_has_room():
    chart = parsed(drawing(names={"a": "Short", "b": "Much too long for a square so small as this one is"}))
    named = {text.text: text for text in chart.iter(f"{SVG}text") if text.get("class") == "map-name"}
    assert list(named) == ["Short"]
    assert float(named["Short"].get("x")) == pytest.approx(100, abs=15)
