"""Folders of plain rows: gone when the work ends, and gone before the next work when a process was killed."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from soyol.jobs import registry
from soyol.sources.queries import workroom


def test_a_room_is_ours_alone_and_gone_afterwards() -> None:
    with workroom.workroom() as room:
        assert room.stat().st_mode & 0o077 == 0
        (room / "rows").write_text("Anna Bell")
    assert not room.exists()


@pytest.mark.django_db
def test_a_worker_takes_away_what_a_killed_process_left() -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = workroom.folder() / f"{gone.stdout.decode().strip()}-room"
    left.mkdir(parents=True)
    (left / "rows").write_text("Anna Bell")
    with workroom.workroom() as ours:
        pass
    left.mkdir(exist_ok=True)
    for chore in registry.starting_chores():
        chore()
    assert not left.exists()
    assert not ours.exists()


@pytest.mark.parametrize(("age", "stays"), [(0, True), (workroom.FORGOTTEN_SECONDS + 60, False)])
def test_a_room_in_use_stays_unless_it_is_forgotten(age: int, stays: bool) -> None:
    room = workroom.folder() / f"{os.getpid()}-in-use"
    room.mkdir(parents=True, exist_ok=True)
    then = time.time() - age
    os.utime(room, (then, then))
    workroom.sweep()
    assert room.exists() is stays
    if stays:
        room.rmdir()


def test_a_room_that_another_thread_takes_away_meanwhile_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with workroom.workroom() as room:
        gone = room.with_name(f"{os.getpid()}-gone")
        gone.mkdir()
        stat = Path.stat

        def taken_away(self: Path, **options: Any) -> os.stat_result:
            if self == gone:
                raise FileNotFoundError(self)
            return stat(self, **options)

        monkeypatch.setattr(Path, "stat", taken_away)
        with workroom.workroom() as other:
            assert other.exists()
        assert room.exists()
