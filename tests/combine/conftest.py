"""Runs of the command: in this process for most tests, in one of its own where the process itself is the matter."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from soyol.combine.cli import main

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"


@dataclass(frozen=True)
class Ended:
    """How a run ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]


def environment(**changes: str) -> dict[str, str]:
    """The present environment with the sources on the path, English words, and what else is given."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8", **changes}


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, reads_here: None) -> Run:
    """Call the command with arguments, in this process and without a terminal; its files are read here too."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: object) -> Ended:
        capfd.readouterr()
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as left:
            code = int(str(left.code))
        said = capfd.readouterr()
        return Ended(code, said.out, said.err)

    return call


@pytest.fixture
def run_apart() -> Run:
    """Call the command in a process of its own, with changes to its environment."""

    def call(*arguments: object, **changes: str) -> Ended:
        command = [sys.executable, "-m", "soyol.combine", *(str(each) for each in arguments)]
        done = subprocess.run(
            command,
            env=environment(**changes),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def two_lists(tmp_path: Path) -> list[Path]:
    """Two small lists with one person in both."""
    people = tmp_path / "members.csv"
    people.write_text(
        "Surname,Given name,Date of birth,Phone\nSmith,Johanna,1971-05-02,+4420555001\nOrwell,Peter,1980-01-31,\n",
        encoding="utf-8",
    )
    guests = tmp_path / "guests.csv"
    guests.write_text('Name;Born\n"Smith, Johanna";1971-05-02\nKarl Adler;1950-11-11\n', encoding="utf-8")
    return [people, guests]
