"""Charts: well-formed, told in words, unknown never zero, nothing that a page's policy would block."""

import xml.etree.ElementTree as ET

import pytest

from soyol.lib.charts import Item, Series, bar, line, safe_href, stacked, tiles

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>\"&'"
ITEMS = [Item("One", 4.0, "four", "/a?x=1&y=2"), Item(HOSTILE, 2.0), Item("None", None), Item("Zero", 0)]
NAMED = {"id": "c", "title": HOSTILE, "desc": "d & d", "lang": "en"}


def parsed(text):
    return ET.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))  # noqa: S314 (our own text)


def all_charts():
    return [
        stacked([("row", ITEMS), (HOSTILE, ITEMS)], **NAMED),
        line(["2016", "2017", "2018"], [Series(HOSTILE, (1.0, None, 3.0))], **NAMED),
        tiles(ITEMS, columns=3, **NAMED),
        line([], [], **NAMED),
    ]


def test_every_chart_is_well_formed_named_and_free_of_style_and_script():
    for text in all_charts():
        root = parsed(text)
        assert root.find(f"{SVG}title").text == HOSTILE
        assert root.find(f"{SVG}desc").text == "d & d"
        assert root.get("aria-labelledby") == "c-title c-desc"
        assert not [each for each in root.iter() if each.get("style") or each.tag == f"{SVG}script"]


def widths(text, kind):
    return [float(each.get("width")) for each in parsed(text).iter(f"{SVG}rect") if each.get("class") == kind]


def test_bars_are_as_long_as_their_values_and_unknown_is_no_bar():
    text = bar(ITEMS, title="c", lang="en")
    assert widths(text, "chart-1") == [100.0, 50.0, 0.0]
    assert widths(text, "chart-unknown") == [100.0]
    assert "not known" in text


def test_the_words_of_bars_are_words_of_the_page_and_no_part_of_a_drawing_that_shrinks():
    root = parsed(bar(ITEMS, title=HOSTILE, lang="en"))
    assert root.get("aria-label") == HOSTILE
    assert not [each for each in root.iter() if each.tag in {f"{SVG}text", f"{SVG}script"} or each.get("style")]
    assert "".join(root.find("li").itertext()).split() == ["One", "four"]
    assert root.find("li/a").get("href") == "/a?x=1&y=2"
    assert "".join(parsed(bar([], title="c", lang="en")).itertext()) != ""


def test_parts_stand_side_by_side():
    text = stacked([("a", [Item("x", 1), Item("y", 3)])], **NAMED)
    assert widths(text, "chart-1")[0] == 160.0
    assert widths(text, "chart-2")[0] == 480.0


def test_a_line_has_a_gap_where_nothing_is_known():
    text = line(["1", "2", "3", "4"], [Series("a", (1.0, None, 2.0, 4.0))], **NAMED)
    path = next(each.get("d") for each in parsed(text).iter(f"{SVG}path"))
    assert path.count("M") == 2
    assert path.count("L") == 1


def test_tiles_tell_zero_from_unknown():
    text = tiles(ITEMS, columns=2, **NAMED)
    kinds = [each.get("class") for each in parsed(text).iter(f"{SVG}rect")]
    assert kinds == ["chart-shade-5", "chart-shade-3", "chart-unknown", "chart-zero"]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "https://x", "//x", "data:x", ""])
def test_addresses_lead_nowhere_else(href):
    with pytest.raises(ValueError, match="address of this site"):
        safe_href(href)
