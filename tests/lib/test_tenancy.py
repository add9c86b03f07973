"""A data folder has many users or one owner, never both."""

import subprocess
import sys
from pathlib import Path

import pytest

import launch.tenancy
from soyol.lib import tenancy

HOLD = """
import sys
from pathlib import Path
from soyol.lib import tenancy
tenancy.enter(Path(sys.argv[1]))
print("in", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def process(tmp_path: Path):
    """A process of a site that lives until its input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "in\n"
    yield holder
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()


def test_nobody_is_alone_beside_a_process_of_the_site(process, tmp_path: Path) -> None:
    with pytest.raises(tenancy.Occupied), tenancy.alone(tmp_path):
        pass
    process.kill()
    process.wait()
    with tenancy.alone(tmp_path):
        pass


def test_many_processes_enter_together(process, tmp_path: Path) -> None:
    tenancy.enter(tmp_path)


def test_nobody_enters_where_somebody_must_be_alone(tmp_path: Path) -> None:
    with tenancy.alone(tmp_path), pytest.raises(tenancy.Occupied):
        tenancy.enter(tmp_path)
    tenancy.enter(tmp_path)


def test_a_site_that_is_up_is_named_with_its_address(tmp_path: Path) -> None:
    with (
        launch.tenancy.held(tmp_path, "http://localhost:8000/"),
        pytest.raises(tenancy.Occupied, match="is in use at http://localhost:8000/") as taken,
        tenancy.alone(tmp_path),
    ):
        pass
    assert taken.value.where == "http://localhost:8000/"


def test_launcher_and_site_mean_the_same_lock() -> None:
    assert launch.tenancy.NAME == tenancy.SITE


def test_what_a_living_process_holds_is_told_from_what_a_dead_one_left(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    assert not tenancy.is_held(room)
    with tenancy.held(room):
        assert tenancy.is_held(room)
    assert not tenancy.is_held(room)
