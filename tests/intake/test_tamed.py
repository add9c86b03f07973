"""Cells over which calamine fails for a whole sheet: hours beyond all measure, errors of newer programs."""

import io
import zipfile
from collections.abc import Callable

import pytest

from soyol.intake import Limits, Reading

from .conftest import cells_of
from .test_hostile import SHEET, changed, shown_as


@pytest.mark.parametrize("form", ["[h]:mm:ss", "[mm]:ss", "0;[HH]:mm"])
@pytest.mark.parametrize(
    ("number", "shown"), [("1000000000", "1000000000"), ("-1e9", "-1000000000"), ("-1e300", "-1e+300"), ("inf", "inf")]
)
def test_a_number_beyond_all_hours_is_a_number_and_its_list_is_read(
    form: str, number: str, shown: str, read_bytes: Callable[..., Reading]
) -> None:
    reading = read_bytes(shown_as(form, number), "x.xlsx")
    assert reading.refused is None
    assert cells_of(reading) == [("Бат", shown, "2009-07-06"), ("Дорж", "1", None)]


def test_hours_are_shown_as_before_where_there_are_so_many(read_bytes: Callable[..., Reading]) -> None:
    assert cells_of(read_bytes(shown_as("[h]:mm:ss", "1.5"), "x.xlsx"))[0] == ("Бат", "1 day, 12:00:00", "2009-07-06")


def test_beginnings_of_formats_without_an_end_are_looked_through_once(read_bytes: Callable[..., Reading]) -> None:
    content, made = io.BytesIO(shown_as("0.00", "1.5")), io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/styles.xml":
                text = text.replace(b'"', b"'") + b'<!-- formatCode="' + b"[h]" * 100_000 + b" -->"
            new.writestr(name, text)
    reading = read_bytes(made.getvalue(), "x.xlsx", limits=Limits(cpu_seconds=20))
    assert (reading.refused, reading.rows) == (None, 2)


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA", "#BLOCKED!"])
def test_an_error_of_a_newer_program_is_one_cell_of_its_list(error: str, read_bytes: Callable[..., Reading]) -> None:
    head, first, second = (f't="inlineStr"><is><t>{text}</t></is></c>' for text in ("Нэр", "Дорж Бат", "Пүрэв Сүх"))
    rows = [
        f'<row r="1"><c r="A1" {head}<c r="B1" {head}</row>',
        f'<row r="2"><c r="A2" {first}<c r="B2" t="e"><v>{error}</v></c></row>',
        f'<row r="3"><c r="A3" {second}<c r="B3"><v>99112233</v></c></row>',
    ]
    sheet = SHEET.format("".join(rows)).encode()
    reading = read_bytes(changed({"xl/worksheets/sheet1.xml": sheet}), "x.xlsx")
    assert cells_of(reading) == [("Дорж Бат", error), ("Пүрэв Сүх", "99112233")]
