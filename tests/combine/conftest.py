"""Runs of the real command in a process of its own, without a terminal."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"

Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(**changes: str) -> dict[str, str]:
    """The present environment with the sources on the path, English words, and what else is given."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8", **changes}


@pytest.fixture
def run() -> Run:
    """Call the command with arguments; it gets no input and two minutes."""

    def call(*arguments: object, **changes: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "soyol.combine", *(str(each) for each in arguments)]
        return subprocess.run(
            command,
            env=environment(**changes),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def mongolian() -> list[Path]:
    """The eight invented Mongolian lists."""
    return sorted((SAMPLES / "mn").iterdir())


@pytest.fixture
def two_lists(tmp_path: Path) -> list[Path]:
    """Two small lists with one person and one company in both."""
    people = tmp_path / "members.csv"
    people.write_text(
        "Surname,Given name,Date of birth,Phone\nSmith,Johanna,1971-05-02,+4420555001\nOrwell,Peter,1980-01-31,\n",
        encoding="utf-8",
    )
    guests = tmp_path / "guests.csv"
    guests.write_text('Name;Born\n"Smith, Johanna";1971-05-02\nKarl Adler;1950-11-11\n', encoding="utf-8")
    return [people, guests]
