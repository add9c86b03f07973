"""Numbers that a workbook shows as hours, and that are more hours than there are: the workbook without such formats.

One cell of that kind, mostly a telephone number whose column was given the format ``[h]:mm:ss``, makes calamine fail
for its whole sheet. With the format gone, such cells are the numbers that they hold.
"""

import io
import re
import shutil
import zipfile
from pathlib import Path

_STYLES = re.compile(r"(?i)^xl/[^/]*styles[^/]*\.xml$")
_BUILT_IN = re.compile(rb"\bnumFmtId\s*=\s*([\"'])46\1")
#: Looked for without ever going back: what has many beginnings and no end would never be done.
_WRITTEN = re.compile(rb"\bformatCode\s{0,9}=\s{0,9}(?:\"[^\"<]{0,2000}+\"|'[^'<]{0,2000}+')")
_GOES_ON = re.compile(rb"\[(?:h+|m+|s+)\]", re.I)
#: What may be one, also in other spellings; signs as numbers may be anything.
_MAY_GO_ON = re.compile(rb"\[[hms]|&#", re.I)


def failed(error: BaseException) -> bool:
    """Whether parsing failed over a number that is no time: an error of Python, or the panic of a library of Rust."""
    return isinstance(error, OverflowError) or type(error).__name__ == "PanicException"


def shown(path: Path) -> bool:
    """Whether an XLSX file, which has been looked at, has a format of hours, minutes or seconds that go on."""
    with zipfile.ZipFile(path) as book:
        styles = [book.read(info) for info in book.infolist() if _STYLES.match(info.filename)]
    return any(_BUILT_IN.search(each) or any(map(_MAY_GO_ON.search, _WRITTEN.findall(each))) for each in styles)


def without(path: Path) -> io.BytesIO:
    """A copy of an XLSX file, which has been looked at, in which no cell is shown as hours, minutes or seconds."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in old.infolist():
            _copy(info, old, new)
    made.seek(0)
    return made


def _copy(info: zipfile.ZipInfo, old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    if _STYLES.match(info.filename):
        new.writestr(info.filename, _plain(old.read(info)))
        return
    with old.open(info) as part, new.open(info.filename, "w") as copy:
        shutil.copyfileobj(part, copy)


def _plain(styles: bytes) -> bytes:
    return _WRITTEN.sub(_plain_format, _BUILT_IN.sub(b'numFmtId="0"', styles))


def _plain_format(written: re.Match[bytes]) -> bytes:
    return b'formatCode="General"' if _GOES_ON.search(written[0]) else written[0]
