"""One site to a data folder, for as long as one of its processes lives."""

import subprocess
import sys
from pathlib import Path

import pytest

from launch import say, tenancy


def test_a_second_site_is_refused_with_the_address_of_the_first(tmp_path: Path) -> None:
    with (
        tenancy.held(tmp_path, "http://localhost:8001/"),
        pytest.raises(say.Stopped, match=r"already runs on the data folder .*, at http://localhost:8001/") as refused,
        tenancy.held(tmp_path, "http://localhost:8002/"),
    ):
        pytest.fail("two sites hold one folder")
    assert (refused.value.code, "--data DIR" in refused.value.way_out) == (3, True)


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    for port in (8001, 8002):
        with tenancy.held(tmp_path, f"http://localhost:{port}/"):
            assert (tmp_path / tenancy.NAME).read_text() == f"http://localhost:{port}/"


def test_a_process_that_outlives_its_launcher_keeps_the_folder(tmp_path: Path) -> None:
    with tenancy.held(tmp_path, "http://localhost:8001/") as lock:
        orphan = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(lock,))
    with pytest.raises(say.Stopped), tenancy.held(tmp_path, "http://localhost:8002/"):
        pytest.fail("the folder was free while a process of the site lived")
    orphan.communicate(b"\n")
    with tenancy.held(tmp_path, "http://localhost:8003/"):
        assert orphan.returncode == 0
