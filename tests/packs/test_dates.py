"""Dates as people write them, and back to words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026.11.22", "2026-11-22"), ("2026-11-22", "2026-11-22"), ("2026/3/5", "2026-03-05"),
        ("22/11/2026", "2026-11-22"), ("11/22/2026", "2026-11-22"), ("85.04.12", "1985-04-12"),
        ("2026 оны 11 сарын 22", "2026-11-22"), ("2026 оны 11-р сарын 22-ны өдөр", "2026-11-22"),
        ("2026 оны арван нэгдүгээр сарын 22", "2026-11-22"), ("1985 оны 4 сар", "1985-04"), ("1985 он", "1985"),
        ("1985", "1985"), ("1985.0", "1985"), ("1985.5", "1985-05"), ("20261122", "2026-11-22"),
        ("46348", "2026-11-22"), ("46348.75", "2026-11-22"), ("2026-11-22 00:00:00", "2026-11-22"),
        ("2026-02-30", None), ("0", None), ("хэзээ ч", None), ("", None), ("99112233", None),
    ],
)  # fmt: skip
def test_mongolian_dates(mn, text, iso):
    assert mn.dates.parse_one(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("17 May 1898", "1898-05-17"), ("May 17, 1898", "1898-05-17"), ("1898, May 17", "1898-05-17"),
        ("17.5.1898", "1898-05-17"), ("Jan 1990", "1990-01"), ("c. 1850", "1850"), ("5/17/1898", "1898-05-17"),
        ("1898-05", "1898-05"),
    ],
)  # fmt: skip
def test_western_dates(neutral, text, iso):
    assert neutral.dates.parse_one(text) == iso


@given(day=st.dates(dt.date(1000, 1, 1), dt.date(2199, 12, 31)))
def test_every_way_of_writing_a_day_is_read(mn, texts, day):
    ways = ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%d/%m/%Y" if day.day > 12 or day.day == day.month else "%Y%m%d"]
    assert set(mn.dates.parse(texts(*(day.strftime(way) for way in ways)))) == {day.isoformat()}


@given(day=st.dates(dt.date(1000, 1, 1), dt.date(2199, 12, 31)))
def test_what_is_written_is_read_back(mn, neutral, texts, day):
    told = [day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]] * 2
    styles = ["long"] * 3 + ["short"] * 3
    for pack, lang in ((mn, "mn"), (neutral, "en")):
        written = [pack.dates.format_date(date, lang, style) for date, style in zip(told, styles, strict=True)]
        assert pack.dates.parse(texts(*written)).to_list() == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("American, 1930–1992", ("1930", "1992", "American")),
        ("1852–1911", ("1852", "1911", None)),
        ("born 1936", ("1936", None, None)),
        ("British, born 1941", ("1941", None, "British")),
        ("c. 1850–1900", ("1850", "1900", None)),
        ("French, 1890 – c. 1950", ("1890", "1950", "French")),
        ("died 1950", (None, "1950", None)),
        ("(1925-1987)", ("1925", "1987", None)),
        ("1936-", ("1936", None, None)),
        ("American", (None, None, "American")),
        ("", (None, None, None)),
    ],
)
def test_life_dates(neutral, texts, text, told):
    assert neutral.dates.parse_life(texts(text)).row(0) == told


@pytest.mark.parametrize(
    ("start", "end", "mongolian", "english"),
    [
        ("2026-11-22", "2026-11-25", "2026 оны 11 сарын 22–25", "22–25 November 2026"),
        ("2026-11-22", "2026-12-25", "2026 оны 11 сарын 22 – 12 сарын 25", "22 November – 25 December 2026"),
        ("2026-11-22", "2027-01-05", "2026 оны 11 сарын 22 – 2027 оны 1 сарын 5", "22 November 2026 – 5 January 2027"),
        ("2016", "2020", "2016 он – 2020 он", "2016 – 2020"),
        ("2016", "2016", "2016 он", "2016"),
    ],
)
def test_ranges_say_what_both_ends_share_once(mn, start, end, mongolian, english):
    assert mn.dates.format_range(start, end, "mn") == mongolian
    assert mn.dates.format_range(start, end, "en") == english


def test_every_pack_writes_dates_in_every_interface_language(ee, neutral):
    assert (
        ee.dates.format_date("2026-11-22", "mn") == neutral.dates.format_date("2026-11-22", "mn") == "22 November 2026"
    )
