"""Every purpose for which the code sends a message has words."""

import ast
from pathlib import Path

from django.utils.translation import override

from soyol.workspace.outbox.words import PURPOSES, message_words

SOYOL = Path(__file__).resolve().parents[3] / "src" / "soyol"


def _sent_for() -> set[str]:
    """What stands behind ``purpose=`` in the calls of ``send``."""
    calls = (
        node
        for path in SOYOL.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "send"
    )
    told = (word.value for call in calls for word in call.keywords if word.arg == "purpose")
    return {value.value for value in told if isinstance(value, ast.Constant)}


def test_every_purpose_that_a_message_is_sent_for_has_words() -> None:
    assert "accounts.invitation" in _sent_for()
    assert _sent_for() - set(PURPOSES) == set()
    with override("mn"):
        assert message_words("accounts.mail") != PURPOSES["accounts.mail"]
    assert message_words("tests.letter") == "tests.letter"
