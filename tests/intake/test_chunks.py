"""What all formats share when rows are written down: no NUL, no chunk of too much text."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from soyol.intake import Limits, Reading
from soyol.intake.chunks import CHUNK_BYTES, SheetWriter, whole_numbers
from soyol.intake.job import Job
from soyol.intake.layout import Header
from soyol.intake.limits import MEGABYTE
from soyol.intake.problems import Refused

from .conftest import rows_of

HEADER = Header(("name", "note"), ("name", "note"), 1, 0)


def xlsx_with_nul() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["name", "phone"], ["BaNULt", "1"], ["Dorj", "2"]):
        page.append(row)
    kept = io.BytesIO()
    book.save(kept)
    changed = io.BytesIO()
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"NUL", b"_x0000_"))
    return changed.getvalue()


def parquet_with_nul() -> bytes:
    kept = io.BytesIO()
    pq.write_table(pa.table({"name": ["Ba\0t", "Dorj"], "phone": ["1", "2"]}), kept)
    return kept.getvalue()


WITH_NUL: dict[str, tuple[str, Callable[[], bytes]]] = {
    "csv": ("x.csv", lambda: b"name,phone\nBa\0t,1\nDorj,2\n"),
    "json": ("x.json", lambda: rb'[{"name": "Ba\u0000t", "phone": "1"}, {"name": "Dorj", "phone": "2"}]'),
    "jsonl": ("x.jsonl", lambda: b'{"name": "Ba\\u0000t", "phone": "1"}\n{"name": "Dorj", "phone": "2"}'),
    "xlsx": ("x.xlsx", xlsx_with_nul),
    "parquet": ("x.parquet", parquet_with_nul),
}


@pytest.mark.parametrize("kind", WITH_NUL)
def test_nul_is_taken_out_and_told_by_row_in_every_format(kind: str, read_bytes: Callable[..., Reading]) -> None:
    name, make = WITH_NUL[kind]
    rows = rows_of(read_bytes(make(), name))
    assert [(row["c0"], row["trouble"]) for row in rows] == [("Bat", "intake.nul"), ("Dorj", None)]


def test_nul_and_unseen_signs_leave_headings_distinct(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes(rb'[{"na\u0000me": "A", "name": "B", "\u202ephone": "1"}]', "x.json")
    (sheet,) = reading.sheets
    assert sheet.header == ("name", "name (2)", "phone")
    assert [(each.code, each.params) for each in sheet.notices] == [
        ("intake.heading_signs", {"headings": "name, phone"})
    ]


@pytest.mark.long
def test_long_rows_are_written_in_chunks_of_bounded_size(tmp_path: Path) -> None:
    writer = SheetWriter(tmp_path, 0, "", HEADER, 1)
    long = "x" * (CHUNK_BYTES // 3)
    writer.write_columns(list(range(2, 10)), [None] * 8, [None] * 8, [["A"] * 8, [long] * 8])
    sheet = writer.finish()
    assert (sheet.rows, len(sheet.chunks)) == (8, 4)
    assert max((tmp_path / chunk).stat().st_size for chunk in sheet.chunks) < CHUNK_BYTES
    table = pa.table({"line": range(8), "trouble": [None] * 8, "extra": [None] * 8, "c0": ["A"] * 8, "c1": [long] * 8})
    (tmp_path / "arrow").mkdir()
    writer = SheetWriter(tmp_path / "arrow", 0, "", HEADER, 1)
    writer.write_table(table)
    sheet = writer.finish()
    assert (sheet.rows, len(sheet.chunks), sheet.marked) == (8, 4, {})


def test_text_of_packed_files_is_counted_and_refused_with_its_place(tmp_path: Path) -> None:
    job = Job(tmp_path, Limits(archive_bytes=MEGABYTE))
    writer = SheetWriter(tmp_path, 0, "List", HEADER, 1, spend=job.unpack)
    with pytest.raises(Refused) as refused:
        writer.write_columns([2, 3], [None] * 2, [None] * 2, [["A", "B"], ["x" * MEGABYTE] * 2])
    assert (refused.value.problem.code, refused.value.problem.params) == (
        "intake.grows_too_big",
        {"limit": 1, "sheet": "List", "row": 2, "column": "note"},
    )


@pytest.mark.parametrize("sign", ["\x01", "\x7f", "\u202e", "\u2066", "\u200b", "\n", "\u00a0", "?"])
def test_a_column_with_an_odd_sign_is_marked_in_both_kinds_of_chunks(sign: str, tmp_path: Path) -> None:
    writer = SheetWriter(tmp_path, 0, "", HEADER, 1)
    writer.write_columns([2], [None], [None], [["Plain № “A”"], [f"a{sign}b"]])
    nothing = pa.nulls(1, pa.string())
    columns = {"line": [3], "trouble": nothing, "extra": nothing, "c0": ["Plain № “A”"], "c1": [f"a{sign}b"]}
    writer.write_table(pa.table(columns))
    sheet = writer.finish()
    assert [sheet.marked.get(chunk) for chunk in sheet.chunks] == [("c1",), ("c1",)]


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [([1.0, 99112233.0, -0.0], ["1", "99112233", "0"]), ([1.0, 2.5], None), ([float("nan")], None), ([1e300], None)],
)
def test_numbers_without_a_fraction_are_written_without_a_point(numbers: list[float], texts: list[str] | None) -> None:
    found = whole_numbers(numbers)
    assert (found and found.to_pylist()) == texts


def test_halves_of_signs_are_written_as_what_cannot_be_read(tmp_path: Path) -> None:
    writer = SheetWriter(tmp_path, 0, "", HEADER, 1)
    writer.write_columns([2, 3], [None] * 2, [None] * 2, [["a\ud800", ""], pa.array(["1", "2"])])
    sheet = writer.finish()
    frame = Reading("x", "x", tmp_path, sheets=(sheet,)).frame(sheet)
    assert frame.select("row", "line", "c0", "c1").rows() == [(1, 2, "a\ufffd", "1"), (2, 3, None, "2")]
