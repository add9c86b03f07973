"""Separated text: the fast way gives what the reference gives, and real files in their usual states."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.intake import Reading, blocks, separated

from .conftest import cells_of, rows_of

LINE = st.text(alphabet='a,"ө1 ', max_size=14)
ODD = st.sampled_from(
    ['"a",b', 'a,"b', '"x ""y""",z', "", ",", "a\0,b", "a,b,c", "\ufeffa,b", 'm,"n', 'o",p', "a\rb,c"]
)
END = st.sampled_from(["\n", "\r\n"])


def cut(text: bytes, size: int) -> Iterator[bytes]:
    return (text[start : start + size] for start in range(0, len(text), size))


def rows(text: bytes, size: int, width: int, *, fast: bool) -> list[dict[str, Any]]:
    shape = blocks.Shape(",", width)
    return [
        row for table in separated.tables(cut(text, size), shape, 1, 1 << 20, fast=fast) for row in table.to_pylist()
    ]


@given(st.lists(st.one_of(LINE, ODD, st.just("a,b")), max_size=12), END, st.integers(1, 80), st.integers(1, 3))
def test_the_fast_way_equals_the_reference(lines: list[str], end: str, size: int, width: int) -> None:
    text = end.join(lines).encode()
    reference = rows(text, len(text) + 1, width, fast=False)
    assert rows(text, len(text) + 1, width, fast=True) == reference
    assert rows(text, size, width, fast=True) == reference


@given(st.binary(max_size=60), st.integers(1, 40))
def test_any_bytes_give_the_same_rows_both_ways(text: bytes, size: int) -> None:
    assert rows(text, size, 2, fast=True) == rows(text, len(text) + 1, 2, fast=False)


@pytest.mark.long
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_found(sign: str, read_bytes: Callable[..., Reading]) -> None:
    text = "\n".join(sign.join(row) for row in [["Нэр", "Утас", "Тайлбар"], ["Бат", "99112233", "a b"]])
    reading = read_bytes(text.encode())
    assert reading.separator == sign
    assert cells_of(reading) == [("Бат", "99112233", "a b")]


def test_a_separator_named_by_excel_is_believed(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes("sep=;\nНэр;Дүн\nБат;1,5\n".encode())
    assert (reading.separator, cells_of(reading)) == (";", [("Бат", "1,5")])


@pytest.mark.long
def test_title_rows_are_told_and_lines_counted_from_the_top(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes("Жагсаалт 2026,,\n\nНэр,Утас,И-мэйл\n\nБат,99112233,b@x.mn\n,,\nДорж,88112233,\n".encode())
    sheet = reading.sheets[0]
    assert (sheet.header, sheet.header_line) == (("Нэр", "Утас", "И-мэйл"), 3)
    assert [(row["row"], row["line"]) for row in rows_of(reading)] == [(1, 5), (2, 7)]
    assert [notice.code for notice in sheet.notices] == ["intake.titles_skipped"]


def test_an_open_quote_is_reported_with_its_line_and_reading_goes_on(read_bytes: Callable[..., Reading]) -> None:
    lines = ["Нэр,Утас,Хот"] + [f"Бат{number},9911{number:04},УБ" for number in range(200)]
    lines[3] = '"Бат2,99110002,УБ'
    reading = read_bytes("\n".join(lines).encode())
    assert reading.rows == 200
    assert [(row["line"], row["trouble"]) for row in rows_of(reading) if row["trouble"]] == [(4, "intake.open_quote")]


@pytest.mark.long
def test_ragged_rows_are_kept_and_told(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes("Нэр,Утас,Хот\nБат,99112233\nДорж,88112233,УБ,илүү\nЦэцэг,77112233,УБ\n".encode())
    assert [(row["trouble"], row["extra"]) for row in rows_of(reading)] == [
        ("intake.row_short", None),
        ("intake.row_long", '["илүү"]'),
        (None, None),
    ]


@pytest.mark.long
def test_equal_headings_are_told_apart(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes("Нэр,Утас,Утас,\nБат,99112233,88112233,x\n".encode())
    assert reading.sheets[0].header == ("Нэр", "Утас", "Утас (2)", "(D)")


@pytest.mark.long
def test_a_list_without_headings_is_read_from_its_first_row(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes("Бат,99112233,b@x.mn\nДорж,88112233,d@x.mn\n".encode())
    assert (reading.rows, reading.sheets[0].header) == (2, ("(A)", "(B)", "(C)"))
    assert [notice.code for notice in reading.sheets[0].notices] == ["intake.no_header"]


@pytest.mark.long
def test_old_macintosh_line_ends(read_bytes: Callable[..., Reading]) -> None:
    assert cells_of(read_bytes("Нэр,Утас\rБат,99112233\rДорж,88112233\r".encode())) == [
        ("Бат", "99112233"),
        ("Дорж", "88112233"),
    ]


@pytest.mark.long
def test_a_list_of_one_column(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes("Нэр\nБат\nДорж\n".encode())
    assert (reading.separator, cells_of(reading)) == (None, [("Бат",), ("Дорж",)])


ADDRESSES = [
    'Доржа,Болд,"Увс аймаг\nУлаангом {0}",99110000,1980-01-01',
    'Доржа,Болд,"Увс аймаг\nУлаангом сум\n5 дугаар баг\n{0} тоот",99110000,1980-01-01',
    'Доржа,Болд,"Увс ""аймаг""\n\nУлаангом, {0}","99110000\n88110000",1980-01-01',
]


@pytest.mark.parametrize("form", ADDRESSES)
@pytest.mark.parametrize("sign", [",", ";"])
def test_line_breaks_in_quoted_cells_of_every_record_tear_nothing(
    form: str, sign: str, read_bytes: Callable[..., Reading]
) -> None:
    lines = ["Овог,Нэр,Хаяг,Утас,Төрсөн огноо", *(form.format(number) for number in range(120))]
    reading = read_bytes("\n".join(lines).replace(",", sign).encode())
    assert (reading.rows, reading.separator, len(reading.sheets[0].header)) == (120, sign, 5)
    assert {row["trouble"] for row in rows_of(reading)} == {None}


def test_quotes_that_never_close_on_half_of_the_lines_are_each_reported(read_bytes: Callable[..., Reading]) -> None:
    quotes = ["", '"']
    lines = ["Нэр,Утас,Хот"] + [f"{quotes[number % 2]}Бат{number},9911{number:04},УБ" for number in range(100)]
    reading = read_bytes("\n".join(lines).encode())
    assert (reading.rows, len(reading.sheets[0].header)) == (100, 3)
    assert sum(row["trouble"] == "intake.open_quote" for row in rows_of(reading)) == 50


@pytest.mark.parametrize("sign", ["\0", "ө", "a", '"', "5"])
def test_a_separator_that_cannot_part_cells_is_not_believed(sign: str, read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes(f"sep={sign}\nНэр;Дүн\nБат;1,5\n".encode())
    assert (reading.refused, reading.separator, cells_of(reading)) == (None, ";", [("Бат", "1,5")])
