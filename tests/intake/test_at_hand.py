"""Rows at hand take the way of all rows."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from soyol import packs
from soyol.intake import (
    Mapping,
    SheetMapping,
    first_rows,
    read,
    reading_at_hand,
    recognise,
    stage,
    summary_row,
    understand,
    understand_all,
)
from soyol.intake.at_hand import Row

pytestmark = pytest.mark.usefixtures("reads_here")
MN = packs.load("mn")
TODAY = dt.date(2026, 11, 1)
LIST = "Нэр,Утас\nДорж Бат,9911-2233\nСүрэн Болд,abc\nНийт: 2,\n"


@pytest.mark.long
def test_kept_rows_become_the_same_records_and_problems_as_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    reading = read(path, tmp_path / "raw")
    (sheet,) = reading.sheets
    kept = [summary_row(row, sheet.cells) for row in next(reading.frames(sheet)).iter_rows(named=True)]
    told = {"sample": kept}
    again = reading_at_hand([(sheet.name, sheet.header, first_rows(told, 200))], tmp_path / "kept", source="list")
    mapping = recognise(reading, MN)
    whole = stage(reading, mapping, MN, tmp_path / "a", today=TODAY)
    first = stage(again, mapping, MN, tmp_path / "b", today=TODAY)
    assert first.frame().equals(whole.frame())
    assert pl.read_parquet(first.problems).equals(pl.read_parquet(whole.problems))


def test_no_more_rows_are_taken_than_asked_for() -> None:
    rows = [{"row": n, "line": n + 1, "cells": ["a"]} for n in range(1, 9)]
    assert [row.row for row in first_rows({"sample": rows}, 3)] == [1, 2, 3]


def test_a_typed_row_is_understood_by_the_pack(tmp_path: Path) -> None:
    told = understand({"name": "Дорж Бат", "phone": "9911 2233", "birth_date": "1987.05.17"}, "person", MN, tmp_path)
    assert told.problems == []
    assert (told.values["surname"], told.values["given_name"]) == ("Дорж", "Бат")
    assert (told.values["phones"], told.values["birth_date"]) == (["+97699112233"], "1987-05-17")


def test_what_cannot_be_understood_is_told_with_its_field(tmp_path: Path) -> None:
    told = understand({"name": "Хөх морь ХХК", "phone": "xx"}, "organisation", MN, tmp_path)
    assert told.problems == [("intake.phone", "phone", "xx")]
    assert told.values["org_form"] == "llc"


@pytest.mark.parametrize("texts", [{}, {"name": ""}, {"name": "  "}, {"name": "\0"}, {"name": "\u200b", "phone": " "}])
def test_a_row_that_says_nothing_is_no_record_and_says_so(texts: dict[str, str], tmp_path: Path) -> None:
    told = understand(texts, "person", MN, tmp_path)
    assert (told.values, told.problems) == ({}, [("intake.no_name", None, None)])


def test_a_typed_document_is_not_taken_for_a_name(tmp_path: Path) -> None:
    told = understand({"name": "x" * 40_000}, "person", MN, tmp_path)
    assert told.values == {}
    assert [(code, column) for code, column, _ in told.problems] == [
        ("intake.long_cell", "name"),
        ("intake.no_name", None),
    ]


def test_a_name_of_five_thousand_letters_with_nul_is_understood_without_it(tmp_path: Path) -> None:
    told = understand({"name": "A" * 2_500 + "\0" + "a" * 2_500}, "person", MN, tmp_path)
    assert told.values["name"] == "A" * 2_500 + "a" * 2_500
    assert told.problems == [("intake.nul", None, None)]


def test_a_sheet_without_columns_has_rows_and_no_records(tmp_path: Path) -> None:
    reading = reading_at_hand([("", [], [Row(1, 1, [])])], tmp_path / "raw", source="none")
    done = stage(reading, Mapping((SheetMapping(None, ()),)), MN, tmp_path / "staged", today=TODAY)
    assert (done.rows, done.records_count) == (1, 0)


def test_several_rows_are_understood_each_as_by_itself(tmp_path: Path) -> None:
    rows = [{"name": "Дорж Бат", "phone": "xx"}, {}, {"name": "Нийт"}, {"name": "Сүрэн Болд", "unit": "Увс"}]
    told = understand_all(rows, "person", MN, tmp_path / "all")
    alone = [understand(row, "person", MN, tmp_path / str(at)) for at, row in enumerate(rows)]
    assert [(each.values, each.problems) for each in told] == [(each.values, each.problems) for each in alone]
    assert [each.problems[:1] for each in told] == [
        [("intake.phone", "phone", "xx")],
        *[[("intake.no_name", None, None)]] * 2,
        [],
    ]
