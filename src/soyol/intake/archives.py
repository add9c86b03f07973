"""Looking into a workbook's ZIP before any parser does: its directory, its sizes as they really are, its XML.

Nothing is unpacked to disk and no part is held whole in memory.
"""

import io
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO

from soyol.intake import sniff
from soyol.intake.limits import MEGABYTE, Limits
from soyol.intake.problems import Problem, Refused
from soyol.intake.repeats import refuse_repeated_rows
from soyol.intake.sheet_text import OVERLAP, SheetText, number_of

XML = (".xml", ".rels", ".vml")
NESTED = (".zip", ".xlsx", ".xlsm", ".ods", ".docx", ".7z", ".gz", ".rar", ".jar", ".xlsb")
# Bounded, as ``sheet_text`` says.
_SHEET = re.compile(r"<(?:\w{1,20}:)?sheet\b[^<>]{0,2000}>")
_OUTLINE = re.compile(r"(?i)\[content_types\]\.xml$|_rels/\.rels$|xl/workbook\.xml$|xl/_rels/workbook\.xml\.rels$")
_RELATION = re.compile(r"<(?:\w{1,20}:)?Relationship\b[^<>]{0,2000}>")

_DOCUMENT_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_CELL = re.compile(
    rb"<(?:\w{1,20}:)?c\b[^<>]{0,200}?\br\s{0,9}=\s{0,9}[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^<>]{0,200}?(/?)>"
)
_PLACE = re.compile(rb"<(?:\w{1,20}:)?(?:row|c)\s[^<>]{0,400}?\br\s{0,9}=\s{0,9}[\"']([A-Za-z]{0,8})(\d{1,18})[\"']")
_ATTRIBUTE = re.compile(r"([\w:]{1,60})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')")


@dataclass
class Contents:
    """What kind of workbook an archive holds, and what to tell about it."""

    kind: str  # "xlsx" or "ods"
    notices: list[Problem] = field(default_factory=list)
    #: What the text of each sheet of an XLSX file tells, by the sheet's name.
    sheets: dict[str, SheetText] = field(default_factory=dict)


def look_at(path: Path, limits: Limits) -> Contents:
    """Which kind of workbook an archive is by its directory; refuses what is dangerous or no workbook."""
    with _opened(path) as archive:
        _directory(archive.infolist(), limits)
        return _kind(archive)


def look_inside(path: Path, limits: Limits, contents: Contents) -> None:
    """Read every XML part once: refuse what is dangerous, and tell in ``contents`` what else is to be known."""
    texts: dict[str, SheetText] = {}
    with _opened(path) as archive:
        for info in archive.infolist():
            if info.filename.lower().endswith(XML):
                text = texts.setdefault(info.filename, SheetText()) if _holds_a_sheet(info) else None
                _part(archive, info, limits, text)
        contents.sheets = {name: texts[part] for name, part in sheet_parts(archive).items() if part in texts}
        if contents.kind == "ods":
            refuse_repeated_rows(archive, "content.xml", limits)
    rows, columns = (sum(getattr(text, f"hidden_{what}") for text in texts.values()) for what in ("rows", "columns"))
    for number, code in ((rows, "intake.hidden_rows"), (columns, "intake.hidden_columns")):
        if number:
            contents.notices.append(Problem(code, {"n": number}))


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever is wrong with its form is a reason to refuse it."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        raise (Refused("intake.cut_short") if sniff.breaks_off(path) else _damaged(error)) from error
    except (NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> Refused:
    encrypted = isinstance(error, RuntimeError) and "encrypted" in str(error)
    return Refused("intake.encrypted") if encrypted else Refused("intake.zip_damaged")


def _directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.archive_entries:
        raise Refused("intake.zip_bomb", n=len(entries), limit=limits.archive_entries)
    total = sum(entry.file_size for entry in entries)
    if total > limits.archive_bytes:
        raise Refused("intake.zip_bomb", n=total // MEGABYTE, limit=limits.archive_bytes // MEGABYTE)
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        parts = re.split(r"[/\\]", name)
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
            raise Refused("intake.zip_names", name=name[:200])
        if name.casefold() in seen:
            raise Refused("intake.zip_names", name=name[:200])
        seen.add(name.casefold())
        if name.casefold().endswith(NESTED):
            raise Refused("intake.zip_nested", name=name[:200])
        _ratio(entry.file_size, entry.compress_size, limits)
        if entry.flag_bits & 1:
            raise Refused("intake.encrypted")


def _ratio(unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > MEGABYTE and unpacked > limits.archive_ratio * max(packed, 1):
        raise Refused("intake.zip_bomb", n=unpacked // max(packed, 1), limit=limits.archive_ratio)


def _kind(archive: zipfile.ZipFile) -> Contents:
    known = {name.casefold().replace("\\", "/"): name for name in archive.namelist()}
    names = known.keys()
    if any(
        name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith(("basic/", "scripts/")) for name in names
    ):
        raise Refused("intake.macros")
    if "xl/workbook.bin" in names:
        raise Refused("intake.binary_workbook")
    if "xl/workbook.xml" in names:
        contents = Contents("xlsx")
        if any(name.startswith("xl/externallinks/") or name == "xl/connections.xml" for name in names):
            contents.notices.append(Problem("intake.external_links", {}))
        return contents
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.open(known["mimetype"]).read(200):
        if "meta-inf/manifest.xml" in names and b"encryption-data" in archive.read(known["meta-inf/manifest.xml"]):
            raise Refused("intake.encrypted")
        return Contents("ods")
    for start, name in (("word/", "DOCX"), ("ppt/", "PPTX"), ("content.xml", "OpenDocument")):
        if any(each.startswith(start) for each in names):
            raise Refused("intake.not_a_table", kind=name)
    raise Refused("intake.archive", kind="ZIP")


def _holds_a_sheet(info: zipfile.ZipInfo) -> bool:
    return "worksheets/" in info.filename.lower()


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, text: SheetText | None) -> None:
    for piece, fresh in _pieces(_open(archive, info), info, limits):
        # A single byte is searched for many times faster than a pattern, and most parts have none of this one.
        if b"!" in piece and _DOCUMENT_TYPE.search(piece):
            raise Refused("intake.document_type", name=info.filename[:200])
        if text:
            text.look(piece, fresh)


def may(path: Path, part: str, hold: Callable[[bytes], bool]) -> bool:
    """Whether the parts of a workbook whose names end so, and which have been looked into, may ``hold`` something."""
    with zipfile.ZipFile(path) as archive:
        return any(
            hold(piece)
            for info in archive.infolist()
            if info.filename.lower().endswith(part)
            for piece, _ in _pieces(_open(archive, info), info, Limits())
        )


def outline(path: Path) -> io.BytesIO:
    """An XLSX file that has been looked at, without its sheets and texts: what sheets there are can be read at once."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            plain = name.replace("\\", "/")  # as some programs part folders
            if _OUTLINE.match(plain):
                new.writestr(plain, old.read(name))
    made.seek(0)
    return made


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Names of sheets of an XLSX file and the parts of the archive that hold them; none where that is in any doubt."""
    parts = {name.lower().replace("\\", "/"): name for name in archive.namelist()}
    told = [_told(archive, parts.get(name)) for name in ("xl/_rels/workbook.xml.rels", "xl/workbook.xml")]
    relations = [_attributes(tag) for tag in _RELATION.findall(told[0])]
    sheets = [_attributes(tag) for tag in _SHEET.findall(told[1])]
    targets = {each.get("Id", ""): each.get("Target", "").removeprefix("/").removeprefix("xl/") for each in relations}
    found = {each.get("name", ""): targets.get(_id_of(each), "") for each in sheets}
    if len(targets) < len(relations) or len(found) < len(sheets):
        return {}
    return {name: parts.get(f"xl/{target}".lower(), "") for name, target in found.items()}


def _told(archive: zipfile.ZipFile, part: str | None) -> str:
    """The text of a part; none where it holds comments or the like, in which may be whatever looks like a tag."""
    text = archive.read(part).decode("utf-8", "replace") if part else ""
    return "" if "<!" in text else text


def _id_of(sheet: Mapping[str, str]) -> str:
    return next((value for name, value in sheet.items() if name == "id" or name.endswith(":id")), "")


def _attributes(tag: str) -> dict[str, str]:
    import html  # its table of names is large, and few workbooks come this far

    return {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """A part to be unpacked to its end, and not only as far as the directory says."""
    whole = copy(info)
    whole.file_size = sys.maxsize
    return archive.open(whole)


def _pieces(stream: IO[bytes], info: zipfile.ZipInfo, limits: Limits) -> Iterator[tuple[bytes, int]]:
    """A part unpacked piece by piece, each with the end of the one before; and where what is new begins.

    UTF-16 is read as if it were plain: its NULs are dropped, so that what hides in it is found. The size is
    counted as it comes, because a directory may lie.
    """
    end, size = b"", 0
    with stream:
        while block := stream.read(MEGABYTE):
            size += len(block)
            if size > info.file_size:
                raise Refused("intake.zip_damaged")
            _ratio(size, info.compress_size, limits)
            if b"\0" in block:
                block = block.replace(b"\0", b"")
            yield end + block, len(end)
            end = block[-OVERLAP:]


def _in_sheets(path: Path, limits: Limits, pattern: re.Pattern[bytes]) -> Iterator[Iterator[tuple[bytes, ...]]]:
    """For each sheet of an XLSX file the groups of whatever fits ``pattern`` in its text."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if _holds_a_sheet(info):
                pieces = _pieces(_open(archive, info), info, limits)
                yield (groups for piece, _ in pieces for groups in pattern.findall(piece))


def far_cell(path: Path, limits: Limits) -> None:
    """Find the cell that makes a sheet's rectangle larger than ``limits.cells`` and refuse the file with its place.

    Cells without a value do not count: whole columns that are only formatted are common and harmless.
    """
    for cells in _in_sheets(path, limits, _CELL):
        bottom = right = 0
        lowest = rightmost = "A1"
        for letters, digits, empty in cells:
            if empty:
                continue
            column, row = number_of(letters), int(digits)
            if row > bottom:
                bottom, lowest = row, f"{letters.decode()}{row}"
            if column > right:
                right, rightmost = column, f"{letters.decode()}{row}"
            if bottom * right > limits.cells:
                cell = lowest if bottom > 200_000 else rightmost
                raise Refused("intake.far_cell", cell=cell, n=bottom * right, limit=limits.cells)


def far_place(path: Path, limits: Limits) -> None:
    """Refuse a file for the first row or cell that stands where no sheet has any, and alone makes too many cells.

    Parsing such a file takes all memory, so nothing but its text can say it.
    """
    for letters, digits in chain.from_iterable(_in_sheets(path, limits, _PLACE)):
        cells = max(1, number_of(letters)) * int(digits)
        if cells > limits.cells:
            cell = f"{letters.decode() or 'A'}{digits.decode()}"
            raise Refused("intake.far_cell", cell=cell, n=cells, limit=limits.cells)
