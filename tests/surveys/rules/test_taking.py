import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.surveys.rules.forms import Item
from soyol.surveys.rules.taking import taken, told_day


def _item(kind: str, appearance: str = "") -> Item:
    return Item("question", "a", 2, kind, appearance=appearance)


@pytest.mark.parametrize(
    ("kind", "looks", "written", "kept", "fault"),
    [
        ("text", "", "  a\0b\r\nc ", "ab\nc", ""),
        ("integer", "", "1 234", "1234", ""),
        ("integer", "", "12.0", "12", ""),
        ("integer", "", "-007", "-7", ""),
        ("integer", "", "12.5", "12.5", "whole"),
        ("integer", "", "1e9", "1e9", "whole"),
        ("integer", "", "9" * 16, "9" * 16, "whole"),
        ("decimal", "", "1,5", "1.5", ""),
        ("decimal", "", "1,5,6", "1,5,6", "decimal"),
        ("date", "", "2026.11.5", "2026-11-05", ""),
        ("date", "", "2026-02-30", "2026-02-30", "day"),
        ("date", "", "2026", "2026", "day"),
        ("date", "year", "1990", "1990-01-01", ""),
        ("date", "year", "1990-01-01", "1990-01-01", ""),
        ("date", "month-year", "1990.5", "1990-05-01", ""),
        ("date", "month-year", "1990.13", "1990.13", "month"),
        ("select_multiple", "", " a   b ", "a b", ""),
        ("acknowledge", "", "on", "OK", ""),
        ("text", "", "", "", ""),
    ],
)
def test_what_was_written_is_kept_tidy_or_told(kind: str, looks: str, written: str, kept: str, fault: str) -> None:
    told = taken(_item(kind, looks), written)
    assert (told.text, told.fault) == (kept, fault)


def test_a_day_is_told_as_exactly_as_it_was_asked() -> None:
    assert told_day(_item("date", "year"), "1990-01-01") == "1990"
    assert told_day(_item("date", "month-year"), "1990-05-01") == "1990-05"
    assert told_day(_item("date"), "1990-05-17") == "1990-05-17"


@given(st.text(max_size=80), st.sampled_from(["text", "integer", "decimal", "date", "select_one"]))
def test_taking_twice_changes_nothing(written: str, kind: str) -> None:
    once = taken(_item(kind), written)
    assert taken(_item(kind), once.text) == once
