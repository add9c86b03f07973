"""Telling the terminal how far a run is: one line rewritten in place, or plain lines where nobody is looking."""

import sys
import time
from typing import TextIO

from soyol.intake.problems import Problem
from soyol.lib.words import say

#: A line in place is redrawn at most so often, in seconds; where lines are kept, only each tenth is told.
REDRAW = 0.1


class Terminal:
    """Writes progress to ``out`` (standard error by default) in ``lang``; ``quiet`` writes nothing at all."""

    def __init__(self, lang: str, *, out: TextIO | None = None, quiet: bool = False) -> None:
        self._out = out if out is not None else sys.stderr
        self._lang = lang
        self._quiet = quiet
        self._in_place = self._out.isatty()
        self._drawn = 0.0
        self._tenth = -1
        self._width = 0

    def step(self, code: str, **params: object) -> None:
        """Say that a step begins, or a fact; it stays on the screen."""
        self._tenth = -1
        self._write(say(code, self._said(params), self._lang), stays=True)

    def far(self, code: str, done: int, total: int | None, **params: object) -> None:
        """Say how far the present step is."""
        share = f" {100 * done // total} %" if total else f" {done:,}".replace(",", " ")
        if self._in_place:
            if time.monotonic() - self._drawn >= REDRAW:
                self._write(say(code, params, self._lang) + share, stays=False)
            return
        tenth = 10 * done // total if total else done // 1_000_000
        if tenth > self._tenth and done:
            self._tenth = tenth
            self._write(say(code, params, self._lang) + share, stays=True)

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
            self._drawn = time.monotonic()
        self._out.flush()
