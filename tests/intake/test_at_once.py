"""A sheet read at once is the sheet read cell by cell, whatever stands in it; what would be changed goes by cells."""

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soyol.intake import Limits, Reading, parsing, workbooks

from .conftest import cells_of, rows_of

pytestmark = pytest.mark.usefixtures("reads_here")

HEAD = ["Нэр", "Утас", "Төрсөн", "Тайлбар"]
PART = "xl/worksheets/sheet1.xml"

Write = Callable[[Any, Any], None]
#: Reads a workbook both ways; gives the reading and how many of its sheets were read at once.
Compared = Callable[..., tuple[Reading, int]]


def workbook(write: Write, *, inline: bool = False, **options: Any) -> bytes:
    """A workbook whose first sheet ``write`` fills; its texts in a table of their own, or in their cells."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": inline, **options}) as book:
        write(book, book.add_worksheet("Нэг"))
    return kept.getvalue()


def people(book: Any, page: Any, count: int = 200) -> None:
    """A list without anything odd."""
    page.write_row(0, 0, HEAD)
    for number in range(count):
        page.write_row(1 + number, 0, [f"Бат{number}", 99110000 + number, "1975", "чөлөө" if number % 7 else ""])


def cell(value: Any, form: str = "General") -> Write:
    """A list with one cell that is worth a look, in its second row."""

    def write(book: Any, page: Any) -> None:
        people(book, page, 1)
        page.write_row(2, 0, ["Дорж", 99112233])
        page.write(2, 2, value, book.add_format({"num_format": form}))

    return write


def changed(content: bytes, change: Callable[[bytes], bytes], part: str = PART) -> bytes:
    """The workbook with another text of its first sheet, or of another part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info)
            new.writestr(info.filename, change(text) if info.filename == part else text)
    return made.getvalue()


@pytest.fixture
def compared(read_bytes: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch) -> Compared:
    """Read a workbook both ways and see that both are equal."""
    quickly: list[Reading] = []
    at_once = workbooks._Sheet._at_once

    def counted(self: Any, *found: Any) -> Any:
        made = at_once(self, *found)
        quickly.append(made)
        return made

    def both(content: bytes, **options: Any) -> tuple[Reading, int]:
        with monkeypatch.context() as patched:
            patched.setattr(parsing.Begun, "at_once", lambda *_: None)
            exact = read_bytes(content, "list.xlsx", **options)
            rows = [rows_of(exact, number) for number in range(len(exact.sheets))]
        with monkeypatch.context() as patched:
            patched.setattr(workbooks._Sheet, "_at_once", counted)
            quickly.clear()
            quick = read_bytes(content, "list.xlsx", **options)
        assert (quick.refused, quick.notices) == (exact.refused, exact.notices)
        for ours, theirs in zip(quick.sheets, exact.sheets, strict=True):
            assert (ours.name, ours.headings, ours.rows) == (theirs.name, theirs.headings, theirs.rows)
            assert (ours.header_line, ours.hidden, ours.notices) == (theirs.header_line, theirs.hidden, theirs.notices)
        assert [rows_of(quick, number) for number in range(len(quick.sheets))] == rows
        return quick, len(quickly)

    return both


@pytest.mark.parametrize("inline", [False, True])
def test_a_list_of_people(compared: Compared, inline: bool) -> None:
    reading, quickly = compared(workbook(people, inline=inline))
    assert (reading.sheets[0].rows, quickly) == (200, 1)
    assert cells_of(reading)[1] == ("Бат1", "99110001", "1975", "чөлөө")


def test_several_sheets_of_which_one_is_hidden_one_empty_and_one_odd(compared: Compared) -> None:
    def write(book: Any, page: Any) -> None:
        people(book, page, 3)
        book.add_worksheet("Хоосон")
        hidden = book.add_worksheet("Далд")
        people(book, hidden, 2)
        hidden.hide()
        odd = book.add_worksheet("Хэмжээ")
        odd.write_row(0, 0, ["Нэр", "Хэмжээ"])
        odd.write_row(1, 0, ["Бүтээл", 1.25])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='Хэмжээ'!$B$2:$B$2"})
        book.add_chartsheet("Зураг").set_chart(chart)

    reading, quickly = compared(workbook(write))
    assert ([sheet.rows for sheet in reading.sheets], quickly) == ([3, 2, 1], 3)


def test_a_list_that_begins_below_and_to_the_right_with_gaps(compared: Compared) -> None:
    def write(_: Any, page: Any) -> None:
        page.merge_range("C3:F3", "Уран бүтээлчдийн жагсаалт")
        page.write_row(6, 2, HEAD)
        for line in (7, 9, 40, 25_000):
            page.write_row(line, 2, [f"Бат{line}", 99112233, "", "чөлөө"])
        page.write_row(12, 2, ["  ", "\u3000", " \n"])

    reading, quickly = compared(workbook(write))
    assert ([row["line"] for row in rows_of(reading)], quickly) == ([8, 10, 41, 25_001], 1)


@pytest.mark.parametrize(
    "value", [True, "", "  ", " Бат ", "a_x000D_b", "мөр\nмөр", "007", "1e5", 0, -17, 999999999999999]
)
def test_values_that_are_the_same_both_ways(compared: Compared, value: Any) -> None:
    assert compared(workbook(cell(value)))[1] == 1


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
def test_days_are_days(compared: Compared, options: dict[str, Any]) -> None:
    reading, quickly = compared(workbook(cell(dt.date(1975, 3, 9), "yyyy-mm-dd"), **options))
    assert (cells_of(reading)[1][2], quickly) == ("1975-03-09", 1)


@pytest.mark.parametrize("value", [43832.127835648, 43832.5, 43832.999999, 27462.0000001, 50000 + 1 / 3])
def test_moments_are_rounded_to_the_second(compared: Compared, value: float) -> None:
    assert compared(workbook(cell(value, "yyyy-mm-dd hh:mm:ss")))[1] == 1


def test_a_column_of_moments_and_fractions(compared: Compared) -> None:
    def write(book: Any, page: Any) -> None:
        forms = [book.add_format({"num_format": form}) for form in ("yyyy-mm-dd hh:mm", "0.00")]
        page.write_row(0, 0, ["Нэр", "Хэзээ"])
        for number in range(2000):
            page.write(1 + number, 0, f"Бат{number}")
            page.write_number(1 + number, 1, 30_000 + number + 1 / (number + 2), forms[number % 2])

    assert compared(workbook(write))[1] == 1


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (1000.25, "yyyy-mm-dd hh:mm:ss"),
        (12345.25, "[h]:mm:ss"),
        (99112233.5, "yyyy-mm-dd hh:mm:ss"),
        (0.25, "hh:mm"),
        (99112233, "yyyy-mm-dd"),
        (2958466, "yyyy-mm-dd"),
        (0, "yyyy-mm-dd"),
        (-5, "yyyy-mm-dd"),
        (1, "hh:mm"),
        (400, "[h]:mm"),
    ],
)
@pytest.mark.parametrize("inline", [False, True])
def test_what_the_quick_way_would_write_otherwise_goes_by_cells(
    compared: Compared, value: Any, form: str, inline: bool
) -> None:
    reading, quickly = compared(workbook(cell(value, form), inline=inline))
    assert (cells_of(reading)[1][2] is not None, quickly) == (True, 0)


def test_a_text_that_looks_like_a_day_with_its_hour_stays_as_it_is(compared: Compared) -> None:
    reading, quickly = compared(workbook(cell("2020-01-02 00:00:00")))
    assert (cells_of(reading)[1][2], quickly) == ("2020-01-02 00:00:00", 0)


@pytest.mark.parametrize(
    "text",
    [
        b"<t>2020-01-02&#32;00:00:00</t>",
        b"<t>2020-01-02_x0020_00:00:00</t>",
        b"<t>2020-01-02 <![CDATA[00:00:00]]></t>",
        b'<r><t xml:space="preserve">2020-01-02 </t></r><r><rPr><b/></rPr><t>00:00:00</t></r>',
    ],
)
@pytest.mark.parametrize("inline", [False, True])
def test_a_text_that_looks_like_a_day_in_other_letters_stays_as_it_is(
    compared: Compared, text: bytes, inline: bool
) -> None:
    content = workbook(cell("here"), inline=inline)
    part = PART if inline else "xl/sharedStrings.xml"
    reading, quickly = compared(changed(content, lambda xml: re.sub(rb"<t>here</t>", text, xml), part))
    assert (cells_of(reading)[1][2], quickly) == ("2020-01-02 00:00:00", 0)


@pytest.mark.parametrize("value", [1.5, 0.1 + 0.2, 1e-10, 1234567890123456, 1e20, -1e300, 0.5, -0.0])
@pytest.mark.parametrize("inline", [False, True])
def test_odd_numbers_are_put_in_their_places(compared: Compared, value: float, inline: bool) -> None:
    reading, quickly = compared(workbook(cell(value), inline=inline))
    assert (rows_of(reading)[1]["trouble"], quickly) == ("intake.long_number" if abs(value) > 1e15 else None, 1)


@pytest.mark.parametrize("column", [0, 1])
def test_a_whole_column_of_odd_numbers(compared: Compared, column: int) -> None:
    def write(_: Any, page: Any) -> None:
        page.write_row(0, column, ["Нэр", "Хэмжээ", "Жин"])
        for number in range(5000):
            page.write_row(1 + number, column, [f"Бүтээл {number}", number + 0.25, "10.5" if number % 2 else 10.5])

    assert compared(workbook(write))[1] == (1 if column == 0 else 0)


@pytest.mark.parametrize(
    ("formula", "value"), [("=1/0", "#DIV/0!"), ('="a"&"b"', "ab"), ("=1/4", 0.25), ("=1970+5", 1975), ('=""', "")]
)
def test_errors_and_formulas_are_read_at_once(compared: Compared, formula: str, value: Any) -> None:
    def write(book: Any, page: Any) -> None:
        people(book, page, 3)
        page.write_formula(2, 2, formula, None, value)

    reading, quickly = compared(workbook(write))
    assert (cells_of(reading)[1][2], quickly) == (str(value) or None, 1)


def test_a_formula_that_gives_an_empty_text_does_not_hide_that_a_number_is_left_out(compared: Compared) -> None:
    content = workbook(cell(99112233, "yyyy-mm-dd"))
    empty = b'</c><c r="D3" t="str"><f>IF(A3="","x","")</f><v></v></c></row>'
    reading, _ = compared(changed(content, lambda xml: re.sub(rb"</c></row>(?=</sheetData>)", empty, xml)))
    assert cells_of(reading)[1] == ("Дорж", "99112233", "99112233", None)


def test_a_moment_in_a_heading_is_rounded_as_all_are(compared: Compared) -> None:
    def write(book: Any, page: Any) -> None:
        people(book, page)
        page.write(0, 2, 43832.9999999, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))

    assert compared(workbook(write))[0].sheets[0].headings[2] == "2020-01-03"


def test_cells_merged_below_the_heading(compared: Compared) -> None:
    def write(book: Any, page: Any) -> None:
        people(book, page, 3)
        for line in range(4, 9):
            page.write_row(line, 0, [f"Дорж{line}", 99112233])
        page.merge_range("C5:C9", "1980")
        page.merge_range("A10:D10", "Хоёрдугаар хэсэг")

    reading, quickly = compared(workbook(write))
    assert ([cells[2] for cells in cells_of(reading)[3:8]], quickly) == (["1980"] * 5, 1)
    assert rows_of(reading)[8]["trouble"] == "intake.section_row"


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: re.sub(rb'<row r="\d+"', b"<row", xml),
        lambda xml: xml.replace(b"<sheetData>", b"<sheetData><!-- <row r='7'> -->"),
        lambda xml: xml.replace(b"<v>99110001</v>", b"<v><![CDATA[1.50]]></v>"),
        lambda xml: xml.replace(b"<v>99110001</v>", b"<v>1&#46;5</v>"),
        lambda xml: xml.replace(b"<v>99110001</v>", b'<v xml:space="preserve">1.5</v>'),
        lambda xml: xml.replace(b"<v>99110001</v>", b"<v/>"),
        lambda xml: xml.replace(b"<v>99110001</v>", b"<v> 7 </v>"),
        lambda xml: re.sub(rb"<(/?)(sheetData|row|c|v)\b", rb"<\1x:\2", xml).replace(
            b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        ),
        lambda xml: re.sub(rb'<c r="B3"><v>\d+</v>', b'<c r="B3" t="d"><v>2020-01-02T00:00:00</v>', xml),
        lambda xml: re.sub(rb'<c r="B3"><v>\d+</v>', b'<c r="B3" t="b"><v>1</v>', xml),
        lambda xml: re.sub(rb'<c r="B3"><v>\d+</v>', b'<c r="B3" t="str"><v>007</v>', xml),
        lambda xml: re.sub(rb'<c r="B3"><v>\d+</v>', b'<c r="B3" t="str"><v>a_x000D_b</v>', xml),
        lambda xml: re.sub(rb'<c r="B3"><v>\d+</v>', b'<c r="B3"><v>0.30000000000000004' + b"0" * 600 + b"</v>", xml),
        lambda xml: xml.replace(b"</sheetData>", b'</sheetData><!-- <mergeCell ref="C9:C11"/> -->'),
        lambda xml: xml.replace(
            b"</sheetData>", b"</sheetData><mergeCells><mergeCell " + b" " * 600 + b'ref="C9:C11"/></mergeCells>'
        ),
        lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell x:ref="A2:A3" ref="C9:C11"/></mergeCells>'
        ),
        lambda xml: xml[:2000],
    ],
)
def test_unusual_and_broken_texts_of_sheets_are_read_alike(
    compared: Compared, change: Callable[[bytes], bytes]
) -> None:
    content = workbook(people)
    assert changed(content, change) != content
    compared(changed(content, change))


@pytest.mark.parametrize(
    "error",
    [
        b'<c r="B3" t="e"><v>#N/A</v></c>',
        b'<c t="e" r="B3" s="0"><v>#N/A</v></c>',
        b"<c r='B3' t='e'><v>#N/A</v></c>",
        b'<c r = "B3" t = "e">\r\n <f>A1</f>\r\n <v>#N/A</v>\r\n</c>',
        b'<c r="B3" t="e"><f>' + b"A1+" * 3200 + b"A1</f><v>#N/A</v></c>",
        b'<c r="B3" t="e" vm="1"><v xml:space="preserve">#N/A</v></c>',
    ],
)
def test_an_error_is_seen_however_its_cell_is_written(compared: Compared, error: bytes) -> None:
    content = changed(workbook(people), lambda xml: re.sub(rb'<c r="B3"><v>\d+</v></c>', error, xml))
    assert cells_of(compared(content)[0])[1][1] == "#N/A"


def test_a_text_that_is_broken_but_has_all_its_values_is_read(read_bytes: Callable[..., Reading]) -> None:
    content = changed(workbook(people), lambda xml: xml.replace(b'<row r="150"', b'</sheet><row r="150"'))
    reading = read_bytes(content, "list.xlsx")
    assert [cells[0] for cells in cells_of(reading)] == [f"Бат{number}" for number in range(200)]


def test_a_workbook_whose_folders_are_parted_by_backslashes_is_read(compared: Compared) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(people))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo()
            info.filename = name.replace("/", "\\")
            new.writestr(info, old.read(name))
    assert compared(made.getvalue())[0].rows == 200


def test_a_directory_that_tells_of_the_beginning_of_a_sheet_only_is_refused(compared: Compared) -> None:
    content = workbook(people)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        info, text = book.getinfo(PART), book.read(PART)
    begun = text[: text.index(b"</sheetData>")]
    told = struct.pack("<III", info.CRC, info.compress_size, info.file_size)
    assert content.count(told) == 2
    reading, _ = compared(content.replace(told, struct.pack("<III", zlib.crc32(begun), info.compress_size, len(begun))))
    assert reading.refused is not None
    assert reading.refused.code == "intake.zip_damaged"


def test_too_many_cells_are_refused_alike(compared: Compared) -> None:
    def write(book: Any, page: Any) -> None:
        people(book, page, 3)
        page.write(50_000, 0, "Бат")

    content = workbook(write)
    assert compared(content, limits=Limits(cells=250_000))[1] == 1
    reading, quickly = compared(content, limits=Limits(cells=150_000))
    assert reading.refused is not None
    assert (reading.refused.code, quickly) == ("intake.far_cell", 0)


def test_too_many_columns_are_refused_alike(compared: Compared) -> None:
    reading, quickly = compared(workbook(lambda _, page: page.write_row(0, 0, ["x"] * 30)), limits=Limits(columns=20))
    assert reading.refused is not None
    assert (reading.refused.code, quickly) == ("intake.too_many_columns", 0)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=8)
NUMBERS = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 70_000)
VALUES = st.none() | TEXTS | NUMBERS | st.booleans()
FORMS = ("General", "0.00", "yyyy-mm-dd", "hh:mm", "[h]:mm", "d mmm")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), VALUES, st.sampled_from(FORMS)), max_size=12),
    st.booleans(),
)
def test_any_cells_are_read_alike(compared: Compared, cells: list[tuple[int, int, Any, str]], inline: bool) -> None:
    def write(book: Any, page: Any) -> None:
        formats = {form: book.add_format({"num_format": form}) for form in FORMS}
        for line, column, value, form in sorted(cells, key=lambda each: each[:2]):
            kind = page.write_string if isinstance(value, str) else page.write
            kind(line, column, value, formats[form])

    compared(workbook(write, inline=inline))
