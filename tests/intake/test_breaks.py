"""Line breaks and tabs inside a paragraph of an ODS cell part what stands there."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import LineBreak, P, S, Tab

from soyol.intake import Reading, breaks, copies

from .conftest import cells_of


def workbook(*rows: list[P]) -> bytes:
    """An ODS file of one sheet; each paragraph is a cell."""
    book, table, kept = OpenDocumentSpreadsheet(), Table(name="Нэг"), io.BytesIO()
    for row in rows:
        line = TableRow()
        for paragraph in row:
            cell = TableCell(valuetype="string")
            cell.addElement(paragraph)
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.write(kept)
    return kept.getvalue()


def parted(between: object, *texts: str) -> P:
    paragraph = P(text=texts[0])
    for text in texts[1:]:
        paragraph.addElement(between())  # type: ignore[operator]
        paragraph.addText(text)
    return paragraph


def test_two_telephones_stay_two(read_bytes: Callable[..., Reading]) -> None:
    head = [P(text=each) for each in ("Нэр", "Утас", "Тайлбар")]
    row = [parted(S, "Бат", "Болд"), parted(LineBreak, "99112233", "88112233"), parted(Tab, "нэг", "хоёр")]
    reading = read_bytes(workbook(head, row), "list.ods")
    assert cells_of(reading) == [("Бат Болд", "99112233\n88112233", "нэг\tхоёр")]


@pytest.mark.parametrize("block", [600, 1000, 5000])
def test_no_break_is_lost_between_two_pieces(block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MEGABYTE", block)
    monkeypatch.setattr(copies, "LONGEST", 512)
    path = tmp_path / "list.ods"
    path.write_bytes(workbook([parted(LineBreak, *map(str, range(500)))]))
    import python_calamine as calamine

    with calamine.CalamineWorkbook.from_filelike(breaks.written_out(path)) as book:
        assert book.get_sheet_by_index(0).to_python() == [["\n".join(map(str, range(500)))]]
