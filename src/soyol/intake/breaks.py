"""Line breaks and tabs inside a paragraph of an ODS cell, which calamine leaves out: two phones became one number."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from soyol.intake.limits import MEGABYTE

CONTENT = "content.xml"
_BREAK = re.compile(rb"<text:line-break\s{0,9}(?:/>|>\s{0,9}</text:line-break>)")
_TAB = re.compile(rb"<text:tab(?:\s[^<>]{0,200})?(?:/>|>\s{0,9}</text:tab>)")
#: No such tag, closed by another, is longer than this.
LONGEST = 512


def held_in(piece: bytes) -> bool:
    """Whether the text of an ODS file has line breaks or tabs that have to be written out."""
    return b"<text:line-break" in piece or b"<text:tab" in piece


def written_out(path: Path) -> io.BytesIO:
    """A copy of an ODS file, which has been looked at, whose line breaks and tabs are letters of their texts."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in old.infolist():
            with old.open(info) as part, new.open(info.filename, "w") as copy:
                copy.writelines(_parted(part) if info.filename == CONTENT else iter(lambda: part.read(MEGABYTE), b""))
    made.seek(0)
    return made


def _parted(part: IO[bytes]) -> Iterator[bytes]:
    return (_TAB.sub(b"\t", _BREAK.sub(b"\n", piece)) for piece in _pieces(part))


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """A part in pieces that end before a tag, so that none of what is looked for is cut."""
    left = b""
    while block := part.read(MEGABYTE):
        left += block
        end = left.rfind(b"<text:", 0, len(left) - LONGEST)
        if end > 0:
            yield left[:end]
            left = left[end:]
    yield left
