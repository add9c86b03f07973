"""What makes calamine fail for a whole sheet over one of its cells: the workbook without it.

Numbers shown as hours, and more hours than there are, mostly a telephone number whose column was given the format
``[h]:mm:ss``: with the format gone, such cells are the numbers that they hold. Errors of newer programs (``#SPILL!``):
in the copy they are errors that calamine knows, and what they were is known from the text of the sheet.
"""

import io
import re
import zipfile
from pathlib import Path

import python_calamine as calamine

from soyol.intake.copies import Change, changed

_STYLES = re.compile(r"(?i)^xl/[^/]*styles[^/]*\.xml$")
_BUILT_IN = re.compile(rb"\bnumFmtId\s*=\s*([\"'])46\1")
#: Looked for without ever going back: what has many beginnings and no end would never be done.
_WRITTEN = re.compile(rb"\bformatCode\s{0,9}=\s{0,9}(?:\"[^\"<]{0,2000}+\"|'[^'<]{0,2000}+')")
_GOES_ON = re.compile(rb"\[(?:h+|m+|s+)\]", re.I)
#: The value of a cell of an error that calamine does not know.
_UNKNOWN = re.compile(
    rb"(<(?:\w{1,20}:)?v(?:\s[^<>]{0,99})?>)#(?!(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)<)[A-Z_]{2,20}[!?]?(</)"
)
#: What may be one, also in other spellings; signs as numbers may be anything.
_MAY_GO_ON = re.compile(rb"\[[hms]|&#", re.I)


def failed(error: BaseException) -> bool:
    """Whether parsing failed over one cell: a number that is no time (also a panic of Rust), an unknown error."""
    if isinstance(error, calamine.CalamineError):
        return "error value" in str(error)
    return isinstance(error, OverflowError) or type(error).__name__ == "PanicException"


def shown(path: Path) -> bool:
    """Whether an XLSX file, which has been looked at, has a format of hours, minutes or seconds that go on."""
    with zipfile.ZipFile(path) as book:
        styles = [book.read(info) for info in book.infolist() if _STYLES.match(info.filename)]
    return any(_BUILT_IN.search(each) or any(map(_MAY_GO_ON.search, _WRITTEN.findall(each))) for each in styles)


def tamed(path: Path) -> io.BytesIO:
    """A copy of an XLSX file, which has been looked at, without hours that go on and errors that nobody knows."""
    return changed(path, _change_of)


def _change_of(name: str) -> Change | None:
    if _STYLES.match(name):
        return _PLAIN
    return _KNOWN if "worksheets/" in name.lower() else None


def _plain(styles: bytes) -> bytes:
    return _WRITTEN.sub(_plain_format, _BUILT_IN.sub(b'numFmtId="0"', styles))


def _plain_format(written: re.Match[bytes]) -> bytes:
    return b'formatCode="General"' if _GOES_ON.search(written[0]) else written[0]


def _known(sheet: bytes) -> bytes:
    return _UNKNOWN.sub(rb"\1#VALUE!\2", sheet)


_PLAIN, _KNOWN = Change(b"<", _plain), Change(b"<c", _known)
