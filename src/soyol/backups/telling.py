"""Lines for whoever waits: steps with their time, and how far a long one is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from soyol.backups.rules import readable

#: Seconds between two lines about how far a step is.
EVERY = 5.0


class Telling:
    """Says through ``write`` what is going on; without it, says nothing."""

    def __init__(self, write: Callable[[str], object] = lambda _: None) -> None:
        self.write = write
        self._said = 0.0

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Announce a step, and when it is through say how long it took."""
        self.write(f"  … {title}")
        began = self._said = time.monotonic()
        yield
        self.write(f"  ✓ {title} ({time.monotonic() - began:.1f} s)")

    def far(self, done: int, total: int) -> None:
        """Say how many bytes of how many are done; most calls say nothing."""
        now = time.monotonic()
        if now - self._said >= EVERY:
            self._said = now
            self.write(f"      {readable(done)} of {readable(total)}" if total else f"      {readable(done)}")
