"""A form for devices: the half of the rules that stands in scripts counts as the half that stands here."""

import random
from pathlib import Path

import pytest
from django.conf import settings

from soyol.surveys.queries.workbooks import read_form
from soyol.surveys.rules import Form, Item
from soyol.surveys.rules.carrying import Unable, carried, tree_of, unable
from soyol.surveys.rules.expressions import parse
from tests.factories import carried as make
from tests.factories import surveys

FORM = Path(__file__).resolve().parents[3] / "samples/surveys/mn/makers.xlsx"
needs_node = pytest.mark.skipif(make.node() is None, reason="needs Node, which the set-up installs for the fonts")


def _craft() -> Form:
    kinds = (
        ("kinds", "person", "P"),
        ("kinds", "organisation", "O"),
        ("provinces", "p1", "1"),
        ("districts", "d", "D", "p1"),
    )
    return surveys.form(surveys.CRAFT, (*surveys.PLACES, *kinds))


@needs_node
def test_every_expression_is_worth_the_same_on_a_device() -> None:
    form = make.counting(make.expressions())
    assert unable(form) == []
    assert make.by_node([make.case(form, make.ANSWERS)]) == [make.verdict(form, make.ANSWERS)]


@needs_node
@pytest.mark.usefixtures("reads_here")
def test_whatever_is_answered_is_judged_the_same_on_a_device() -> None:
    chance = random.Random(20261127)  # noqa: S311 - the same answers each time
    forms = [read_form(FORM, FORM.name)[0], _craft()]
    told = [(form, make.scribbled(form, chance)) for _n in range(40) for form in forms]
    assert make.by_node([make.case(form, answers) for form, answers in told]) == [
        make.verdict(form, answers) for form, answers in told
    ]


def test_a_condition_becomes_a_tree() -> None:
    assert tree_of(parse("not(${a} = 1.50) and . < -b")) == {
        "is": "operation",
        "sign": "and",
        "left": {
            "is": "call",
            "name": "not",
            "arguments": [
                {
                    "is": "operation",
                    "sign": "=",
                    "left": {"is": "answer", "name": "a"},
                    "right": {"is": "number", "value": "1.5"},
                }
            ],
        },
        "right": {
            "is": "operation",
            "sign": "<",
            "left": {"is": "this"},
            "right": {"is": "negative", "of": {"is": "column", "name": "b"}},
        },
    }


def _form(**more: str) -> Form:
    items = (Item("question", "a", 2, type="text"), Item("question", "b", 3, type="text", **more))
    return Form("f", "1", {}, ("en",), items, {})


def test_a_form_that_hangs_on_a_pattern_of_the_server_cannot_be_taken_along() -> None:
    assert unable(_form(relevant=r"regex(${a}, '(a+)+') or ${a} = 'x'")) == [Unable(3, "relevant", "b", "(a+)+")]
    assert unable(_form(calculation="regex(${a}, concat('a', 'b'))")) == [Unable(3, "calculation", "b", "regex")]


def test_a_constraint_with_such_a_pattern_is_left_to_the_server() -> None:
    form = _form(constraint="regex(., '(a+)+')")
    assert unable(form) == []
    assert carried(form)["items"][1]["constraint"] == {"is": "pattern", "of": {"is": "this"}, "pattern": None}


@needs_node
def test_what_only_the_server_can_try_is_not_wrong_on_a_device() -> None:
    form = _form(constraint="regex(., '(a+)+') and string-length(.) < 9")
    assert make.verdict(form, {"b": "xxx"})["wrong"] == [["b", None, "constraint"]]
    assert make.by_node([make.case(form, {"b": "xxx"})])[0]["wrong"] == []


def test_only_what_is_asked_is_carried() -> None:
    form = _craft()
    told = carried(form)
    assert [step["name"] for step in told["steps"]] == [step.name for step in form.steps]
    assert settings.LANGUAGE_CODE not in told
    assert set(told) == {"code", "version", "titles", "languages", "items", "steps", "choices"}
