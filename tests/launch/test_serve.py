"""From the set-up to processes that run: what is refused, what is asked of ``prepare``, who is started again."""

import json
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from launch import ground, say, serve


class Process:
    """A process that runs, or has ended with ``code``."""

    def __init__(self, code: int | None = None) -> None:
        self.code = code

    def poll(self) -> int | None:
        return self.code


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> serve._Processes:
    """A site whose web server runs; nobody sleeps."""
    monkeypatch.setattr(serve.time, "sleep", lambda _: None)
    made = serve._Processes({}, 8000)
    made.running = {"web": Process(), "worker": Process()}  # type: ignore[dict-item]
    return made


def test_a_data_folder_that_cannot_be_written_is_refused_before_anything_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ground, "ensure", lambda *_: pytest.fail("installed before looking at the folder"))
    monkeypatch.setattr(serve, "_check_port", lambda _: None)
    (tmp_path / "file").write_text("", encoding="utf-8")
    where = tmp_path / "file" / "data"
    with pytest.raises(say.Stopped, match=f"the data folder {where} cannot be written: Not a directory") as refused:
        serve.up(["--data", str(where)])
    assert refused.value.way_out == "Choose another:  ./soyol up --data DIR"


def test_a_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    made = serve._data_folder(tmp_path / "a" / "data")
    assert made.stat().st_mode & 0o077 == 0
    assert list(made.iterdir()) == []


@pytest.mark.parametrize("sample", [True, False])
def test_sample_material_is_loaded_unless_it_is_not_wanted(sample: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def run(command: list[Any], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.extend(command)
        links = [{"name": "Artist", "path": "/enter/x/"}] if sample else []
        Path(command[command.index("--links-to") + 1]).write_text(json.dumps(links), encoding="utf-8")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(serve.subprocess, "run", run)
    assert [link["name"] for link in serve._prepare({}, sample=sample)] == (["Artist"] if sample else [])
    assert ("--sample" in asked) is sample


def test_up_hands_on_that_no_sample_is_wanted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr(serve, "_check_port", lambda _: None)
    monkeypatch.setattr(ground, "ensure", lambda *_: None)
    monkeypatch.setattr(serve.frontend, "ensure", lambda: True)
    monkeypatch.setattr(serve, "_prepare", lambda _, *, sample: asked.update(sample=sample) or [])
    monkeypatch.setattr(serve._Processes, "serve", lambda _, links: len(links))
    assert serve.up(["--data", str(tmp_path), "--no-sample"]) == 0
    assert asked == {"sample": False}


def test_a_site_that_cannot_be_prepared_ends_with_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 7))
    with pytest.raises(say.Stopped, match="could not be prepared; the reason is above") as refused:
        serve._prepare({}, sample=True)
    assert (refused.value.code, "goes on where it stopped" in refused.value.way_out) == (7, True)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock whose every look is half a second later."""
    now = [1000.0]

    def look() -> float:
        now[0] += 0.5
        return now[0]

    monkeypatch.setattr(serve.time, "monotonic", look)
    return now


def test_a_worker_that_dies_is_started_again_after_ever_longer_pauses(
    processes: serve._Processes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    clock: list[float],
) -> None:
    started: list[float] = []

    def start(name: str) -> None:
        assert name == "worker"
        started.append(clock[0])
        processes.worker_since = clock[0]
        processes.running[name] = Process(code=1)  # type: ignore[assignment]
        processes.asked_to_stop = len(started) == 8

    processes.running["worker"] = Process(code=-9)  # type: ignore[assignment]
    processes.worker_since = clock[0]
    monkeypatch.setattr(processes, "_start", start)
    assert processes._watch() == 0
    pauses = [round(after - before) for before, after in pairwise(started)]
    assert pauses == sorted(pauses)
    assert pauses[0] < 8
    assert serve.LONGEST_PAUSE <= pauses[-1] <= serve.LONGEST_PAUSE + 3
    told = capsys.readouterr().out
    assert told.count("starting it again") == 2
    assert "8 times in a row; its reason is above" in told


def test_a_worker_that_lived_is_started_again_soon(processes: serve._Processes, clock: list[float]) -> None:
    processes.short_lives, processes.worker_since = 5, clock[0] - serve.LIVED
    assert (processes._pause(), processes.short_lives) == (1, 0)


def test_a_web_server_that_dies_ends_the_site_with_a_reason(processes: serve._Processes) -> None:
    processes.running["web"] = Process(code=1)  # type: ignore[assignment]
    with pytest.raises(say.Stopped, match="the web server ended by itself") as refused:
        processes._watch()
    assert refused.value.code == 4


def test_the_web_server_is_bound_to_this_machine_only(processes: serve._Processes) -> None:
    command = processes._command("web")
    assert command[command.index("--bind") + 1] == "127.0.0.1:8000"
