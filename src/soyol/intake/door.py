"""``read``: the only door through which a file comes in. It parses nothing itself; a caged process does.

Whatever the file does to its reader (bombs, far cells, endless loops), this process and the machine go on, and
the caller gets a reason in words.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO, Any

from soyol.intake import caged, unseen
from soyol.intake.layout import plain
from soyol.intake.limits import IDLE, Limits
from soyol.intake.problems import Problem
from soyol.intake.reading import FILE, Reading

#: How often the caller is asked whether to stop; a cancelled reading is dead in well under a second.
BEAT = 0.2

Progress = Callable[[int, int], None]


def read(
    path: Path,
    into: Path,
    *,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] | None = None,
    progress: Progress | None = None,
    headings: Collection[str] = (),
    name: str | None = None,
) -> Reading:
    """Read a file of any known format into raw rows under ``into``; never raises for what is in the file.

    ``headings`` are headings that the country pack knows (any spelling), which help to find where a list begins.
    ``name`` is the file's name as its sender gave it, when ``path`` has another. ``progress`` is called with bytes
    done and bytes in all. A refused file gives a reading without sheets and with the reason in ``refused``.
    Raises ``FileNotFoundError`` when there is no such file.
    """
    limits = limits or Limits()
    # The path may be of a file without a name (/proc/…/fd/…), which opens but does not resolve.
    path, into = Path(path).absolute(), Path(into).resolve()
    path.stat()
    into.mkdir(parents=True, exist_ok=True)
    _clear(into)
    name = unseen.seen(name or path.name)
    source = name.rsplit(".", 1)[0] if "." in name.strip(".") else name
    orders = {
        "path": str(path),
        "into": str(into),
        "source": source,
        "file": name,
        "limits": limits.as_json(),
        "headings": sorted(set(map(plain, headings))),
    }
    refused = _run(orders, limits, cancelled, progress)
    if refused is None:
        return Reading.load(into).moved(into)
    if refused.code == "intake.reader_died":
        refused = _reason(orders, limits, cancelled) or refused
    _clear(into)
    reading = Reading(source, name, into, refused=refused)
    reading.save()
    return reading


def _clear(into: Path) -> None:
    """Take away what an earlier reading left; only its own files."""
    for pattern in ("s[0-9]*-*.arrow", FILE, f"{FILE}.part"):
        for each in into.glob(pattern):
            each.unlink()


def _reason(orders: dict[str, Any], limits: Limits, cancelled: Callable[[], bool] | None) -> Problem | None:
    """Ask a second caged process, which only scans, why the first one died."""
    if _run(orders | {"diagnose": True}, limits, cancelled, None) is not None:
        return None
    return Reading.load(Path(orders["into"])).refused


def prepare() -> None:
    """Have a cage stand by for the next file that this thread reads, with its libraries loaded and no orders yet.

    It reads one file as any other does. It ends with the thread, and by itself soon after ``IDLE`` seconds.
    """
    if getattr(_next, "standing", None) is None:
        _next.standing = _Standing(_start("--stand-by"))


class _Standing:
    """A cage without orders. Whoever forgets it, as a thread does that ends, ends it."""

    def __init__(self, cage: "subprocess.Popen[bytes]") -> None:
        self.cage, self.since, self.given = cage, time.monotonic(), False

    def usable(self) -> bool:
        return self.cage.poll() is None and time.monotonic() - self.since < IDLE

    def __del__(self) -> None:
        if not self.given:
            caged.end(self.cage)


#: One for each thread: the system ends a cage with the thread that started it.
_next = threading.local()


def _standing_by() -> "subprocess.Popen[bytes] | None":
    standing: _Standing | None = getattr(_next, "standing", None)
    _next.standing = None
    if standing is None or not standing.usable():
        return None
    standing.given = True
    return standing.cage


def _start(*options: str) -> "subprocess.Popen[bytes]":
    # It lives for one file and touches new memory all the time: in large pages, through one allocator, and without
    # giving any back, for which the system would stop its threads each time.
    tuned = f"glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold={2**30}:glibc.malloc.top_pad={2**27}"
    return caged.start("soyol.intake.cage", *options, GLIBC_TUNABLES=tuned, ARROW_DEFAULT_MEMORY_POOL="system")


def _run(
    orders: dict[str, Any], limits: Limits, cancelled: Callable[[], bool] | None, progress: Progress | None
) -> Problem | None:
    """Run one caged process to its end; ``None`` when it left a result, else why it did not."""
    cage = _standing_by() or _start()
    try:
        with contextlib.suppress(BrokenPipeError):
            assert cage.stdin is not None  # noqa: S101 - asked for above
            cage.stdin.write(json.dumps(orders).encode())
            cage.stdin.close()
        stopped = _watch(cage, limits, cancelled, progress)
    finally:
        caged.end(cage)
    if stopped:
        return stopped
    if cage.returncode == 0 and (Path(orders["into"]) / FILE).is_file():
        return None
    if cage.returncode == -signal.SIGXCPU:
        return Problem("intake.too_slow", {"limit": limits.cpu_seconds})
    return Problem("intake.reader_died", {})


def _watch(
    cage: "subprocess.Popen[bytes]",
    limits: Limits,
    cancelled: Callable[[], bool] | None,
    progress: Progress | None,
) -> Problem | None:
    """Follow the process until its output ends; the reason when it has to be stopped."""
    end = time.monotonic() + limits.wall_seconds
    assert cage.stdout is not None  # noqa: S101 - asked for by the caller
    with selectors.DefaultSelector() as ready:
        ready.register(cage.stdout, selectors.EVENT_READ)
        waiting = b""
        while True:
            if cancelled and cancelled():
                return Problem("intake.cancelled", {})
            if time.monotonic() > end:
                return Problem("intake.too_slow", {"limit": limits.wall_seconds})
            if not ready.select(BEAT):
                continue
            told = _take(cage.stdout)
            if not told:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    cage.wait(timeout=5)
                return None
            *lines, waiting = (waiting + told).split(b"\n")
            if lines and progress:
                _tell(lines[-1], progress)


def _take(stream: IO[bytes]) -> bytes:
    return os.read(stream.fileno(), 65536)


def _tell(line: bytes, progress: Progress) -> None:
    with contextlib.suppress(ValueError, KeyError, TypeError):
        told = json.loads(line)
        progress(int(told["done"]), int(told["total"]))
