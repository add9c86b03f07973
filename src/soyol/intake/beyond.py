"""Cells and rows of a workbook that stand where no sheet has any, so far away that parsing them takes all memory."""

import re
import zipfile
from pathlib import Path

from soyol.intake.limits import MEGABYTE, Limits
from soyol.intake.problems import Refused

#: Longer than the tag of a row or a cell: the end of one block is looked at again with the next.
OVERLAP = 512
_PLACE = re.compile(rb"<(?:\w+:)?(?:row|c)\s[^<>]{0,400}?\br\s*=\s*[\"']([A-Za-z]{0,8})(\d{1,18})[\"']")


def refuse(path: Path, limits: Limits) -> None:
    """Refuse an XLSX file, which has been looked at, for the first place that alone makes more cells than allowed."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if "worksheets/" in info.filename.lower():
                _look(archive, info, limits)


def _look(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> None:
    end = b""
    with archive.open(info) as part:
        while block := part.read(MEGABYTE):
            piece = end + block
            for letters, digits in _PLACE.findall(piece):
                _allow(letters, digits, limits)
            end = piece[-OVERLAP:]


def _allow(letters: bytes, digits: bytes, limits: Limits) -> None:
    cells = _column(letters) * int(digits)
    if cells > limits.cells:
        raise Refused(
            "intake.far_cell", cell=f"{letters.decode() or 'A'}{digits.decode()}", n=cells, limit=limits.cells
        )


def _column(letters: bytes) -> int:
    """The number of a column, from 1; a row stands for its first cell."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return max(1, number)
