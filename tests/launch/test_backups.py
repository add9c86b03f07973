"""What the launcher hands over for a backup and a restore, and what it refuses itself."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from launch import backups, commands, ground, say


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[Any, ...], dict[str, str]]]:
    """What was run inside the environment, which is taken to be there."""
    calls: list[tuple[tuple[Any, ...], dict[str, str]]] = []

    def run(*arguments: Any, check: bool, **extra: str) -> int:
        calls.append((arguments, extra))
        return 0

    monkeypatch.setattr(ground, "ensure", lambda *_: None)
    monkeypatch.setattr(ground, "run", run)
    return calls


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "keys.json").touch()
    return tmp_path / "site"


def test_a_backup_is_of_the_site_that_was_named(ran: list[Any], site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.parent)
    assert commands.main(["backup", "one.backup", "--data", "site"]) == 0
    file = site.parent / "one.backup"
    assert ran == [(("-m", "config.manage", "backup", file), {"SOYOL_DATA": str(site)})]


def test_the_site_of_the_environment_is_meant_where_none_is_named(
    ran: list[Any], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOYOL_DATA", str(site))
    backups.backup(["/backups/one"])
    backups.restore(["/backups/one"])
    assert [extra for _arguments, extra in ran] == [{"SOYOL_DATA": str(site)}] * 2


def test_a_folder_without_a_site_is_refused_before_anything_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "ensure", lambda *_: pytest.fail("installed before looking at the folder"))
    with pytest.raises(say.Stopped, match="there is no site in") as refused:
        backups.backup(["one", "--data", str(tmp_path)])
    assert refused.value.way_out == "Name its folder:  ./soyol backup FILE --data DIR"


def test_a_look_at_a_backup_needs_no_site(ran: list[Any], tmp_path: Path) -> None:
    assert backups.backup(["/backups/one", "--check", "--data", str(tmp_path)]) == 0
    assert ran == [(("-m", "config.restore", "--check", Path("/backups/one")), {})]


def test_a_restore_tells_how_to_start_what_came_back(
    ran: list[Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "a place"
    assert commands.main(["restore", "/backups/one", "--replace", "--data", str(place)]) == 0
    assert ran == [(("-m", "config.restore", Path("/backups/one"), "--replace"), {"SOYOL_DATA": str(place)})]
    assert f"./soyol up --no-sample --data '{place}'" in capsys.readouterr().out


def test_a_restore_that_was_refused_offers_no_start(
    monkeypatch: pytest.MonkeyPatch, ran: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ground, "run", lambda *_, **__: 1)
    assert backups.restore(["/backups/one"]) == 1
    assert "./soyol up" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_both_say_what_they_do_and_where_the_passphrase_comes_from(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "soyol", command, "--help"], cwd=ground.ROOT, capture_output=True, text=True, check=True
    )
    assert "SOYOL_BACKUP_PASSPHRASE" in done.stdout
    assert "--passphrase" not in done.stdout
