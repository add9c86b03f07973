"""A sheet parsed in stretches is the sheet parsed whole, whatever stands in it; what cannot be cut is not cut."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from soyol.intake import Limits, Reading, stretches
from soyol.intake.stretches import Parsing

from .conftest import rows_of

pytestmark = pytest.mark.usefixtures("reads_here")

HEAD = ["Нэр", "Утас", "Төрсөн", "Тайлбар"]
PART = "xl/worksheets/sheet1.xml"

Compared = Callable[..., tuple[Reading, int]]


def workbook(rows: dict[int, list[Any]], merged: tuple[str, ...] = (), *, inline: bool = True) -> bytes:
    """A workbook with the given lines (from 0); its texts in a table of their own, or in their cells."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": inline}) as book:
        page = book.add_worksheet("Нэг")
        for line, row in rows.items():
            page.write_row(line, 0, row)
        for area in merged:
            page.merge_range(area, "Нийт хэсэг")
        book.add_worksheet("Хоёр").write_row(0, 0, ["Нэр", "Бат"])
    return kept.getvalue()


def people(count: int, every: int = 1) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {0: HEAD}
    return found | {
        1 + number * every: [f"Бат{number}", 99110000 + number, f"19{number % 90 + 10}", "чөлөө" if number % 7 else ""]
        for number in range(count)
    }


def changed(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with another text of its first sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info)
            new.writestr(info.filename, change(text) if info.filename == PART else text)
    return made.getvalue()


@pytest.fixture
def compared(read_bytes: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch) -> Compared:
    """Read a workbook whole and in stretches, and see that both are equal; the reading and how many were parsed."""
    parsed: list[int] = []
    parse = Parsing._parse

    def counted(self: Parsing, xml: bytes) -> Any:
        made = parse(self, xml)
        parsed.append(len(parsed))
        return made

    monkeypatch.setattr(Parsing, "_parse", counted)
    monkeypatch.setattr(stretches, "LEAST", 1)
    monkeypatch.setattr(stretches, "STRETCH", 1500)

    def both(content: bytes, **options: Any) -> tuple[Reading, int]:
        parsed.clear()
        monkeypatch.setattr(stretches, "THREADS", 1)
        whole = read_bytes(content, "list.xlsx", **options)
        rows = [rows_of(whole, number) for number in range(len(whole.sheets))]
        assert not parsed
        monkeypatch.setattr(stretches, "THREADS", 2)
        cut = read_bytes(content, "list.xlsx", **options)
        assert (cut.refused, cut.notices) == (whole.refused, whole.notices)
        for ours, theirs in zip(cut.sheets, whole.sheets, strict=True):
            assert (ours.header, ours.rows, ours.notices) == (theirs.header, theirs.rows, theirs.notices)
        assert [rows_of(cut, number) for number in range(len(cut.sheets))] == rows
        return cut, len(set(parsed))

    return both


@pytest.mark.parametrize("inline", [False, True])
def test_a_list_of_people(compared: Compared, inline: bool) -> None:
    reading, count = compared(workbook(people(300), inline=inline))
    assert (reading.sheets[0].rows, count > 1) == (300, True)


def test_empty_lines_between_and_at_the_edges_of_stretches(compared: Compared) -> None:
    reading, count = compared(workbook(people(120, every=9)))
    assert (reading.sheets[0].rows, count > 2) == (120, True)


def test_a_column_that_only_some_stretches_have(compared: Compared) -> None:
    rows = {line: row[: 2 if line > 20 else 4] for line, row in people(200).items()}
    assert compared(workbook(rows))[1] > 2


def test_a_row_that_is_wider_than_the_first_stretch(compared: Compared) -> None:
    rows = people(200)
    rows[190] = [*rows[190], "далд", "баримт"]
    reading, count = compared(workbook(rows))
    assert (len(reading.sheets[0].header), count > 2) == (6, True)


def test_cells_merged_across_stretches(compared: Compared) -> None:
    rows = people(200)
    for line in range(40, 161):
        rows[line][0] = ""
    rows[190] = [""] * 4
    reading, count = compared(workbook(rows, ("A41:A161", "A191:D191"), inline=False))
    assert [problem.code for problem in reading.sheets[0].notices] == ["intake.merged_filled"]
    assert [row["c0"] for row in rows_of(reading)[39:160]] == ["Нийт хэсэг"] * 121
    assert (rows_of(reading)[189]["trouble"], count > 1) == ("intake.section_row", True)


def test_rows_out_of_order_are_parsed_whole(compared: Compared) -> None:
    def turned(xml: bytes) -> bytes:
        rows = re.findall(rb"<row .*?</row>", xml, re.DOTALL)
        return xml.replace(b"".join(rows), b"".join([rows[0], *rows[150:], *rows[1:150]]))

    compared(changed(workbook(people(200)), turned))


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b"<sheetData>", b"<sheetData><!-- <row r='7'> -->"),
        lambda xml: re.sub(rb'<row r="\d+"', b"<row ", xml),
        lambda xml: xml.replace(b"sheetData>", b"sheetData >"),
    ],
)
def test_what_no_cut_is_certain_in_is_not_cut(compared: Compared, change: Callable[[bytes], bytes]) -> None:
    assert compared(changed(workbook(people(200)), change))[1] == 0


def test_a_damaged_sheet_is_refused_in_the_same_words(compared: Compared) -> None:
    reading, _ = compared(
        changed(workbook(people(200)), lambda xml: xml.replace(b'<row r="150"', b'</sheet><row r="150"'))
    )
    assert reading.refused is not None


def test_an_error_cell_keeps_its_place(compared: Compared) -> None:
    broken = b'<c r="B150" t="e"><v>#N/A</v></c>'
    content = changed(workbook(people(200)), lambda xml: re.sub(rb'<c r="B150"[^>]*><v>\d+</v></c>', broken, xml))
    reading, count = compared(content)
    assert rows_of(reading)[148]["c1"] == "#N/A"
    assert count > 2


def test_a_far_cell_in_the_last_stretch_is_refused(compared: Compared) -> None:
    content = workbook(people(200) | {50_000: ["Бат", "", "", ""]})
    reading, count = compared(content, limits=Limits(cells=250_000))
    assert (reading.sheets[0].rows, count > 2) == (201, True)
    reading, _ = compared(content, limits=Limits(cells=150_000))
    assert reading.refused is not None
    assert reading.refused.code == "intake.far_cell"


def test_a_table_of_texts_that_is_larger_than_the_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretches, "LEAST", 1)
    monkeypatch.setattr(stretches, "STRETCH", 1500)
    monkeypatch.setattr(stretches, "THREADS", 2)
    path = tmp_path / "list.xlsx"
    path.write_bytes(workbook({line: [f"{line} " + "урт бичвэр " * 50] for line in range(200)}, inline=False))
    assert stretches.begin(path) is None
