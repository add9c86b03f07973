"""``manage backup``: what it says, and with which code it ends."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from soyol.backups.queries import check
from tests.backups.conftest import PASSPHRASE, Site, site

__all__ = ["site"]


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOYOL_BACKUP_PASSPHRASE", PASSPHRASE)


def _run(to: Path) -> str:
    told = io.StringIO()
    call_command("backup", to, stdout=told, stderr=told)
    return told.getvalue()


def test_it_says_how_much_was_kept_and_what_to_do_with_the_passphrase(site: Site) -> None:
    said = _run(site.backups / "one.backup")
    assert "5 files, 7 rows in 4 tables." in said
    assert "Without the passphrase nobody can open it" in said
    assert "Reading back what was written" in said
    check(site.backups / "one.backup", PASSPHRASE)


def test_a_refusal_says_the_way_out(site: Site) -> None:
    with pytest.raises(CommandError, match=r"there is no folder .*\nName a file in a folder that is there") as refused:
        _run(site.backups / "nowhere" / "one.backup")
    assert refused.value.returncode == 1


def test_a_site_that_is_not_whole_is_backed_up_with_another_code(site: Site) -> None:
    (site.data / "files/01/0123456789abcdef0123456789abcdef").unlink()
    with pytest.raises(CommandError, match="the backup was made, but the site is not whole") as doubt:
        _run(site.backups / "one.backup")
    assert doubt.value.returncode == 3
    check(site.backups / "one.backup", PASSPHRASE)
