"""Erasing in real processes, on the database of the run: bytes on disk, old backups, kills."""

import contextlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.backups.conftest import PASSPHRASE
from tests.factories.instances import ROOT, Instance
from tests.jobs.conftest import instance, make_instance
from tests.rights.site import WORDS

__all__ = ["instance", "make_instance"]
pytestmark = pytest.mark.slow


@pytest.fixture
def site(instance: Instance) -> Instance:
    """A site whose list was backed up yesterday."""
    instance.environment["SOYOL_BACKUP_PASSPHRASE"] = PASSPHRASE
    return instance


def _do(site: Instance, call: str) -> Any:
    return site.python(f"from tests.rights.site import *\n{call}")


def _run(site: Instance, *arguments: str | Path) -> None:
    command = [sys.executable, "-m", *arguments]
    subprocess.run(command, env=site._environment(), cwd=ROOT, check=True, capture_output=True, timeout=120)


def _on_disk(place: Path) -> list[tuple[str, str]]:
    """Words of the person in any byte of the place, the database and its log included."""
    files = [path for path in place.rglob("*") if path.is_file()]
    return [(path.name, word) for path in files for word in WORDS if word.encode() in path.read_bytes()]


def test_no_byte_is_left_and_yesterdays_backup_brings_nothing_back(site: Instance, tmp_path: Path) -> None:
    told = _do(site, "tell(fill())")
    number = told["number"]
    assert {word for _place, word in _do(site, "tell(left())")} >= {"Kanariqa", "88997766"}
    _run(site, "config.manage", "backup", tmp_path / "yesterday.backup")
    before = _do(site, f"tell(others({number!r}))")

    _do(site, f"erase_all({number!r})")
    assert _do(site, "tell(left())") == []
    assert _on_disk(site.folder) == []
    after = _do(site, f"tell(others({number!r}))")
    assert [row for row in after if "SourceRecord" not in row and row not in before] == []

    _run(site, "config.restore", tmp_path / "yesterday.backup", "--replace")
    assert _do(site, "tell(left())") != []
    site.manage("prepare")
    assert _do(site, "tell(left())") == []
    assert _on_disk(site.folder) == []


@pytest.mark.parametrize("after", [0.02, 0.1, 0.25, 0.5])
def test_a_killed_erasure_is_finished_by_the_next(site: Instance, after: float) -> None:
    number = _do(site, "tell(fill())")["number"]
    code = f"from tests.rights.site import *\nerase_all({number!r}, dies_after={after})"
    with contextlib.suppress(AssertionError):  # it was killed
        site.python(code)
    _do(site, f"erase_all({number!r})")
    assert _do(site, "tell(left())") == []
    assert _on_disk(site.folder) == []
