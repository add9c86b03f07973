"""``anew``: the only door through which a picture comes in. It decodes nothing itself; a caged process does.

What comes out is pixels that were written anew: no place, no camera, no thumbnail, no words, no second file behind
the first. It is looked through here again before anybody gets it.
"""

import contextlib
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from soyol.intake import caged
from soyol.intake.limits import MEGABYTE, Limits

MOST_BYTES = 15 * MEGABYTE
#: A picture of 64 million pixels takes 500 MB on its way, and a second or two.
LIMITS = Limits(memory=1024 * MEGABYTE, cpu_seconds=15, wall_seconds=30, written_bytes=0)
#: More than all pictures of one are together; a process that says more is not believed.
MOST_OUT = 8 * MEGABYTE
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
#: What a picture of ours is made of: JFIF's own header, tables, frame, scans.
BARE = frozenset({0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0})
JFIF = b"JFIF\x00"
SCAN, END = 0xDA, 0xD9


class Refused(Exception):
    """A picture is not taken; ``code`` and ``params`` say why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it may be shown: a JPEG in sRGB with its size in pixels."""

    width: int
    height: int
    data: bytes


def anew(path: Path, widths: Sequence[int], *, limits: Limits = LIMITS) -> list[Picture]:
    """The picture in the file ``path``, upright, once for each of ``widths`` (pixels, at most), the largest first.

    Raises Refused, whose code says why: ``picture_too_heavy``, ``picture_unknown``, ``picture_broken``,
    ``picture_too_large``, ``picture_too_small``, ``picture_moves``, ``picture_too_much``. Takes up to a second or two.
    """
    if (size := path.stat().st_size) > MOST_BYTES:
        raise Refused("picture_too_heavy", size=-(-size // MEGABYTE), most=MOST_BYTES // MEGABYTE)
    with path.open("rb") as stream:
        if not is_known(stream.read(16)):
            raise Refused("picture_unknown")
    orders = {"path": str(path.absolute()), "widths": sorted(widths), "limits": limits.as_json()}
    head, _line, rest = _asked(json.dumps(orders).encode(), limits).partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError:  # it died: of its time, its memory, or of what is in the file
        raise Refused("picture_too_much") from None
    if "refused" in told:
        code, params = told["refused"]
        raise Refused(code, **params)
    return list(_checked(told["pictures"], rest))


def is_known(beginning: bytes) -> bool:
    """Whether a file that begins so (16 bytes) says that it is a picture of a kind that we open."""
    return beginning.startswith(BEGINNINGS) or (beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP")


def _asked(orders: bytes, limits: Limits) -> bytes:
    """What the caged process answered, cut off where it took too long or said too much."""
    cage = caged.start("soyol.intake.picture_cage")
    assert cage.stdin is not None  # noqa: S101 - asked for by ``start``
    assert cage.stdout is not None  # noqa: S101
    watch = threading.Timer(limits.wall_seconds, cage.kill)
    watch.start()
    try:
        with contextlib.suppress(BrokenPipeError):
            cage.stdin.write(orders)
            cage.stdin.close()
        return cage.stdout.read(MOST_OUT)
    finally:
        watch.cancel()
        caged.end(cage)


def _checked(told: list[list[int]], rest: bytes) -> Iterator[Picture]:
    """The pictures out of the answer; a process that was taken over by what it opened gets nothing past here."""
    at = 0
    for width, height, size in told:
        data = rest[at : at + size]
        at += size
        if len(data) != size or not is_bare(data):
            raise Refused("picture_broken")
        yield Picture(int(width), int(height), data)


def is_bare(data: bytes) -> bool:
    """Whether a JPEG holds nothing but a picture."""
    try:
        told = list(segments(data))
    except (ValueError, IndexError):
        return False
    heads = [body for marker, body in told if marker == 0xE0]
    return {marker for marker, _body in told} <= BARE and all(
        body.startswith(JFIF) and len(body) == 14 and body[-2:] == b"\x00\x00" for body in heads
    )


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker and content of each segment of a JPEG; ValueError where it is none, or goes on after its end."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    at = 2
    while data[at] == 0xFF and data[at + 1] != END:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == SCAN:
            at = _after_scan(data, at)
    if data[at:] != b"\xff\xd9":
        raise ValueError(f"not the end at byte {at}")


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker stands behind the pixels: 0xFF that is neither stuffed nor a restart."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
