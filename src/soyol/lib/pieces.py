"""Pieces of bytes that come one after the other, as a stream to read from."""

import io
from collections.abc import Iterator


class Pieces(io.RawIOBase):
    """Reads on from piece to piece, in the memory of one of them; what the pieces raise comes through."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._coming = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what BufferedReader gives
        """At most as many bytes as the piece still holds; 0 at the end."""
        while not self._left:
            piece = next(self._coming, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        taken = min(len(buffer), len(self._left))
        buffer[:taken] = self._left[:taken]
        self._left = self._left[taken:]
        return taken
