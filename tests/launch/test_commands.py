"""The launcher's doors, tried as a user would: as a process, from outside."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def launcher(*arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **extra}
    return subprocess.run(
        [sys.executable, "soyol", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )


def test_help_names_every_command_of_the_readme() -> None:
    told = launcher("help").stdout
    assert [
        word
        for word in ("up", "backup", "restore", "test", "combine", "bench", "manage")
        if f"./soyol {word}" not in told
    ] == []


def test_an_unknown_command_is_refused_with_the_list_of_known_ones() -> None:
    done = launcher("serve")
    assert done.returncode == 2
    assert "no command “serve”" in done.stderr
    assert "./soyol up" in done.stderr


def test_a_taken_port_is_named_with_another_one_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = launcher("up", "--port", str(port))
    assert done.returncode == 3
    assert f"port {port} on this machine cannot be used" in done.stderr
    assert "./soyol up --port" in done.stderr


def test_a_port_that_cannot_exist_is_refused() -> None:
    done = launcher("up", "--port", "70000")
    assert done.returncode == 3
    assert "no port 70000" in done.stderr


def test_a_python_that_is_too_old_is_told_which_one_it_needs() -> None:
    pretend = (
        "import sys, runpy; sys.version_info = (3, 8, 0, 'final', 0); sys.argv = ['./soyol', 'up'];"
        "runpy.run_path('soyol', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend],
        cwd=ROOT,
        env={"PATH": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "needs Python 3.11 or newer; this is Python 3.8" in done.stderr


@pytest.mark.slow
def test_without_network_and_cache_the_way_out_is_told(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    done = subprocess.run(
        [sys.executable, "soyol", "manage", "check"],
        cwd=clone,
        # A port that nothing listens on stands for a network that is not there.
        env={
            **os.environ,
            "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
            "PIP_NO_CACHE_DIR": "1",
            "PIP_CONFIG_FILE": os.devnull,
        },
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 1
    assert "package index cannot be reached" in done.stderr
    assert "Connect to the network" in done.stderr
    assert not (clone / ".venv" / ".soyol-base").exists()
