"""The door of a restore: what it says and with which code it ends. Needs no site, and sets none up."""

from pathlib import Path

import pytest

from config import restore
from soyol.backups.engines.sqlite import SqliteEngine
from soyol.backups.restoring import Restore, Restored
from tests.backups.conftest import PASSPHRASE, Site, site

__all__ = ["site"]


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOYOL_BACKUP_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def place(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the site is to come back; what this process was set up with counts for nothing."""
    monkeypatch.setenv("SOYOL_DATA", str(tmp_path / "place"))
    real = Restore.run

    def on_sqlite(asked: Restore) -> Restored:
        asked.engine = SqliteEngine(asked.place / "soyol.sqlite3")
        return real(asked)

    monkeypatch.setattr(Restore, "run", on_sqlite)
    return tmp_path / "place"


def test_a_site_comes_back_and_is_told_of_when_it_is(
    site: Site, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert restore.main([str(site.make())]) == 0
    assert (place / "keys.json").read_bytes() == b"{}"
    assert f"{place} is as it was at 20" in capsys.readouterr().out


def test_what_was_there_is_named_with_where_it_is_now(
    site: Site, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place.mkdir()
    (place / "keys.json").write_bytes(b"older")
    assert restore.main([str(site.make())]) == 1
    assert "--replace" in capsys.readouterr().err
    assert restore.main([str(site.make()), "--replace"]) == 0
    assert f"What was there before is kept as {place}.before-" in capsys.readouterr().out


def test_a_look_writes_nothing(site: Site, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup = site.make()
    assert restore.main(["--check", str(backup)]) == 0
    assert f"{backup} is whole: made 20" in capsys.readouterr().out
    assert not place.exists()


def test_a_refusal_says_why_and_the_way_out(site: Site, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup = site.make()
    backup.write_bytes(backup.read_bytes()[:-1])
    for arguments in ([str(backup)], ["--check", str(backup)]):
        assert restore.main(arguments) == 1
        said = capsys.readouterr().err
        assert ("is damaged" in said, "Use another backup" in said) == (True, True)
    assert not place.exists()


def test_doubts_of_when_it_was_made_are_told_again(site: Site, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site.data / "files/01/0123456789abcdef0123456789abcdef").unlink()
    backup = site.make()
    restore.main(["--check", str(backup)])
    restore.main([str(backup)])
    assert capsys.readouterr().out.count("names a file that is not there") == 2
