"""The cage: whatever happens in it, only the child ends, and the caller has a reason within a second."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soyol.intake import Limits, Reading, door, limits, read

from .test_hostile import far

BIG = "Нэр,Утас,Хот\n" + "Бат,99112233,Улаанбаатар\n" * 400_000


def children() -> set[str]:
    """Processes of ours that run a cage."""
    found = set()
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                command = (each / "cmdline").read_bytes()
                parent = (each / "stat").read_text().rsplit(")", 1)[1].split()[1]
            except OSError:
                continue
            if b"soyol.intake.cage" in command and int(parent) == os.getpid():
                found.add(each.name)
    return found


@pytest.mark.long
def test_cancelling_kills_within_a_second_and_leaves_nothing(tmp_path: Path) -> None:
    path, into = tmp_path / "big.csv", tmp_path / "raw"
    path.write_text(BIG * 3)
    asked: list[float] = []

    def cancelled() -> bool:
        asked.append(time.monotonic())
        return len(list(into.glob("s*.arrow"))) > 1

    reading = read(path, into, cancelled=cancelled)
    assert time.monotonic() - asked[-1] < 1.0
    assert reading.refused is not None
    assert reading.refused.code == "intake.cancelled"
    assert [each.name for each in into.iterdir()] == ["reading.json"]
    assert children() == set()


def test_too_little_memory_is_a_reason(read_bytes: Callable[..., Reading]) -> None:
    refused = read_bytes(BIG.encode(), limits=Limits(memory=180 * 1024 * 1024)).refused
    assert refused is not None
    assert refused.code in {"intake.too_much_memory", "intake.reader_died"}


def test_too_much_time_is_a_reason(read_bytes: Callable[..., Reading]) -> None:
    refused = read_bytes((BIG * 4).encode(), limits=Limits(wall_seconds=0)).refused
    assert refused is not None
    assert (refused.code, refused.params) == ("intake.too_slow", {"limit": 0})


@pytest.mark.long
def test_too_much_computing_is_a_reason(read_bytes: Callable[..., Reading]) -> None:
    text = "Нэр,Утас\n" + 'Б"ат,"99112233"x\n' * 1_500_000
    refused = read_bytes(text.encode(), limits=Limits(cpu_seconds=1)).refused
    assert refused is not None
    assert (refused.code, refused.params) == ("intake.too_slow", {"limit": 1})


@pytest.mark.long
def test_a_full_disk_is_a_reason(read_bytes: Callable[..., Reading]) -> None:
    refused = read_bytes(BIG.encode(), limits=Limits(written_bytes=100_000)).refused
    assert refused is not None
    assert refused.code == "intake.disk_full"


def test_a_reader_that_dies_is_looked_into(read_bytes: Callable[..., Reading]) -> None:
    """With the limit of cells out of the way, the far cell kills calamine itself; the second look names the cell."""
    reading = read_bytes(far("XFD1048576"), "x.xlsx")
    assert reading.refused is not None
    assert reading.refused.code == "intake.far_cell"


@pytest.mark.long
def test_keys_and_addresses_of_the_site_do_not_reach_the_cage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, dict[str, str]] = {}
    import subprocess

    popen = subprocess.Popen

    class Spy(popen):  # type: ignore[type-arg, misc, valid-type]
        def __init__(self, *args: object, **kwargs: object) -> None:
            seen["env"] = kwargs["env"]  # type: ignore[assignment]
            super().__init__(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setenv("SOYOL_SECRET_KEY", "canary")
    monkeypatch.setattr(subprocess, "Popen", Spy)
    path = tmp_path / "a.csv"
    path.write_text("Нэр,Утас\nБат,99112233\n")
    assert read(path, tmp_path / "raw").rows == 1
    assert "canary" not in seen["env"].values()
    assert not {name for name in seen["env"] if name.startswith(("SOYOL", "DATABASE", "DJANGO"))}


@pytest.mark.long
def test_a_cage_that_stands_by_reads_one_file_as_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Нэр,Утас\nБат,99112233\n")
    expected = read(path, tmp_path / "raw")
    started = count_starts(monkeypatch)
    door.prepare()
    door.prepare()
    waiting = door._next.standing.cage
    assert (started, waiting.poll()) == (["--stand-by"], None)
    assert read(path, tmp_path / "raw") == expected
    assert (door._next.standing, waiting.returncode) == (None, 0)
    assert read(path, tmp_path / "raw") == expected
    assert started == ["--stand-by", ""]


@pytest.mark.long
@pytest.mark.parametrize("why", ["dead", "old"])
def test_a_cage_that_can_not_be_used_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Нэр,Утас\nБат,99112233\n")
    door.prepare()
    waiting = door._next.standing.cage
    if why == "dead":
        waiting.kill()
        waiting.wait()
    else:
        door._next.standing.since -= limits.IDLE + 1
    started = count_starts(monkeypatch)
    assert read(path, tmp_path / "raw").rows == 1
    assert (started, waiting.poll()) == ([""], -9)


@pytest.mark.long
def test_a_cage_that_stands_by_ends_with_its_thread() -> None:
    waiting: list[Any] = []

    def work() -> None:
        door.prepare()
        waiting.append(door._next.standing.cage)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert waiting[0].wait(timeout=5) == -9


def count_starts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options with which cages are started from now on."""
    started: list[str] = []
    start = door._start

    def counted(*options: str) -> Any:
        started.append(" ".join(options))
        return start(*options)

    monkeypatch.setattr(door, "_start", counted)
    return started


@pytest.mark.long
def test_progress_is_told_and_a_second_reading_replaces_the_first(tmp_path: Path) -> None:
    path, into = tmp_path / "a.csv", tmp_path / "raw"
    path.write_text(BIG)
    told: list[tuple[int, int]] = []
    assert read(path, into, progress=lambda done, total: told.append((done, total))).rows == 400_000
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    path.write_text("Нэр,Утас\nБат,99112233\n")
    reading = read(path, into)
    assert (reading.rows, len(list(into.glob("s*")))) == (1, 1)
    assert Reading.load(into) == reading


def test_a_missing_file_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.csv", tmp_path / "raw")


@pytest.mark.slow
def test_ten_million_rows_are_read_in_constant_memory(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import resource, sys; from pathlib import Path; from soyol.intake import read;"
        "r = read(Path(sys.argv[1]), Path(sys.argv[2]));"
        "print(r.rows, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )

    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        with path.open("w") as file:
            file.write("№,Овог,Нэр,Утас,Аймаг,Мэргэжил,И-мэйл,Төрсөн он\n")
            block = "".join(
                f"{n},Дорж,Бат{n},99112233,Улаанбаатар,Дуучин,b{n}@example.org,1985\n" for n in range(100_000)
            )
            for _ in range(rows // 100_000):
                file.write(block)
        root = Path(__file__).parents[2] / "src"
        run = subprocess.run(
            [sys.executable, "-c", code, str(path), str(tmp_path / "raw")],
            capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(root)},
        )  # fmt: skip
        path.unlink()
        count, megabytes = map(int, run.stdout.split())
        assert count == rows
        return megabytes

    small = peak(100_000)
    assert peak(10_000_000) - small < 150
