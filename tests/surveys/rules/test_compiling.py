import pytest

from soyol.surveys.rules import Form
from tests.factories.surveys import CHOICES, PLACES, SURVEY, form, made

NAME = ("text", "n", "Name", "", "", "", "", "", "name")


def _codes(
    survey: list[tuple[str, ...]], choices: tuple[tuple[str, ...], ...] = PLACES
) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.line) for fault in made([NAME, *survey], choices)[1] if fault.heavy]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("geopoint", "a", "A"), "type"),
        (("", "a", "A"), "type"),
        (("select_one nowhere", "a", "A"), "list"),
        (("select_one yes_no whatever", "a", "A"), "type"),
        (("text", "1a", "A"), "name"),
        (("text", "N", "A"), "name_twice"),
        (("end_group", "", ""), "end"),
        (("calculate", "a", ""), "no_calculation"),
        (("note", "a", "A", "", "", "yes"), "required_silent"),
        (("text", "a", "A", "", "", "", "", "", "shoe_size"), "field"),
        (("integer", "a", "A", "", "", "", "", "", "", "", "many"), "default"),
        (("select_one yes_no", "a", "A", "", "", "", "", "", "", "", "maybe"), "default"),
        (("text", "a", "A", "${b} = 1"), "unknown_question"),
        (("text", "a", "A", "uuid() = 1"), "expression"),
    ],
)
def test_a_row_that_is_not_understood_is_told_with_its_number(row: tuple[str, ...], code: str) -> None:
    assert _codes([row]) == [(code, 3)]


def test_what_is_opened_is_closed() -> None:
    assert _codes([("begin_group", "g", "G"), ("text", "a", "A")]) == [("open", 3)]
    assert ("empty_group", 3) in _codes([("begin_repeat", "g", "G"), ("end_repeat",)])
    nested = [
        ("begin repeat", "g", "G"),
        ("begin_repeat", "h", "H"),
        ("text", "a", "A"),
        ("end_repeat",),
        ("end repeat",),
    ]
    assert _codes(nested) == [("deep", 4)]


def test_a_column_that_nobody_would_read_is_told() -> None:
    heading = (*SURVEY, "media::image")
    _form, faults = made([(*NAME, "", "", "face.png")], survey_heading=heading)
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [("column", 2, "media::image")]


def test_choices_are_words_and_stand_once() -> None:
    faults = _codes([], (("a", "one", "One"), ("a", "one", "Two"), ("a", "t wo", "Two")))
    assert faults == [("choice_twice", 3), ("choice_name", 4)]


def test_settings_that_are_missing_are_told() -> None:
    _form, faults = made([NAME], told=[("", "")])  # type: ignore[list-item]
    assert [fault.code for fault in faults] == ["no_form_id", "no_version"]


def test_both_languages_are_read_and_a_label_that_is_missing_is_told_lightly() -> None:
    heading = ("type", "name", "label::English (en)", "label::Eesti (et)", "field")
    made_of, faults = made([("text", "n", "Name", "", "name")], survey_heading=heading)
    assert made_of.languages == ("en",)
    made_of, faults = made([("text", "n", "Name", "Nimi", "name"), ("text", "b", "B", "", "")], survey_heading=heading)
    assert made_of.languages == ("en", "et")
    assert [(fault.code, fault.line, fault.heavy) for fault in faults] == [("no_label", 3, False)]
    assert made_of.words(made_of.placed["n"].item.labels, "et") == "Nimi"
    assert made_of.words(made_of.placed["b"].item.labels, "et") == "B"


def test_a_language_without_a_code_is_told() -> None:
    _form, faults = made(
        [("text", "n", "Name", "name")], survey_heading=("type", "name", "label::Speech of Elves", "field")
    )
    assert faults[0].code == "language"


def test_other_becomes_a_choice_and_a_question() -> None:
    made_of = form([("select_one yes_no or_other", "a", "A")], PLACES)
    assert made_of.choice(made_of.placed["a"].item, "other") is not None
    assert made_of.placed["a_other"].item.relevant == "selected(${a}, 'other')"


def test_pages_are_groups_repeats_and_what_stands_between() -> None:
    made_of = form(
        [
            ("text", "a", "A"),
            ("calculate", "c", "", "", "", "", "1"),
            ("begin_group", "g", "G"),
            ("text", "b", "B"),
            ("end_group",),
            ("begin_repeat", "r", "R"),
            ("text", "d", "D"),
            ("end_repeat",),
        ]
    )
    assert [step.name for step in made_of.steps] == ["a", "g", "r", "their_name"]
    assert made_of.placed["d"].repeat == "r"


def test_a_form_written_down_and_read_is_the_same() -> None:
    made_of = form(
        [
            ("select_one district", "d", "D", "", "", "yes", "", "province != ''"),
            ("begin_group", "g", "G"),
            ("text", "a", "A"),
            ("end_group",),
        ],
        PLACES,
    )
    again = Form.from_json(made_of.to_json())
    assert (again.items, dict(again.choices)) == (made_of.items, dict(made_of.choices))
    assert CHOICES[-1] in again.choices["district"][0].columns
