"""Plain lists on disk: nothing is left of them, whatever becomes of the process that reads."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from soyol.files import plain
from soyol.intake import read
from soyol.jobs import registry

pytestmark = pytest.mark.django_db
CANARY = b"name,phone\nAnna Bell,99112233\n"

#: Writes a plain file, says where, and waits to be killed.
HOLDER = """
import sys, time, django
django.setup()
from pathlib import Path
from soyol.files import plain
if sys.argv[1] == "named":
    plain.DESCRIPTORS = Path("/nowhere")
with plain.written([b"name,phone\\n", b"Anna Bell,99112233\\n"]) as path:
    print(path, flush=True)
    time.sleep(60)
"""


def holder(folder: Path, how: str) -> "subprocess.Popen[str]":
    told = {**os.environ, "SOYOL_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", HOLDER, how], env=told, stdout=subprocess.PIPE, text=True)


def killed(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def left() -> list[bytes]:
    return [each.read_bytes() for each in plain.folder().iterdir()]


def test_a_file_has_no_name_and_can_be_read_in_the_cage(tmp_path: Path) -> None:
    with plain.written([CANARY]) as path:
        assert left() == []
        reading = read(path, tmp_path / "raw", name="list.csv")
    assert (reading.source, reading.rows, path.exists()) == ("list", 1, False)


def test_a_kill_leaves_nothing(tmp_path: Path) -> None:
    process = holder(plain.folder().parent, "nameless")
    assert process.stdout is not None
    assert Path(process.stdout.readline().strip()).read_bytes() == CANARY
    killed(process)
    assert left() == []


def test_where_a_file_needs_a_name_the_next_start_takes_away_what_a_kill_left(tmp_path: Path) -> None:
    process = holder(plain.folder().parent, "named")
    assert process.stdout is not None
    assert Path(process.stdout.readline().strip()).read_bytes() == CANARY
    assert (plain.sweep(), left()) == (0, [CANARY])  # somebody reads it
    killed(process)
    assert left() == [CANARY]
    assert (plain.sweep(), left()) == (1, [])


def test_every_worker_sweeps_at_its_start() -> None:
    assert plain.sweep in registry.starting_chores()


def test_there_is_nothing_to_sweep_before_the_first_file() -> None:
    assert plain.sweep() == 0
