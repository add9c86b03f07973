import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.surveys.rules import Filled, Form
from tests.factories.surveys import PLACES, form

TODAY = dt.date(2026, 11, 27)
FORM = form(
    [
        ("select_one province", "province", "Province", "", "", "yes"),
        ("select_one district", "district", "District", "", "", "yes", "", "province = ${province}"),
        ("begin_group", "work", "Work", "${province} = 'p1'"),
        ("integer", "age", "Age", "", ". >= 16 and . < 120", "yes"),
        ("text", "craft", "Craft", "${age} >= 18"),
        ("end_group",),
        ("begin_repeat", "works", "Works"),
        ("text", "title", "Title", "", "", "yes"),
        ("integer", "year", "Year", "${title} != ''"),
        ("calculate", "place", "", "", "", "", "position(..)"),
        ("end_repeat",),
        ("calculate", "total", "", "", "", "", "count(${works}) + sum(${year})"),
        ("date", "born", "Born", "", ". <= today()"),
        ("acknowledge", "yes", "I agree", "", "", "${total} > 1"),
    ],
    PLACES,
)


def _filled(**answers: Any) -> Filled:
    return Filled(FORM, answers, TODAY)


def _asked(filled: Filled) -> list[str]:
    return [spot.item.name for spot in filled.spots()]


def test_the_cascade_asks_for_a_district_only_when_there_are_some() -> None:
    district = FORM.placed["district"].item
    assert "district" not in _asked(_filled())
    assert [each.name for each in _filled(province="p1").choices(district)] == ["d11", "d12"]
    assert "district" in _asked(_filled(province="p2"))


def test_what_stands_in_a_hidden_group_is_not_asked_and_worth_nothing() -> None:
    filled = _filled(province="p2", age="40", craft="Felt")
    assert not filled.is_asked("age")
    assert not filled.is_asked("craft")
    assert "age" not in filled.kept()


def test_rounds_are_counted_and_summed() -> None:
    filled = _filled(works=[{"title": "One", "year": "2001"}, {"title": "Two", "year": "1"}])
    kept = filled.kept()
    assert kept["works"] == [
        {"title": "One", "year": "2001", "place": "1"},
        {"title": "Two", "year": "1", "place": "2"},
    ]
    assert kept["total"] == "2004"


def test_a_round_asks_by_its_own_answers() -> None:
    filled = _filled(works=[{"title": "One"}, {}])
    assert filled.is_asked("year", 0)
    assert not filled.is_asked("year", 1)
    assert [(wrong.spot.round, wrong.code) for wrong in filled.all_wrong() if wrong.spot.item.name == "title"] == [
        (1, "required")
    ]


@pytest.mark.parametrize(
    ("answers", "name", "code"),
    [
        ({"province": "p9"}, "province", "choice"),
        ({"province": "p1 p2"}, "province", "choice"),
        ({"province": "p1", "district": "d21"}, "district", "choice"),
        ({"province": "p1", "age": "12"}, "age", "constraint"),
        ({"province": "p1", "age": "abc"}, "age", "whole"),
        ({"province": "p1"}, "age", "required"),
        ({"born": "2026-12-01"}, "born", "constraint"),
        ({"born": "yesterday"}, "born", "day"),
        ({"their_name": "x" * 5000}, "their_name", "long"),
        ({"works": [{"title": "a"}, {"title": "b"}]}, "yes", "required"),
    ],
)
def test_an_answer_that_is_not_right_says_why(answers: dict[str, Any], name: str, code: str) -> None:
    assert {wrong.spot.item.name: wrong.code for wrong in _filled(**answers).all_wrong()}[name] == code


def test_what_is_right_is_kept_tidy() -> None:
    filled = _filled(province="p1", district="d11", age=" 34 ", craft=" Felt ", born="1992.2.29", nonsense="x")
    assert filled.all_wrong() == []
    assert filled.kept() == {
        "province": "p1",
        "district": "d11",
        "age": "34",
        "craft": "Felt",
        "born": "1992-02-29",
        "total": "0",
    }


def test_conditions_see_answers_tidy_as_they_are_kept() -> None:
    filled = _filled(province="p1", age=" 1 8 ", yes="on")
    assert filled.is_asked("craft")
    assert filled.value("yes") == "OK"


ROUND = st.fixed_dictionaries({}, optional={"title": st.text(max_size=5), "year": st.sampled_from(["", "1 999", "x"])})
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "province": st.sampled_from(["", "p1", "p2", "p9"]),
        "district": st.sampled_from(["", "d11", "d21"]),
        "age": st.sampled_from(["", "17", " 34", "200", "x"]),
        "craft": st.text(max_size=8),
        "works": st.lists(ROUND, max_size=3),
        "born": st.sampled_from(["", "1992.2.29", "2999-01-01"]),
        "yes": st.sampled_from(["", "on"]),
        "their_name": st.text(max_size=8),
    },
)


@given(ANSWERS)
def test_what_is_kept_is_right_and_stays_the_same_when_it_is_read_again(answers: dict[str, Any]) -> None:
    filled = Filled(FORM, answers, TODAY)
    if not filled.all_wrong():
        kept = filled.kept()
        again = Filled(FORM, kept, TODAY)
        assert (again.kept(), again.all_wrong()) == (kept, [])


def test_a_circle_that_slipped_through_ends() -> None:
    made = form([("text", "a", "A", "${their_name} = 'x'")])
    item = made.placed["a"].item
    looped = Form("f", "1", {}, ("en",), (type(item)("question", "a", 2, "text", relevant="${a} = 1"),), {})
    assert _asked(Filled(looped, {"a": "1"}, TODAY)) == []
