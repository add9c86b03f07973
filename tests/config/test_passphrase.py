"""Where the passphrase of backups comes from."""

import pytest

from config import passphrase
from soyol.backups.rules import Refused


class Terminal:
    """Whether somebody sits there."""

    def __init__(self, there: bool) -> None:
        self.isatty = lambda: there


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody types at the terminal, one after the other."""
    words: list[str] = []
    monkeypatch.delenv(passphrase.NAME, raising=False)
    monkeypatch.setattr(passphrase.sys, "stdin", Terminal(there=True))
    monkeypatch.setattr(passphrase.getpass, "getpass", lambda _: words.pop(0))
    return words


def test_the_environment_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(passphrase.NAME, "correct horse battery")
    assert passphrase.asked(new=True) == passphrase.asked(new=False) == "correct horse battery"


def test_a_new_one_is_asked_for_twice(typed: list[str]) -> None:
    typed += ["correct horse ", " correct horse", "left for later"]
    assert passphrase.asked(new=True) == "correct horse"
    assert typed == ["left for later"]


def test_two_that_differ_are_refused(typed: list[str]) -> None:
    typed += ["correct horse", "correct hrose"]
    with pytest.raises(Refused, match="the two passphrases differ"):
        passphrase.asked(new=True)


def test_an_old_one_is_asked_for_once(typed: list[str]) -> None:
    typed += ["correct horse"]
    assert passphrase.asked(new=False) == "correct horse"


def test_where_nobody_can_be_asked_the_variable_is_named(typed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase.sys, "stdin", Terminal(there=False))
    with pytest.raises(Refused, match="no terminal to ask") as refused:
        passphrase.asked(new=False)
    assert refused.value.way_out == "Set SOYOL_BACKUP_PASSPHRASE in the environment."
