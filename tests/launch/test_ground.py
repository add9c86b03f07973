import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from launch import ground, say


def test_a_full_disk_is_told_before_anything_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ground, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(ground, "PYTHON", tmp_path / ".venv/bin/python")
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(ground.shutil, "disk_usage", lambda _: usage._replace(free=5_000_000))
    with pytest.raises(say.Stopped, match="5 MB free, about 1200 MB needed") as refused:
        ground.ensure("base")
    assert "Free some room" in refused.value.way_out
    assert not (tmp_path / ".venv").exists()


def test_of_two_commands_the_second_waits_until_the_first_has_set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ground, "VENV", tmp_path / ".venv")
    order: list[str] = []
    inside, go_on = threading.Event(), threading.Event()

    def slow(name: str) -> None:
        order.append(f"{name} begins")
        if name == "base":
            inside.set()
            assert go_on.wait(20)
        order.append(f"{name} ends")

    monkeypatch.setattr(ground, "_ensure", slow)
    first = threading.Thread(target=ground.ensure, args=("base",))
    second = threading.Thread(target=ground.ensure, args=("test",))
    first.start()
    assert inside.wait(20)
    second.start()
    second.join(0.3)
    go_on.set()
    first.join(20)
    second.join(20)
    assert order == ["base begins", "base ends", "test begins", "test ends"]
    said = capsys.readouterr()
    assert "waiting for it" in said.out + said.err


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Let the next process of the set-up fail with words; the environment is one that does not exist yet."""
    monkeypatch.setattr(ground, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(ground, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(ground, "_check_room", lambda _: None)

    def fail(said: str) -> None:
        (tmp_path / ".venv").mkdir(exist_ok=True)
        done = subprocess.CompletedProcess([], 1, "", said)
        monkeypatch.setattr(ground.subprocess, "run", lambda *_, **__: done)

    return fail


@pytest.mark.parametrize(
    ("said", "why", "way_out"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full while making .venv", "Free some room"),
        ("Error: ensurepip is not available", "could not make a virtual environment: Error: ensurepip", "python3-venv"),
    ],
)
def test_an_environment_that_cannot_be_made_says_why_and_leaves_nothing_behind(
    ends: Callable[[str], None], said: str, why: str, way_out: str
) -> None:
    ends(said)
    with pytest.raises(say.Stopped, match=why) as refused:
        ground.ensure("base")
    assert way_out in refused.value.way_out
    assert not ground.VENV.exists()


@pytest.mark.parametrize(
    ("said", "why", "way_out"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk filled up while", "Free some room"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "does not match its hash", "Do not install it"),
        ("Failed to establish a new connection", "index cannot be reached", "Connect to the network"),
        ("error: metadata-generation-failed", "metadata-generation-failed", "run the same command again"),
    ],
)
def test_packages_that_cannot_be_installed_say_why_and_are_tried_again_next_time(
    ends: Callable[[str], None], said: str, why: str, way_out: str
) -> None:
    ends(said)
    with pytest.raises(say.Stopped, match=why) as refused:
        ground._install("base")
    assert way_out in refused.value.way_out
    assert list(ground.VENV.iterdir()) == []


def test_every_lock_carries_hashes_and_no_address() -> None:
    for lock in ground.LOCKS.glob("*.txt"):
        rows = lock.read_text(encoding="utf-8").splitlines()
        packages = [row for row in rows if "==" in row]
        assert packages, lock.name
        assert [row for row in packages if not row.endswith("\\")] == [], f"{lock.name}: packages without a hash"
        assert [row for row in rows if "://" in row] == [], f"{lock.name}: an address in a lock"


def test_locks_agree_on_every_version() -> None:
    seen: dict[str, set[str]] = {}
    for lock in ground.LOCKS.glob("*.txt"):
        for row in lock.read_text(encoding="utf-8").splitlines():
            if "==" in row:
                requirement = row.removesuffix(" \\")
                package, _, marker = requirement.partition(";")
                seen.setdefault(f"{package.split('==')[0]};{marker.strip()}", set()).add(package.strip())
    assert {name: versions for name, versions in seen.items() if len(versions) > 1} == {}
