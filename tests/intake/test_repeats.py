"""Rows that an OpenDocument sheet stores once and counts many times."""

import io
import zipfile
from collections.abc import Callable

import pytest

from soyol.intake import Reading

from .conftest import cells_of

Read = Callable[..., Reading]
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def row(*texts: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    cells = "".join(map(cell, texts)) or "<table:table-cell/>"
    return f"<table:table-row{repeated}>{cells}</table:table-row>"


def ods(*rows: str, mimetype: str = "mimetype") -> bytes:
    sheet = f'<table:table table:name="List">{"".join(rows)}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(mimetype, "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {SPACES}>{body}</office:document-content>")
    return kept.getvalue()


def test_a_row_that_stands_for_billions_is_refused_with_its_place(read_bytes: Read) -> None:
    reading = read_bytes(ods(row("Нэр", "Утас"), row("Бат", "99112233", times=4_000_000_000)), "x.ods")
    assert reading.refused is not None
    assert (reading.refused.code, reading.refused.params) == (
        "intake.repeated_rows",
        {"sheet": "List", "row": 2, "n": 4_000_000_000, "limit": 1_000},
    )


def test_rows_that_repeat_a_little_each_and_very_often_in_all_are_refused(read_bytes: Read) -> None:
    rows = [row("Нэр", "Утас"), *(row(f"Бат{number}", "99112233", times=1_000) for number in range(101))]
    reading = read_bytes(ods(*rows), "x.ods")
    assert reading.refused is not None
    assert (reading.refused.code, reading.refused.params) == (
        "intake.repeated_sum",
        {"sheet": "List", "row": 100_002, "n": 100_899, "limit": 100_000},
    )


@pytest.mark.long
def test_lines_beyond_the_end_of_every_sheet_are_not_left_out_without_a_word(read_bytes: Read) -> None:
    reading = read_bytes(ods(row("Нэр", "Утас"), row("Бат", "1"), row(times=1_048_574), row("Дорж", "2")), "x.ods")
    assert reading.refused is not None
    assert (reading.refused.code, reading.refused.params) == (
        "intake.too_many_lines",
        {"sheet": "List", "n": 1_048_577, "limit": 1_048_576},
    )


def test_empty_rows_to_the_end_of_the_sheet_do_no_harm(read_bytes: Read) -> None:
    reading = read_bytes(ods(row("Нэр", "Утас"), row("Бат", "99112233", times=2), row(times=1_048_573)), "x.ods")
    assert cells_of(reading) == [("Бат", "99112233")] * 2


@pytest.mark.parametrize("name", ["MIMETYPE", "Mimetype"])
def test_a_part_named_in_capitals_is_a_damaged_workbook_and_no_riddle(name: str, read_bytes: Read) -> None:
    refused = read_bytes(ods(row("Нэр", "Утас"), row("Бат", "1"), mimetype=name), "x.ods").refused
    assert refused is None or refused.code == "intake.workbook_damaged"
