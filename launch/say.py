"""Lines for the person at the terminal: steps with their time, notes, and errors that end with the way out."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(Exception):
    """A set-up step cannot go on. ``args[0]`` says what was refused and why, ``way_out`` what to do."""

    def __init__(self, why: str, way_out: str, code: int = 1) -> None:
        super().__init__(why)
        self.way_out = way_out
        self.code = code


def line(text: str) -> None:
    """Print one line at once, also when the output is a pipe."""
    print(text, flush=True)


def note(text: str) -> None:
    """Print what was skipped and why, or another aside."""
    line(f"    {text}")


def error(stopped: Stopped) -> None:
    """Print an error and its way out on the error stream."""
    sys.stderr.write(f"\nsoyol: {stopped}\n       {stopped.way_out}\n")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step, and when it is through say how long it took."""
    line(f"  … {title}")
    began = time.monotonic()
    yield
    line(f"  ✓ {title} ({time.monotonic() - began:.1f} s)")
