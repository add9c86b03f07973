"""A copy of a workbook, which has been looked at, with other texts in some of its parts; none is held whole."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from soyol.intake.limits import MEGABYTE

#: Nothing of what is changed is longer than this.
LONGEST = 4096


@dataclass(frozen=True)
class Change:
    """What is done with the text of a part, piece by piece; none ends in the middle of what begins with ``begins``."""

    begins: bytes
    change: Callable[[bytes], bytes]


def changed(path: Path, change_of: Callable[[str], Change | None]) -> io.BytesIO:
    """A copy whose parts are changed as ``change_of`` says of their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in old.infolist():
            wanted = change_of(info.filename)
            with old.open(info) as part, new.open(info.filename, "w") as copy:
                copy.writelines(map(wanted.change, _pieces(part, wanted.begins)) if wanted else _blocks(part))
    made.seek(0)
    return made


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    while block := part.read(MEGABYTE):
        yield block


def _pieces(part: IO[bytes], begins: bytes) -> Iterator[bytes]:
    left = b""
    for block in _blocks(part):
        left += block
        end = left.rfind(begins, 0, len(left) - LONGEST)
        if end > 0:
            yield left[:end]
            left = left[end:]
    yield left
