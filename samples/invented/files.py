"""Writers of the sample files: the same bytes for the same listing, so no clock, no user name, fixed zip times."""

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from invented.tables import Cell, Listing, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN_ON = datetime(2018, 3, 1, tzinfo=UTC)


def grid(sheet: Sheet) -> "Iterator[tuple[tuple[Cell, ...], bool]]":
    """Yield every line of the sheet from the top as (cells, hidden)."""
    for cells in [*sheet.above, *sheet.header]:
        yield tuple(cells), False
    for line in sheet.lines:
        yield line.cells, line.hidden


def xlsx(path: Path, listing: Listing) -> None:
    """Write a workbook with merged header cells, hidden rows, and numbers as numbers."""
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    book.set_properties({"created": WRITTEN_ON.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    for sheet in listing.sheets:
        page = book.add_worksheet(sheet.name)
        for at, (cells, hidden) in enumerate(grid(sheet)):
            page.write_row(at, 0, cells)
            if hidden:
                page.set_row(at, None, None, {"hidden": True})
        for row, first, last in sheet.merges:
            page.merge_range(
                len(sheet.above) + row, first, len(sheet.above) + row, last, sheet.header[row][first], bold
            )
    book.close()


def xls(path: Path, listing: Listing) -> None:
    """Write an old binary workbook with hidden rows."""
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in listing.sheets:
        page = book.add_sheet(sheet.name)
        for at, (cells, hidden) in enumerate(grid(sheet)):
            for column, cell in enumerate(cells):
                if cell not in (None, ""):
                    page.write(at, column, cell)
            page.row(at).hidden = hidden
    book.save(str(path))


def ods_cell(cell: Cell) -> str:
    """Return one cell of an OpenDocument table."""
    if cell in (None, ""):
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def ods(path: Path, listing: Listing) -> None:
    """Write a small OpenDocument spreadsheet by hand, since the usual writer stamps the time into it."""
    ns = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    tables = "".join(
        f'<table:table table:name="{escape(sheet.name)}">'
        + "".join(
            f"<table:table-row>{''.join(ods_cell(cell) for cell in cells)}</table:table-row>"
            for cells, _ in grid(sheet)
        )
        + "</table:table>"
        for sheet in listing.sheets
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{ns}:office:1.0" '
        f'xmlns:table="{ns}:table:1.0" xmlns:text="{ns}:text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{ns}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content)):
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(name, (2018, 3, 1, 0, 0, 0))
            info.compress_type = packing
            archive.writestr(info, text)


def separated(path: Path, listing: Listing, *, separator: str, encoding: str) -> None:
    """Write lines of cells, quoted only where the separator or a quote stands in the text."""
    out = io.StringIO()
    for cells, _ in grid(listing.sheets[0]):
        texts = ["" if cell is None else str(cell) for cell in cells]
        quoted = ['"' + t.replace('"', '""') + '"' if separator in t or '"' in t else t for t in texts]
        out.write(separator.join(quoted) + "\r\n")
    path.write_bytes(out.getvalue().encode(encoding, errors="replace"))


def objects(listing: Listing) -> list[dict[str, Cell]]:
    """Return the lines as objects by heading, without the empty cells, as such exports leave them out."""
    sheet = listing.sheets[0]
    return [
        {name: cell for name, cell in zip(sheet.header[0], line.cells, strict=True) if cell not in (None, "")}
        for line in sheet.lines
    ]


def json_lines(path: Path, listing: Listing) -> None:
    """Write one JSON object a line."""
    path.write_text("".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects(listing)), encoding="utf-8")


def json_list(path: Path, listing: Listing) -> None:
    """Write one JSON array of objects."""
    text = json.dumps(objects(listing), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
