"""Run a contender in a process of its own, and print figures beside the peer's or the limit's."""

import argparse
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def in_passing_room(
    name: str, measure: Callable[[argparse.Namespace, Path], int], arguments: list[str] | None, **counts: int
) -> int:
    """Read ``--database`` and whole numbers with what they are by default, and measure in a folder that goes again."""
    parser = argparse.ArgumentParser(prog=f"./soyol bench {name}")
    for each, usual in counts.items():
        parser.add_argument(f"--{each}", type=int, default=usual)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
        return measure(options, Path(room))


@dataclass(frozen=True)
class Run:
    """One process that has ended. ``peak``: largest resident set of it or of a child, in bytes; 0 if stopped."""

    code: int
    seconds: float
    peak: int
    output: str  # the last lines of what it said

    @property
    def ended_well(self) -> bool:
        """Whether the process ended with exit code 0."""
        return self.code == 0


def timed(arguments: Sequence[str | Path], *, extra: Mapping[str, str] | None = None, within: float = 3600.0) -> Run:
    """Run this Python with ``arguments`` in the project's root; stop it after ``within`` seconds (code -9)."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **(extra or {})}
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        figures = Path(folder) / "figures"
        alone = [sys.executable, "-S", "-E", str(ROOT / "benchmarks" / "alone.py"), str(figures), sys.executable]
        start = time.perf_counter()
        process = subprocess.Popen(
            [*alone, *(str(each) for each in arguments)],
            cwd=ROOT,
            env=environment,
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            _stop(process)
        except KeyboardInterrupt:
            _stop(process)
            raise
        seconds = time.perf_counter() - start
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
        code, peak = (int(each) for each in figures.read_text().split()) if figures.exists() else (-signal.SIGKILL, 0)
    scale = 1 if sys.platform == "darwin" else 1024  # Linux counts kilobytes
    return Run(code, seconds, peak * scale, "\n".join(text.splitlines()[-12:]))


def _stop(process: "subprocess.Popen[bytes]") -> None:
    os.killpg(process.pid, signal.SIGKILL)  # the session that ``timed`` started for it, and no other
    process.wait()


def machine() -> str:
    """One line about the machine, without its name."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    return (
        f"{os.cpu_count()} cores, {pages / 2**30:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


@dataclass(frozen=True)
class Steadiness:
    """How long a small piece of arithmetic takes here, in ms: at best, in the middle, the slowest twentieth.

    On a machine of one's own the three are nearly one; where others use the cores too, every p95 has that in it.
    """

    best: float
    middle: float
    slow: float

    def __str__(self) -> str:
        told = ((self.best, "at best"), (self.middle, "p50"), (self.slow, "p95"))
        return "the same arithmetic: " + ", ".join(f"{each:.1f} ms {at} ({each / self.best:.2f})" for each, at in told)


def steadiness(times: int = 100) -> Steadiness:
    """Do the same arithmetic ``times`` times."""
    taken = sorted(_small_work() for _ in range(times))
    return Steadiness(*(taken[at] * 1000 for at in (0, times // 2, times * 95 // 100)))


def _small_work() -> float:
    began, found = time.perf_counter(), {}
    for at in range(200_000):
        found[at & 1023] = at
    return time.perf_counter() - began


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool = False) -> str:
    """A table as text: the first column to the left, figures to the right."""
    if markdown:
        lines = [" | ".join(head), " | ".join("---" if n == 0 else "---:" for n in range(len(head)))]
        return "\n".join(f"| {line} |" for line in [*lines, *(" | ".join(row) for row in rows)])
    widths = [max(len(row[n]) for row in [head, *rows]) for n in range(len(head))]
    lines = []
    for row in [head, *rows]:
        cells = zip(row, widths, strict=True)
        lines.append("  ".join(cell.rjust(width) if n else cell.ljust(width) for n, (cell, width) in enumerate(cells)))
    return "\n".join(lines)


def share(value: float) -> str:
    """A share as lists of figures write it: .943."""
    return f"{value:.3f}".lstrip("0") if 0 <= value < 1 else f"{value:.3f}"


def memory(peak: int) -> str:
    """Bytes as GB with two decimals."""
    return f"{peak / 1e9:.2f} GB"


def ratio(value: float, reference: float) -> str:
    """How ``value`` compares with a peer or a limit: 0.42×; a dash without reference."""
    return f"{value / reference:.2f}×" if reference else "–"
