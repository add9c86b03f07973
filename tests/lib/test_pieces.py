"""Pieces as a stream: every byte once, in order, however much is asked for at a time."""

import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.lib.pieces import Pieces


@given(st.lists(st.binary(max_size=40)), st.integers(1, 64))
def test_whatever_is_asked_for_at_a_time_the_bytes_are_those_of_the_pieces(pieces: list[bytes], size: int) -> None:
    stream, read = Pieces(iter(pieces)), b""
    while part := stream.read(size):
        assert len(part) <= size
        read += part
    assert read == b"".join(pieces)


def test_what_the_pieces_raise_comes_through() -> None:
    def failing() -> Iterator[bytes]:
        yield b"a"
        raise ValueError("cut")

    stream = io.BufferedReader(Pieces(failing()))
    with pytest.raises(ValueError, match="cut"):
        stream.read()
