"""Fonts are an enhancement: without Node, without a network the set-up goes on and says what is missing."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from launch import frontend, ground, say


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout with a lock but no packages; npm is a command that does not exist."""
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(frontend, "MARK", tmp_path / "node_modules" / ".mark")
    monkeypatch.setattr(ground, "ROOT", tmp_path)
    monkeypatch.setattr(frontend, "_npm", lambda: ["npm"])
    return tmp_path


def _npm_ends(monkeypatch: pytest.MonkeyPatch, code: int, said: str = "") -> None:
    done = subprocess.CompletedProcess([], code, "", said)
    monkeypatch.setattr(frontend.subprocess, "run", lambda *_, **__: done)


def test_without_node_and_its_wheel_the_system_fonts_are_used(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(frontend, "_npm", lambda: None)
    assert frontend.ensure() is False
    assert "Skipped the front-end fonts" in capsys.readouterr().out
    assert not frontend.MARK.exists()


def test_a_wheel_that_cannot_be_had_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: str) -> None:
        raise say.Stopped("no network", "connect")

    monkeypatch.setattr(frontend.shutil, "which", lambda _: None)
    monkeypatch.setattr(ground, "ensure", refuse)
    assert frontend._npm() is None


def test_npm_without_network_is_told_in_its_own_words(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _npm_ends(monkeypatch, 1, "npm error code ECONNREFUSED\nnpm error network is down\n")
    assert frontend.ensure() is False
    assert "npm said “npm error network is down”" in capsys.readouterr().out


def test_asked_for_by_itself_a_failure_is_an_error(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _npm_ends(monkeypatch, 1)
    with pytest.raises(say.Stopped, match="no reason given") as refused:
        frontend.ensure(offline_ok=False)
    assert refused.value.way_out == "Check the network and run it again."


def test_packages_are_installed_once(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _npm_ends(monkeypatch, 0)
    assert frontend.ensure() is True
    assert frontend.MARK.read_text(encoding="utf-8") == hashlib.sha256(b"{}").hexdigest()
    monkeypatch.setattr(frontend, "_npm", lambda: pytest.fail("they are there"))
    assert frontend.ensure() is True
