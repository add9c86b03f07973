"""Files that were made to do harm, one of each class: a reason for each, and nothing dies but the cage."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from soyol.intake import Limits, Reading, read
from soyol.intake.limits import MEGABYTE

from .conftest import cells_of, rows_of

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def workbook(rows: list[list[object]] | None = None) -> bytes:
    """A small good workbook."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows or [["Нэр", "Утас"], ["Бат", "99112233"], ["Дорж", "88112233"]]:
        page.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def old_workbook() -> bytes:
    """A good workbook of the old kind, with enough rows to fill sectors."""
    book = xlwt.Workbook()
    page = book.add_sheet("x")
    for row in range(200):
        page.write(row, 0, f"Бат{row}")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def changed(parts: dict[str, bytes | None], base: bytes | None = None) -> bytes:
    """A good workbook with parts replaced, added, or (``None``) left out."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or workbook())) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return kept.getvalue()


def doubled_names() -> bytes:
    kept = io.BytesIO(workbook())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(kept, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return kept.getvalue()


def many_parts() -> bytes:
    return changed({f"xl/media/{number}.txt": b"" for number in range(5_001)})


def lying_size() -> bytes:
    """A part whose directory entry says that it is small."""
    raw = changed({"xl/worksheets/sheet1.xml": SHEET.format("<row/>" * 900_000).encode()})
    place = raw.rindex(b"xl/worksheets/sheet1.xml") - 46
    return raw[: place + 24] + struct.pack("<I", 1000) + raw[place + 28 :]


def far(cell: str) -> bytes:
    row = "".join(filter(str.isdigit, cell))
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    content = SHEET.format(f'{first}<row r="{row}"><c r="{cell}"><v>1</v></c></row>')
    return changed({"xl/worksheets/sheet1.xml": content.encode()})


def shown_as(form: str, number: str) -> bytes:
    """A workbook with a number, as it is written in the file, in a cell of the given format."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Нэр", "Цаг", "Огноо"])
        page.write_row(1, 0, ["Бат"])
        page.write_number(1, 1, 77777, book.add_format({"num_format": form}))
        page.write_number(1, 2, 40000, book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_row(2, 0, ["Дорж", "1"])
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(kept) as archive:
        content = archive.read(sheet).replace(b"<v>77777</v>", f"<v>{number}</v>".encode())
    return changed({sheet: content}, kept.getvalue())


def encrypted_ole(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in streams)


DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
BOMB = SHEET.format('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * (60 * MEGABYTE)).encode()

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("x.csv", lambda: b"", "intake.empty_file"),
    "only-white-space": ("x.csv", lambda: b"\xef\xbb\xbf \r\n\r\n", "intake.empty_file"),
    "only-a-heading": ("x.csv", "Нэр,Утас\n".encode, "intake.no_rows"),
    "random-bytes": ("x.csv", lambda: bytes(range(256)) * 40, "intake.unknown_format"),
    "picture": ("x.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "intake.not_a_table"),
    "pdf": ("x.xlsx", lambda: b"%PDF-1.7\n" + b"x" * 100, "intake.not_a_table"),
    "program": ("x.csv", lambda: b"MZ\x90\0" + b"\0" * 200, "intake.not_a_table"),
    "gzip": ("x.csv", lambda: b"\x1f\x8b\x08" + b"\0" * 50, "intake.archive"),
    "zip-of-csv": ("x.zip", lambda: changed({"a.csv": b"x", "xl/workbook.xml": None}), "intake.archive"),
    "html-as-xls": ("x.xls", "<html><table><tr><td>Нэр</td></tr></table>".encode, "intake.web_page"),
    "xml-spreadsheet": ("x.xls", lambda: b"<?xml version='1.0'?><Workbook/>", "intake.xml_spreadsheet"),
    "macros": ("x.xlsm", lambda: changed({"xl/vbaProject.bin": b"\xd0\xcf"}), "intake.macros"),
    "macros-in-xls": ("x.xls", lambda: encrypted_ole("Workbook", "_VBA_PROJECT_CUR"), "intake.macros"),
    "word-file": ("x.xls", lambda: encrypted_ole("WordDocument"), "intake.not_a_table"),
    "locked": ("x.xlsx", lambda: encrypted_ole("EncryptedPackage", "EncryptionInfo"), "intake.encrypted"),
    "xlsb": ("x.xlsb", lambda: changed({"xl/workbook.bin": b"\0"}), "intake.binary_workbook"),
    "dtd-in-sheet": (
        "x.xlsx",
        lambda: changed({"xl/worksheets/sheet1.xml": (DTD + SHEET.format("")).encode()}),
        "intake.document_type",
    ),
    "dtd-in-rels": ("x.xlsx", lambda: changed({"_rels/.rels": DTD.encode()}), "intake.document_type"),
    "dtd-in-utf-16": ("x.xlsx", lambda: changed({"xl/styles.xml": DTD.encode("utf-16")}), "intake.document_type"),
    "bomb-by-ratio": ("x.xlsx", lambda: changed({"xl/worksheets/sheet1.xml": BOMB}), "intake.zip_bomb"),
    "bomb-by-count": ("x.xlsx", many_parts, "intake.zip_bomb"),
    "bomb-in-bomb": ("x.xlsx", lambda: changed({"xl/embeddings/a.xlsx": workbook()}), "intake.zip_nested"),
    "lying-directory": ("x.xlsx", lying_size, "intake.zip_damaged"),
    "doubled-names": ("x.xlsx", doubled_names, "intake.zip_names"),
    "zip-slip": ("x.xlsx", lambda: changed({"../../evil.xml": b"<x/>"}), "intake.zip_names"),
    "absolute-name": ("x.xlsx", lambda: changed({"/etc/cron.d/x.xml": b"<x/>"}), "intake.zip_names"),
    "cut-off": ("x.xlsx", lambda: workbook()[:-200], "intake.cut_short"),
    "cut-off-xls": ("x.xls", lambda: old_workbook()[: len(old_workbook()) // 2], "intake.cut_short"),
    "far-cell": ("x.xlsx", lambda: far("XFD1048576"), "intake.far_cell"),
    "far-column": ("x.xlsx", lambda: far("XFD2"), "intake.too_many_columns"),
    "far-row": ("x.xlsx", lambda: far("ZZ1000000"), "intake.far_cell"),
    "number-that-is-no-date": ("x.xlsx", lambda: shown_as("yyyy-mm-dd", "-1e300"), "intake.workbook_damaged"),
    "broken-json": ("x.json", lambda: b'[{"a": 1}, {"a": ', "intake.json_damaged"),
    "deep-json": ("x.json", lambda: b"[" * 200_000, "intake.json_damaged"),
    "json-without-list": ("x.json", lambda: b'{"a": 1}', "intake.json_shape"),
    "broken-parquet": ("x.parquet", lambda: b"PAR1" + b"\xff" * 60 + b"PAR1", "intake.parquet_damaged"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_its_reason(name: str, read_bytes: Callable[..., Reading]) -> None:
    file, make, code = REFUSED[name]
    reading = read_bytes(make(), file)
    assert reading.refused is not None
    assert (reading.refused.code, reading.sheets) == (code, ())
    for lang in ("mn", "en"):
        assert reading.refused.say(lang)
        assert reading.refused.say_way_out(lang)


@pytest.mark.long
def test_a_heading_longer_than_any_block_is_counted_whole(read_bytes: Callable[..., Reading]) -> None:
    refused = read_bytes(b",".join(b"c%d" % number for number in range(1_000_000)) + b"\nx\n").refused
    assert refused is not None
    assert (refused.code, refused.params["n"]) == ("intake.too_many_columns", 1_000_000)


def test_the_far_cell_is_named(read_bytes: Callable[..., Reading]) -> None:
    refused = read_bytes(far("XFD1048576"), "x.xlsx").refused
    assert refused is not None
    assert refused.params["cell"] == "XFD1048576"


def test_what_the_look_inside_finds_is_told_even_where_the_parser_dies_first(
    read_bytes: Callable[..., Reading],
) -> None:
    refused = read_bytes(changed({"xl/styles.xml": DTD.encode()}, far("XFD1048576")), "x.xlsx").refused
    assert refused is not None
    assert (refused.code, refused.params["name"]) == ("intake.document_type", "xl/styles.xml")


def test_formatted_far_cells_without_a_value_do_no_harm(read_bytes: Callable[..., Reading]) -> None:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="str"><v>{a}</v></c><c r="B{number}" t="str"><v>{b}</v></c></row>'
        for number, (a, b) in enumerate([("Нэр", "Утас"), ("Бат", "99112233")], 1)
    )
    content = SHEET.format(rows + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    reading = read_bytes(changed({"xl/worksheets/sheet1.xml": content.encode()}), "x.xlsx")
    assert cells_of(reading) == [("Бат", "99112233")]


def test_external_links_are_shown_and_not_opened(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes(changed({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), "x.xlsx")
    assert [notice.code for notice in reading.notices] == ["intake.external_links"]
    assert reading.rows == 2


def test_hidden_sheets_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        shown, hidden = book.add_worksheet("Нэг"), book.add_worksheet("Хоёр")
        for page in (shown, hidden):
            for line, row in enumerate([["Нэр", "Утас"], ["Бат", "99112233"], ["Дорж", "88112233"]]):
                page.write_row(line, 0, row)
        shown.set_row(1, None, None, {"hidden": True})
        shown.set_column(1, 1, None, None, {"hidden": True})
        hidden.hide()
    reading = read(path, tmp_path / "raw")
    assert {notice.code for notice in reading.notices} == {
        "intake.hidden_rows",
        "intake.hidden_columns",
        "intake.hidden_sheet",
    }
    assert [[row["row"] for row in rows_of(reading, number)] for number in (0, 1)] == [[1, 2], [3, 4]]


def test_nul_signs_and_wrong_bytes_are_told_by_row(read_bytes: Callable[..., Reading]) -> None:
    good = "Нэр,Утас\n" + "Бат,99112233\n" * 50
    reading = read_bytes(good.encode() + "Ба\0т,1\n".encode() + "Дорж,2\n".encode("cp1251") + "Сүх,3\n".encode())
    assert [(row["trouble"], row["c0"]) for row in rows_of(reading)[50:]] == [
        ("intake.nul", "Бат"),
        ("intake.bad_encoding", "Дорж"),
        (None, "Сүх"),
    ]


def test_a_line_without_end_is_refused(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes(b"a,b\n" + b"x" * (6 * MEGABYTE), limits=Limits(line_bytes=MEGABYTE))
    assert reading.refused is not None
    assert reading.refused.code == "intake.line_too_long"


def test_broken_lines_of_json_are_told_one_by_one(read_bytes: Callable[..., Reading]) -> None:
    lines = [json.dumps({"нэр": "Бат"}), json.dumps({"нэр": "Дорж"}), "{нэр: }", json.dumps({"нэр": "Сүх"})]
    reading = read_bytes("\n".join(lines).encode(), "x.jsonl")
    assert [(row["c0"], row["trouble"]) for row in rows_of(reading)] == [
        ("Бат", None),
        ("Дорж", None),
        (None, "intake.bad_json_line"),
        ("Сүх", None),
    ]


@pytest.mark.long
def test_merged_cells_that_lie_over_one_another_are_refused(read_bytes: Callable[..., Reading]) -> None:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="str"><v>{text}</v></c><c r="B{number}"><v>1</v></c></row>'
        for number, text in enumerate(["Нэр", "Бат", "Дорж"], 1)
    )
    merged = '<mergeCell ref="A2:A9990"/>' * 1_000
    content = SHEET.replace("</worksheet>", f"<mergeCells>{merged}</mergeCells></worksheet>").format(rows)
    refused = read_bytes(changed({"xl/worksheets/sheet1.xml": content.encode()}), "x.xlsx").refused
    assert refused is not None
    assert refused.code == "intake.merged_overlap"
    assert (refused.params["column"], refused.params["row"], refused.params["limit"]) == ("A", 2, 1_000_000)


def test_a_damaged_packed_part_cannot_be_unpacked(read_bytes: Callable[..., Reading]) -> None:
    raw = bytearray(workbook([["Нэр", "Утас"], *[[f"Бат{n}", str(n * 7919)] for n in range(500)]]))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 30 + len("xl/worksheets/sheet1.xml")
    raw[place + 10 : place + 60] = b"\xff" * 50
    refused = read_bytes(bytes(raw), "x.xlsx").refused
    assert refused is not None
    assert refused.code == "intake.zip_damaged"


@pytest.mark.parametrize(
    "begun",
    [
        '<c r="A1" ',
        "<row ",
        '<c r="A1" t="e"><f>',
        '<c t="e" hidden ',
        "<aaaaaaaaa",
        "<v>",
        '<c r="A1"><v>',
        '<c r="A1"><f>a<v>1.5</v>',
        "<mergeCell ",
    ],
)
def test_what_looks_like_the_beginnings_of_many_tags_holds_nobody_up(
    begun: str, read_bytes: Callable[..., Reading]
) -> None:
    """Text of a cell may look like anything; the time for looking inside must not grow with its square."""
    many = begun * (MEGABYTE // len(begun))
    rows = [
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Нэр</t></is></c></row>',
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Бат</t></is></c><c r="B2" t="e"><v>#N/A</v></c></row>',
        f'<row r="3"><c r="A3" t="inlineStr"><is><t><![CDATA[{many} t="e" hidden ]]></t></is></c></row>',
    ]
    content = changed({"xl/worksheets/sheet1.xml": SHEET.format("".join(rows)).encode()})
    reading = read_bytes(content, "x.xlsx", limits=Limits(cpu_seconds=10, archive_ratio=10_000))
    assert reading.refused is None
    assert ["#N/A" in row.values() for row in rows_of(reading)] == [False, True, False]


@pytest.mark.parametrize(
    ("cell", "named", "cells"),
    [
        ("A4000000000", "A4000000000", 4_000_000_000),
        ("C5000000000", "A5000000000", 5_000_000_000),  # its row says it first
        ("ZZZZZZZZ2", "ZZZZZZZZ2", 434_360_294_316),
    ],
)
def test_a_cell_that_takes_all_memory_is_refused_with_its_place(
    cell: str, named: str, cells: int, read_bytes: Callable[..., Reading]
) -> None:
    refused = read_bytes(far(cell), "x.xlsx").refused
    assert refused is not None
    assert (refused.code, refused.params["cell"], refused.params["n"]) == ("intake.far_cell", named, cells)
