"""A line in which the threads of this process wait: whoever came first goes first."""

import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Line:
    """Threads in the order in which they came; one at a time is at its head."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def waited(self, seconds: float) -> Iterator[bool]:
        """Stand in line until the head is reached, ``seconds`` at most; gives whether it was. Leaves the line after."""
        mine = threading.Event()
        with self._guard:
            self._waiting.append(mine)
            self._waiting[0].set()
        try:
            yield mine.wait(seconds)
        finally:
            with self._guard:
                if mine in self._waiting:  # a child that was forked meanwhile has forgotten it
                    self._waiting.remove(mine)
                if self._waiting:
                    self._waiting[0].set()

    def length(self) -> int:
        """How many stand in it, whoever is at its head included."""
        return len(self._waiting)

    def forget(self) -> None:
        """Begin anew, empty."""
        self._guard = threading.Lock()
        self._waiting.clear()


#: Those of this process who want to write. A child starts with an empty one: its parent's threads are not in it.
writers = Line()
os.register_at_fork(after_in_child=writers.forget)
