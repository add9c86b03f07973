"""The same list in every format and encoding gives the same raw rows."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from soyol.intake import Reading, encodings, read

from .conftest import cells_of, rows_of

HEAD = ["Нэр", "Утас", "Төрсөн"]
ROWS = [["Бат", "99112233", "1985"], ["Өнөр ҮҮр", "88112233", ""], ["Цэцэг", "77112233", "1990"]]
EXPECTED = [tuple(cell or None for cell in row) for row in ROWS]


def xlsx(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def xls(rows: list[list[Any]]) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("Нэг")
    for line, row in enumerate(rows):
        for number, cell in enumerate(row):
            page.write(line, number, cell)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def ods(rows: list[list[Any]]) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Нэг")
    for row in rows:
        line = TableRow()
        for cell in row:
            made = TableCell(valuetype="string")
            made.addElement(P(text=cell))
            line.addElement(made)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    kept = io.BytesIO()
    book.write(kept)
    return kept.getvalue()


def text(rows: list[list[Any]], sign: str = ",") -> str:
    kept = io.StringIO()
    csv.writer(kept, delimiter=sign).writerows(rows)
    return kept.getvalue()


def parquet(rows: list[list[Any]]) -> bytes:
    kept = io.BytesIO()
    pq.write_table(pa.table({name: [row[at] for row in rows] for at, name in enumerate(HEAD)}), kept)
    return kept.getvalue()


def objects(rows: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(HEAD, row, strict=True)) for row in rows]


FORMATS: dict[str, Callable[[], bytes]] = {
    "xlsx": lambda: xlsx([HEAD, *ROWS]),
    "xls": lambda: xls([HEAD, *ROWS]),
    "ods": lambda: ods([HEAD, *ROWS]),
    "csv": lambda: text([HEAD, *ROWS]).encode(),
    "parquet": lambda: parquet(ROWS),
    "json": lambda: json.dumps({"тоо": 3, "data": objects(ROWS)}).encode(),
    "jsonl": lambda: "\n".join(json.dumps(row, ensure_ascii=False) for row in objects(ROWS)).encode(),
}


#: Made once: workbooks carry the time at which they were written.
GOOD = {kind: make() for kind, make in FORMATS.items()}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_rows(kind: str, read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes(FORMATS[kind](), "no-ending-to-trust")
    assert (reading.format, reading.sheets[0].headings) == (kind, tuple(HEAD))
    assert cells_of(reading) == EXPECTED
    assert [row["row"] for row in rows_of(reading)] == [1, 2, 3]


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_every_encoding_gives_the_same_rows(encoding: str, sign: str, read_bytes: Callable[..., Reading]) -> None:
    assert cells_of(read_bytes(text([HEAD, *ROWS], sign).encode(encoding))) == EXPECTED


@pytest.mark.long
def test_cp1251_with_the_substitutes_of_old_keyboards(read_bytes: Callable[..., Reading]) -> None:
    old = text([HEAD, *ROWS]).translate(str.maketrans("өүӨҮ", "єїЄЇ")).encode("cp1251")
    reading = read_bytes(old)
    assert (reading.encoding, [notice.code for notice in reading.notices]) == ("cp1251", ["intake.encoding_guessed"])
    repaired = [
        tuple(cell and cell.translate(str.maketrans("єїЄЇ", "өүӨҮ")) for cell in row) for row in cells_of(reading)
    ]
    assert repaired == EXPECTED


MONGOLIAN = st.text(alphabet="абвгдеёжзийклмноөпрстуүфхцчшщъыьэюяАБВГДЕЁЖЗӨҮ ,\"'-.;", min_size=1, max_size=20)


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_capitals_in_utf_16_without_a_mark_are_text(encoding: str, read_bytes: Callable[..., Reading]) -> None:
    """Their bytes are those of control signs."""
    reading = read_bytes("НЭР,АЙМАГ\nБАТ ДОРЖ,УВС\nБОЛД,ХОВД\n".encode(encoding))
    assert cells_of(reading) == [("БАТ ДОРЖ", "УВС"), ("БОЛД", "ХОВД")]


@given(st.lists(MONGOLIAN, min_size=4, max_size=40), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"]))
def test_mongolian_text_survives_its_way_through_any_encoding(names: list[str], encoding: str) -> None:
    """B6: what comes out is what went in, after NFC and the repair of є ї."""
    lines = "\n".join(names)
    written = (
        lines.translate(str.maketrans("өүӨҮ", "єїЄЇ")) if encoding == "cp1251" else unicodedata.normalize("NFD", lines)
    )
    raw = written.encode(encoding)
    found = encodings.decide(raw, whole=True)
    came = b"".join(encodings.blocks(io.BytesIO(raw[found.skip :]), found, 7)).decode()
    if encoding == "cp1251" and found.name == "cp1251":
        came = came.translate(str.maketrans("єїЄЇ", "өүӨҮ"))
    if not raw.isascii() and not (encoding == "cp1251" and found.name != "cp1251"):
        assert unicodedata.normalize("NFC", came) == unicodedata.normalize("NFC", lines)


@pytest.mark.long
@pytest.mark.parametrize("codec", ["cp1251", "cp1252"])
def test_a_file_that_was_read_wrongly_before_is_put_right(codec: str, read_bytes: Callable[..., Reading]) -> None:
    good = text([HEAD, *ROWS * 5])
    scrambled = (
        good.encode().decode("latin-1")
        if codec == "cp1252"
        else "".join(bytes([byte]).decode("cp1251") if byte != 0x98 else "\x98" for byte in good.encode())
    )
    if codec == "cp1252":
        scrambled = "".join(
            bytes([ord(sign)]).decode("cp1252") if ord(sign) not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else sign
            for sign in scrambled
        )
    reading = read_bytes(scrambled.encode())
    assert cells_of(reading) == EXPECTED * 5
    assert [notice.code for notice in reading.notices] == ["intake.file_mojibake"]


def test_values_of_workbooks_are_written_as_a_reader_would(tmp_path: Path) -> None:
    import datetime as dt

    path = tmp_path / "values.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, ["Нэр", "Утас", "Төрсөн", "Зөвшөөрөл", "Тоо", "Алдаа"])
        page.write_row(1, 0, ["Бат", 99112233.0])
        page.write_datetime(1, 2, dt.datetime(1985, 3, 12), day)  # noqa: DTZ001 - cells of workbooks know no zone
        page.write_boolean(1, 3, True)
        page.write_number(1, 4, 1.5)
        page.write_formula(1, 5, "=NA()", None, "#N/A")
    reading = read(path, tmp_path / "raw")
    assert cells_of(reading) == [("Бат", "99112233", "1985-03-12", "true", "1.5", "#N/A")]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (44927.9999999, "yyyy-mm-dd", "2023-01-02"),
        (44927.99999, "yyyy-mm-dd", "2023-01-01 23:59:59"),
        (44927.00000001, "yyyy-mm-dd", "2023-01-01"),
        (2958465.99999999, "yyyy-mm-dd", "9999-12-31 23:59:59"),
        (0.5000001, "hh:mm:ss", "12:00:00"),
        (0.9999999, "hh:mm:ss", "00:00:00"),
        (0.9999999, "[h]:mm:ss", "1 day, 0:00:00"),
    ],
)
def test_moments_of_workbooks_are_rounded_to_the_second(number: float, form: str, shown: str, tmp_path: Path) -> None:
    path = tmp_path / "moments.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Нэр", "Огноо"])
        page.write_row(1, 0, ["Бат"])
        page.write_number(1, 1, number, book.add_format({"num_format": form}))
    assert cells_of(read(path, tmp_path / "raw")) == [("Бат", shown)]


def test_a_cell_merged_over_very_many_lines_is_told(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Нэр", "Утас", "Аймаг"])
        for line in (1, 2):
            page.write_row(line, 0, [f"Бат{line}", "99112233"])
        page.merge_range(1, 2, 10_001, 2, "Увс")
    reading = read(path, tmp_path / "raw")
    assert [row[2] for row in cells_of(reading)] == ["Увс", None]
    (notice,) = reading.sheets[0].notices
    assert (notice.code, notice.params) == ("intake.merged_left", {"cells": "C2:C10002"})


def test_a_block_of_merged_cells_counts_for_each_of_its_rows_in_its_first_column(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Нэр", "Аймаг", "Сум", "Утас", "Тайлбар"])
        for line in (1, 2, 3):
            page.write_row(line, 0, [f"Бат{line}"])
            page.write(line, 3, "99112233")
        page.merge_range(1, 1, 3, 2, "Увс, Улаангом")
    reading = read(path, tmp_path / "raw")
    assert [row[1:3] for row in cells_of(reading)] == [("Увс, Улаангом", None)] * 3
    assert [(notice.code, notice.params) for notice in reading.sheets[0].notices] == [
        ("intake.merged_filled", {"n": 2})
    ]


def test_numbers_of_more_digits_than_a_spreadsheet_keeps_are_told_by_row(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    rows: list[list[float | str]] = [
        [99112233, 1e14],
        [12345678901234567, -1e15],
        ["", 1e19],
        ["1234567890123456", 0.1],
    ]
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Нэр", "Утас", "Данс"])
        for line, row in enumerate(rows, 1):
            page.write_row(line, 0, [f"Бат{line}", *row])
    reading = read(path, tmp_path / "raw")
    assert [(row["c1"], row["c2"], row["trouble"]) for row in rows_of(reading)] == [
        ("99112233", "100000000000000", None),
        ("12345678901234570", "-1000000000000000", "intake.long_number"),
        (None, "1e+19", "intake.long_number"),
        ("1234567890123456", "0.1", None),
    ]


def test_two_heading_rows_and_a_row_of_numbers_are_one_heading(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Жагсаалт")
        page.merge_range(0, 0, 0, 4, "УРАН БҮТЭЭЛЧДИЙН ЖАГСААЛТ")
        page.merge_range(2, 0, 3, 0, "№")
        page.merge_range(2, 1, 2, 2, "Овог нэр")
        page.write_row(3, 1, ["Эцгийн нэр", "Нэр"])
        page.merge_range(2, 3, 3, 3, "Утас")
        page.merge_range(2, 4, 3, 4, "Аймаг")
        page.write_row(4, 0, [1, 2, 3, 4, 5])
        page.write_row(5, 0, [1, "Дорж", "Бат", 99112233])
        page.write_row(6, 0, [2, "Пүрэв", "Сүх", 88112233])
        page.merge_range(5, 4, 6, 4, "Увс")
    reading = read(path, tmp_path / "raw")
    sheet = reading.sheets[0]
    assert sheet.header == ("№", "Овог нэр: Эцгийн нэр", "Овог нэр: Нэр", "Утас", "Аймаг")
    assert cells_of(reading) == [("1", "Дорж", "Бат", "99112233", "Увс"), ("2", "Пүрэв", "Сүх", "88112233", "Увс")]
    assert [(row["row"], row["line"]) for row in rows_of(reading)] == [(1, 6), (2, 7)]
    assert [notice.code for notice in sheet.notices] == ["intake.merged_filled", "intake.titles_skipped"]


def test_a_table_that_begins_in_the_middle_of_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "middle.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for line, row in enumerate([["Нэр", "Утас"], ["Бат", "99112233"], ["Дорж", "88112233"]]):
            page.write_row(4 + line, 2, row)
        page.write_formula(6, 3, "=NA()", None, "#N/A")
    reading = read(path, tmp_path / "raw")
    assert (reading.sheets[0].header, reading.sheets[0].header_line) == (("Нэр", "Утас"), 5)
    assert [(row["line"], row["c0"], row["c1"]) for row in rows_of(reading)] == [
        (6, "Бат", "99112233"),
        (7, "Дорж", "#N/A"),
    ]


def test_a_sheet_without_heading_goes_on_with_the_one_before(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for row in (["Нэр", "Утас"], ["Бат", "99112233"]):
        first.append(row)
    for row in (["Дорж", "88112233"], [], ["Сүх", "77112233"]):
        book.create_sheet("Үргэлжлэл").append(row) if "Үргэлжлэл" not in book.sheetnames else book["Үргэлжлэл"].append(
            row
        )
    path = tmp_path / "two.xlsx"
    book.save(path)
    reading = read(path, tmp_path / "raw")
    assert [sheet.header for sheet in reading.sheets] == [("Нэр", "Утас")] * 2
    assert [(row["row"], row["line"], row["c0"]) for row in rows_of(reading, 1)] == [(2, 1, "Дорж"), (3, 3, "Сүх")]


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bytes_changed_in_good_files_give_rows_or_a_reason(data: st.DataObject, tmp_path: Path) -> None:
    """B5: no edit of a good file may end in anything but a reading."""
    kind = data.draw(st.sampled_from(["xlsx", "xls", "ods", "csv", "json", "parquet"]))
    raw = bytearray(GOOD[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "mutated"
    path.write_bytes(bytes(raw))
    reading = read(path, tmp_path / "raw")
    assert (reading.refused is None) == bool(reading.sheets)
