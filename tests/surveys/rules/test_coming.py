from collections import Counter

import pytest

from soyol.surveys.rules.coming import Came, Cells, Headings, moment
from tests.factories.surveys import form

FORM = form(
    [
        ("begin_group", "g", "G"),
        ("select_multiple arts", "arts", "Arts"),
        ("select_one arts", "first", "First art"),
        ("date", "day", "Day"),
        ("acknowledge", "yes", "Yes"),
        ("end_group",),
        ("begin_repeat", "r", "R"),
        ("text", "t", "T"),
        ("end_repeat",),
    ],
    (("arts", "m", "Music"), ("arts", "mt", "Music theatre"), ("arts", "d", "Dance")),
)


@pytest.mark.parametrize(
    ("heading", "question", "choice", "meta"),
    [
        ("g/arts", "arts", "", None),
        ("g-arts", "arts", "", None),
        ("arts", "arts", "", None),
        ("Arts", "arts", "", None),
        ("g/arts/mt", "arts", "mt", None),
        ("g-arts/mt", "arts", "mt", None),
        ("Arts/Music theatre", "arts", "mt", None),
        ("G/Arts", "arts", "", None),
        ("G/Arts/Music theatre", "arts", "mt", None),
        ("r[1]/t", "t", "", None),
        ("_uuid", None, "", "current"),
        ("KEY", None, "", "root"),
        ("meta-instanceID", None, "", "current"),
        ("meta/deprecatedID", None, "", "deprecated"),
        ("SET-OF-r", None, "", ""),
    ],
)
def test_a_heading_is_understood_as_any_program_writes_it(
    heading: str, question: str | None, choice: str, meta: str | None
) -> None:
    told = Headings(FORM).understood(heading)
    assert told is not None
    assert (told.item and told.item.name, told.choice, told.meta) == (question, choice, meta)


def test_a_heading_that_nobody_knows_is_none() -> None:
    assert [Headings(FORM).understood(each) for each in ("shoe size", "g/arts/opera", "x/y")] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "cell", "answer", "fault"),
    [
        ("arts", "m d", "m d", ""),
        ("arts", "Music theatre Music", "mt m", ""),
        ("arts", "Music, Dance", "m d", ""),
        ("arts", "Musicians", "Musicians", "choice"),
        ("first", "Dance", "d", ""),
        ("first", "Music Dance", "Music Dance", "choice"),
        ("day", "2026-11-20T00:00:00.000", "2026-11-20", ""),
        ("day", "2026-11-20 00:00:00", "2026-11-20", ""),
        ("yes", "OK", "OK", ""),
        ("yes", "", "", ""),
    ],
)
def test_a_cell_becomes_an_answer(name: str, cell: str, answer: str, fault: str) -> None:
    assert Cells(FORM).answer(FORM.placed[name].item, cell) == (answer, fault)


def test_nested_objects_and_rounds_are_flattened() -> None:
    came, unknown = Came("1"), Counter[str]()
    told = {
        "g": {"arts": "m d", "day": None},
        "r": [{"t": "one", "_uuid": "inner"}, {"r/t": "two"}],
        "odd": "x",
        "_uuid": "a",
    }
    assert Cells(FORM).nested(Headings(FORM), told, came, unknown) == {"arts": "m d", "r": [{"t": "one"}, {"t": "two"}]}
    assert (came.current, unknown) == ("a", {"odd": 1})


def test_edits_are_seen_by_ids_or_by_their_number() -> None:
    told = [
        Came("1", root="a", current="b"),
        Came("1", current="b", deprecated="a"),
        Came("1", root="a", current="a", edits=1),
    ]
    assert [came.was_edited for came in told] == [True, True, True]
    assert not Came("1", root="a", current="a").was_edited


def test_a_moment_is_none_when_it_is_none() -> None:
    assert moment("2026-11-20T10:00:00.000Z") is not None
    assert moment("yesterday") is None
