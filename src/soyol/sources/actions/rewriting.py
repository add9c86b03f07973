"""A kept file without the rows of somebody: a workbook stays a workbook with its sheets, everything else becomes CSV.

Cells are written as the text that they were read as. Formulas, colours and types of cells are not kept: what counts
for the registry is what was read, and the SHA-256 of the file as received stays with it.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

from soyol import intake
from soyol.intake.reading import Sheet
from soyol.sources.models import Batch, SourceRecord
from soyol.sources.queries.keys import canonical
from soyol.sources.queries.staging import read_file

#: Formats whose kept file is a workbook again.
WORKBOOKS = frozenset({"xlsx", "xls", "ods"})
#: Figures in a cell from which on it tells a person: a telephone or register number, a date of birth.
FIGURES = 6


class Theirs:
    """Tells the rows of somebody in any file of a list, by what is known of their rows there.

    A row is theirs when it says what a known one says, cell by cell; or when a cell is their register number; or when
    one cell is their name and another their telephone number, address or date of birth as the list writes it.
    """

    def __init__(self, rows: Sequence[SourceRecord]) -> None:
        self.whole = {canonical(row.raw) for row in rows}
        self.names = {text for row in rows for text in _named(row)}
        self.numbers = {str(row.values[name]) for row in rows for name in _NUMBERS if row.values.get(name)}
        self.telling = {text for row in rows for text in _cells(row.raw.values()) if _tells(text)}

    def are(self, raw: dict[str, str]) -> bool:
        """Whether a row with these cells is theirs."""
        if canonical(raw) in self.whole:
            return True
        cells = set(_cells(raw.values()))
        if cells & self.numbers:
            return True
        return bool(cells & self.names and cells & self.telling)


_NUMBERS = ("person_number", "company_number")


def _named(row: SourceRecord) -> Iterator[str]:
    for name in ("name", "given_name", "surname", "org_name"):
        if row.values.get(name):
            yield str(row.values[name]).strip()
    name = " ".join(str(row.values.get("name") or "").casefold().split())
    yield from (text for text in _cells(row.raw.values()) if text.casefold() and text.casefold() in name)


def _cells(values: object) -> list[str]:
    return [text for each in values if (text := str(each or "").strip())]  # type: ignore[attr-defined]


def _tells(text: str) -> bool:
    return "@" in text or sum(sign.isdigit() for sign in text) >= FIGURES


def rewritten(batch: Batch, room: Path, theirs: Theirs) -> Path | None:
    """The file of ``batch`` without their rows, in ``room``; None where none of them stands in it."""
    reading, _origin = read_file(batch, room)
    if reading.refused is not None or not any(theirs.are(raw) for raw, _line in _rows(reading)):
        return None
    stem = Path(batch.file.name if batch.file else batch.file_name).stem or "file"
    if reading.format in WORKBOOKS:
        return _workbook(reading, room / f"{stem}.xlsx", theirs)
    return _text(reading, room / f"{stem}.csv", theirs)


def _rows(reading: "intake.Reading") -> Iterator[tuple[dict[str, str], list[str]]]:
    for sheet in reading.sheets:
        yield from rows_of(reading, sheet)


def rows_of(reading: "intake.Reading", sheet: Sheet) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Each row of a sheet: its cells by heading, as a record keeps them, and all cells in their order."""
    for frame in reading.frames(sheet):
        for cells in frame.iter_rows(named=True):
            line = [cells[cell] for cell in sheet.cells]
            raw = {name: cell for name, cell in zip(sheet.header, line, strict=True) if cell is not None}
            if cells["extra"]:
                raw["…"] = cells["extra"]
            yield raw, ["" if cell is None else str(cell) for cell in line]


def _workbook(reading: "intake.Reading", path: Path, theirs: Theirs) -> Path:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**options, "constant_memory": True, "tmpdir": str(path.parent)}) as book:
        for sheet in reading.sheets:
            page = book.add_worksheet(sheet.name[:31] or None)
            page.write_row(0, 0, list(sheet.headings))
            left = (line for raw, line in rows_of(reading, sheet) if not theirs.are(raw))
            for at, line in enumerate(left, start=1):
                page.write_row(at, 0, line)
    return path


def _text(reading: "intake.Reading", path: Path, theirs: Theirs) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream)
        for sheet in reading.sheets:
            write.writerow(sheet.headings)
            write.writerows(line for raw, line in rows_of(reading, sheet) if not theirs.are(raw))
    return path
