"""Telling the terminal how far a run is: one line rewritten in place, or plain lines where nobody is looking."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

from soyol.intake.problems import Problem
from soyol.lib.words import say

#: Seconds between two drawings of a line in place, and between two lines where lines are kept.
REDRAW, NEXT_LINE = 0.1, 2.0


class Terminal:
    """Writes progress to ``out`` (standard error by default) in ``lang``; ``quiet`` writes nothing at all."""

    def __init__(
        self, lang: str, *, out: TextIO | None = None, quiet: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._out = out if out is not None else sys.stderr
        self._lang = lang
        self._quiet = quiet
        self._in_place = self._out.isatty()
        self._clock = clock
        self._drawn = clock()
        self._width = 0

    def step(self, code: str, **params: object) -> None:
        """Say that a step begins, or a fact; it stays on the screen."""
        self._write(say(code, self._said(params), self._lang), stays=True)

    def far(self, code: str, done: int, total: int | None, **params: object) -> None:
        """Say how far the present step is."""
        share = f" {100 * done // total} %" if total else f" {done:,}".replace(",", " ")
        if self._clock() - self._drawn >= (REDRAW if self._in_place else NEXT_LINE):
            self._write(say(code, params, self._lang) + share, stays=not self._in_place)

    def _said(self, params: dict[str, object]) -> dict[str, object]:
        return {name: given.say(self._lang) if isinstance(given, Problem) else given for name, given in params.items()}

    def _write(self, text: str, *, stays: bool) -> None:
        if self._quiet:
            return
        if not self._in_place:
            self._out.write(text + "\n")
        else:
            self._out.write("\r" + text.ljust(self._width) + ("\n" if stays else ""))
            self._width = 0 if stays else len(text)
        self._drawn = self._clock()
        self._out.flush()
