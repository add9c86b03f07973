"""Who may be in a data folder together with whom, and what does not start after a restore."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from config import place
from soyol.backups import note
from soyol.lib import tenancy


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.SOYOL_DATA = tmp_path
    return tmp_path


def test_many_processes_of_a_site_are_in_its_folder(data: Path) -> None:
    place.enter(serves=True)
    place.enter(serves=False)
    assert (data / tenancy.PROCESS).exists()


def test_nobody_enters_while_a_restore_is_at_work(data: Path) -> None:
    with tenancy.alone(data), pytest.raises(SystemExit, match="is being restored from a backup"):
        place.enter(serves=False)


def test_after_a_restore_commands_run_and_nothing_serves_before_it_is_finished(data: Path) -> None:
    note.leave(data, note.Note("aa", "2026-11-27T09:00:00+00:00"))
    place.enter(serves=False)
    with pytest.raises(SystemExit, match=r"Run  \./soyol manage prepare"):
        place.enter(serves=True)
    note.take_away(data)
    place.enter(serves=True)
