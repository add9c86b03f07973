"""Line breaks and tabs inside a paragraph of an ODS cell, which calamine leaves out: two phones became one number."""

import io
import re
from pathlib import Path

from soyol.intake.copies import Change, changed

CONTENT = "content.xml"
_BREAK = re.compile(rb"<text:line-break\s{0,9}(?:/>|>\s{0,9}</text:line-break>)")
_TAB = re.compile(rb"<text:tab(?:\s[^<>]{0,200})?(?:/>|>\s{0,9}</text:tab>)")


def held_in(piece: bytes) -> bool:
    """Whether the text of an ODS file has line breaks or tabs that have to be written out."""
    return b"<text:line-break" in piece or b"<text:tab" in piece


def written_out(path: Path) -> io.BytesIO:
    """A copy of an ODS file, which has been looked at, whose line breaks and tabs are letters of their texts."""
    return changed(path, lambda name: _PARTED if name == CONTENT else None)


def _parted(piece: bytes) -> bytes:
    return _TAB.sub(b"\t", _BREAK.sub(b"\n", piece))


_PARTED = Change(b"<text:", _parted)
