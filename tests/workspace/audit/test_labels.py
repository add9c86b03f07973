"""Every action that is recorded anywhere has words, and nothing has words that nobody records."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import override

from soyol.audit import rules
from soyol.workspace.audit.labels import ACTIONS, BY_ITSELF, action_choices, action_words, doer_words

SOYOL = Path(__file__).resolve().parents[3] / "src" / "soyol"


def _recorded() -> set[str]:
    """Every text in the code of an app that has the form of an action and begins with the name of an app."""
    own = {app.label for app in apps.get_app_configs() if app.name.startswith("soyol.")}
    found: set[str] = set()
    for app in own - {"portal", "ui"}:
        for path in (SOYOL / app).rglob("*.py"):
            texts = (node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant))
            found |= {text for text in texts if isinstance(text, str) and rules.ACTION.fullmatch(text)}
    return {text for text in found if text.count(".") == 2 and text.partition(".")[0] in own}


def test_every_action_that_is_recorded_anywhere_has_words() -> None:
    recorded = _recorded()
    assert len(recorded) > 40
    assert recorded == set(ACTIONS)


@pytest.mark.parametrize("language", ["mn", "en"])
def test_no_two_actions_are_called_alike_and_none_by_its_code(language: str) -> None:
    with override(language):
        said = [action_words(code) for code in ACTIONS]
        offered = [code for _title, choices in action_choices() for code, _words in choices]
    assert len(set(said)) == len(said)
    assert not set(said) & set(ACTIONS)
    assert sorted(offered) == sorted(ACTIONS)


def test_whatever_the_system_calls_itself_has_words() -> None:
    calls = (
        node.args[0]
        for path in SOYOL.parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "By.system" and node.args
    )
    assert {name.value for name in calls if isinstance(name, ast.Constant)} == set(BY_ITSELF)
    with override("mn"):
        said = {_(words) for words in BY_ITSELF.values()}
    assert len(said) == len(BY_ITSELF)
    assert not said & set(BY_ITSELF.values())


def test_whoever_did_something_is_said_in_words_of_the_reader() -> None:
    with override("mn"):
        assert [doer_words(name) for name in ("sample material", "Bat Dorj")] == ["жишээ материал", "Bat Dorj"]
