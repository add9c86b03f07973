"""A workbook of troubled rows that comes back is known again, whatever was done to it on the way."""

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from soyol import packs
from soyol.intake import Reading, annotated_workbook, excerpt_of, marked_rows, read, recognise, stage

pytestmark = pytest.mark.usefixtures("reads_here")
NEUTRAL = packs.load("neutral")
LIST = """Name,Phone,Note
Ann Lee,5511,
Bob Ray,x1,short
Cid Fox,x2,
Total,,
"""


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """A list, all of it as a workbook to mend."""
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    reading = read(path, tmp_path / "raw")
    staged = stage(reading, recognise(reading, NEUTRAL), NEUTRAL, tmp_path / "staged")
    to = tmp_path / "mend.xlsx"
    annotated_workbook(reading, staged.problems, to, lang="en", everything=True, mark=lambda row: f"m{row}")
    return to


def back(path: Path) -> tuple[Reading, bool]:
    return excerpt_of(read(path, path.parent / f"back-{path.stem}"))


def rows(reading: Reading) -> list[tuple[str | None, ...]]:
    sheet = reading.sheets[0]
    return [row for frame in reading.frames(sheet) for row in frame.select(sheet.cells).iter_rows()]


def as_csv(book: Path, change: Callable[[list[list[str]]], list[list[str]]] = lambda lines: lines) -> Path:
    page = openpyxl.load_workbook(book).active
    assert page is not None
    lines = [[str(cell or "") for cell in line] for line in page.iter_rows(values_only=True)]
    path = book.with_suffix(".csv")
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream, delimiter=";").writerows(change(lines))
    return path


def test_our_columns_are_taken_off_and_the_rows_are_as_they_were(taken: Path) -> None:
    reading, excerpt = back(taken)
    assert (excerpt, reading.sheets[0].header, reading.sheets[0].headings) == (True, *[("Name", "Phone", "Note")] * 2)
    assert rows(reading) == [
        ("Ann Lee", "5511", None), ("Bob Ray", "x1", "short"), ("Cid Fox", "x2", None), ("Total", None, None),
    ]  # fmt: skip
    assert [mark for _row, _line, mark in marked_rows(reading)] == ["m1", "m2", "m3", "m4"]


def test_the_marks_are_hidden_and_answer_typing_and_nobody_hears_of_hidden_columns(taken: Path) -> None:
    page = openpyxl.load_workbook(taken).active
    assert page is not None
    assert (page.column_dimensions["E"].hidden, page["E2"].value) == (True, "m1")
    [rule] = page.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1, bool(rule.error)) == ("E1:E5", "FALSE", True)
    assert not page.protection.sheet  # a protected sheet could not be sorted
    assert [each.code for each in back(taken)[0].notices] == []


def test_saved_as_csv_and_sorted_each_row_keeps_its_mark(taken: Path) -> None:
    reading, excerpt = back(as_csv(taken, lambda lines: [lines[0], *reversed(lines[1:4])]))
    assert excerpt
    assert [(row, mark) for row, _line, mark in marked_rows(reading)] == [(1, "m3"), (2, "m2"), (3, "m1")]
    assert rows(reading)[0] == ("Cid Fox", "x2", None)


def test_columns_in_another_order_are_known_by_their_headings(taken: Path) -> None:
    reading, excerpt = back(as_csv(taken, lambda lines: [line[::-1] for line in lines]))
    assert (excerpt, reading.sheets[0].header) == (True, ("Note", "Phone", "Name"))
    assert rows(reading)[0] == (None, "5511", "Ann Lee")


def test_a_row_that_somebody_added_has_no_mark(taken: Path) -> None:
    reading, _ = back(as_csv(taken, lambda lines: [*lines, ["New One", "5512", "", "", ""]]))
    frames = pl.concat(list(reading.frames(reading.sheets[0])))
    assert frames["mark"].to_list() == ["m1", "m2", "m3", "m4", None]


@pytest.mark.long
def test_a_total_is_still_a_total(taken: Path, tmp_path: Path) -> None:
    reading, _ = back(taken)
    staged = stage(reading, recognise(reading, NEUTRAL), NEUTRAL, tmp_path / "again")
    assert (staged.totals, staged.records_count) == (1, 3)


def test_without_its_marks_it_is_an_ordinary_file_with_a_warning(taken: Path) -> None:
    reading, excerpt = back(as_csv(taken, lambda lines: [line[:-1] for line in lines]))
    assert (excerpt, reading.sheets[0].header[-1]) == (False, "What to mend")
    assert [each.code for each in reading.sheets[0].notices] == ["intake.excerpt_unmarked"]


def test_any_other_file_is_given_back_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    reading = read(path, tmp_path / "raw")
    assert excerpt_of(reading) == (reading, False)
