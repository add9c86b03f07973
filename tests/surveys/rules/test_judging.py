import pytest

from tests.factories.surveys import PLACES, made

NAME = ("text", "n", "Name", "", "", "", "", "", "name")
ASKED = [
    NAME,
    ("select_one yes_no", "art", "Artist?"),
    ("integer", "age", "Age"),
    ("decimal", "pay", "Pay"),
    ("select_multiple yes_no", "both", "Both", "${art} = 'yes'"),
    ("date", "born", "Born"),
]


def _codes(*rows: tuple[str, ...]) -> list[str]:
    return [fault.code for fault in made([*ASKED, *rows], PLACES)[1] if fault.heavy]


@pytest.mark.parametrize(
    "relevant",
    [
        "${art} = 'yes' and ${art} = 'no'",
        "not(${art} = 'yes' or true())",
        "1 = 2",
        "${age} > 10 and ${age} < 5",
        "${age} > 10 and ${age} < 11",
        "${pay} > 10 and ${pay} <= 10",
        "${art} = 'no' and selected(${both}, 'yes')",
        "selected(${art}, 'yes') and not(selected(${art}, 'yes'))",
        "false() and regex(${n}, 'x')",
    ],
)
def test_a_required_question_that_can_never_be_seen_is_refused(relevant: str) -> None:
    assert _codes(("text", "x", "X", relevant, "", "yes")) == ["never_seen"]


@pytest.mark.parametrize(
    "relevant",
    [
        "${art} = 'yes' and ${age} > 17",
        "${age} > 10 and ${age} < 12",
        "${pay} > 10 and ${pay} < 11",
        "${age} + 1 > 100",
        "${age} - ${pay} > 100",
        "string-length(${n}) > 100",
        "regex(${n}, 'x') and not(regex(${n}, 'x'))",
        "selected(${both}, 'yes') and selected(${both}, 'no')",
        "${born} > today()",
        "count-selected(${both}) = 2",
        "${age} = ''",
        "${n} = 'a' and ${n} = 'b'",
    ],
)
def test_what_might_be_seen_is_never_refused(relevant: str) -> None:
    assert _codes(("text", "x", "X", relevant, "", "yes")) == []


def test_a_group_that_cannot_be_seen_is_told_once_for_all_in_it() -> None:
    group = [
        ("begin_group", "g", "G", "${art} = 'yes'"),
        ("text", "x", "X", "${art} = 'no'"),
        ("text", "y", "Y"),
        ("end_group",),
    ]
    assert _codes(*group) == ["never_seen"]
    hidden = [("begin_group", "g", "G", "1 > 2"), ("text", "x", "X", "${art} = 'no'"), ("end_group",)]
    assert _codes(*hidden) == ["never_seen"]


@pytest.mark.parametrize(
    ("kind", "constraint", "codes"),
    [
        ("integer", ". > 5 and . < 3", ["never_right"]),
        ("integer", ". > 5 and . < 6", ["never_right"]),
        ("decimal", ". > 5 and . < 6", []),
        ("integer", ". >= 18 or . = 0", []),
        ("integer", ". = ''", ["never_right"]),
        ("select_one yes_no", "not(selected(., 'yes')) and not(selected(., 'no'))", ["never_right"]),
        ("text", "regex(., '[0-9]+')", []),
        ("date", ". <= today()", []),
        ("integer", ". > ${age}", []),
    ],
)
def test_a_constraint_that_can_never_hold_is_refused(kind: str, constraint: str, codes: list[str]) -> None:
    assert _codes((kind, "x", "X", "", constraint)) == codes


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("text", "x", "X", "selected(${art}, 'perhaps')"), "unknown_choice"),
        (("text", "x", "X", "${art} = 'perhaps'"), "unknown_choice"),
        (("text", "x", "X", ". = 1"), "this_here"),
        (("text", "x", "X", "province = 1"), "column_here"),
        (("select_one district", "x", "X", "", "", "", "", "region = 1"), "unknown_column"),
        (("calculate", "x", "", "", "", "", "position(..)"), "place_here"),
        (("text", "x", "X", "", "regex(., '(?=a)')"), "pattern"),
        (("text", "x", "X", "${x} = 1"), "circle"),
        (("calculate", "x", "", "", "", "", "${x} + 1"), "circle"),
    ],
)
def test_conditions_ask_only_for_what_is_there(row: tuple[str, ...], code: str) -> None:
    assert _codes(row) == [code]


def test_a_circle_over_several_questions_is_found() -> None:
    assert _codes(("text", "x", "X", "${y} = 1"), ("text", "y", "Y", "${z} = 1"), ("text", "z", "Z", "${x} = 1")) == [
        "circle"
    ]


def test_a_form_that_names_nobody_is_refused() -> None:
    assert [fault.code for fault in made([("text", "a", "A")])[1]] == ["no_kind"]


def test_the_kind_is_one_that_the_registry_knows() -> None:
    assert _codes(("select_one yes_no", "k", "Kind", "", "", "", "", "", "kind")) == ["kind", "kind"]


def test_a_round_cannot_feed_what_an_entry_has_once() -> None:
    rows = [
        ("begin_repeat", "r", "R"),
        ("text", "p", "Phone", "", "", "", "", "", "phone"),
        ("text", "b", "Born", "", "", "", "", "", "birth_date"),
        ("end_repeat",),
    ]
    assert _codes(*rows) == ["field_in_repeat"]
