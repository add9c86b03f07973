"""Whatever can be wrong has words, and no words are left over."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import override

from soyol.surveys.queries.plans import LIGHT, SAID
from soyol.surveys.rules.faults import FAULTS, REASONS, Fault
from soyol.surveys.rules.refusals import REFUSALS, Refused

APP = Path(__file__).resolve().parents[3] / "src" / "soyol"
#: Refusals that carry more than words, and so are classes of their own.
OF_THEIR_OWN = {"faults", "differs", "differs_office"}
#: Codes that are put together while running: ``no_`` and the name of a setting.
PUT_TOGETHER = {"no_form_id", "no_version"}


def _told(*names: str) -> set[str]:
    """Every text that is the first argument of a call of one of ``names``, anywhere in surveys and their pages."""
    return {text for call in _calls() if call.args and _name(call.func) in names for text in _texts(call.args[0])}


def _calls() -> Iterator[ast.Call]:
    for folder in ("surveys", "portal/surveys", "workspace/surveys"):
        for path in (APP / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):  # one of both, whatever decides
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield from (text for part in node.values for text in _texts(part))


def test_every_fault_has_words_and_no_words_are_left_over() -> None:
    assert (_told("Fault", "fault") - {"no_"}) | PUT_TOGETHER == set(FAULTS)


def test_every_reason_and_refusal_has_words_and_none_are_left_over() -> None:
    assert _told("NotUnderstood") == set(REASONS)
    assert _told("Refused") - {""} == set(REFUSALS) - OF_THEIR_OWN


def test_what_does_not_hold_answers_out_is_said() -> None:
    assert set(SAID) >= LIGHT


def test_a_fault_says_where_it_stands() -> None:
    with override("en"):
        fault = Fault("expression", "survey", 7, "relevant", {"piece": "uuid", "at": 3, "reason": "function"})
        assert fault.place == "survey, row 7, column “relevant”"
        assert "“uuid” (sign 3): this function is not understood here." in str(fault)
        assert "3 faults" in str(Refused("faults", n=3))
