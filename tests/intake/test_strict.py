"""The reference rules of separated text, line by line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.intake import strict

CELL = st.text(alphabet='ab ,;"ө\t', max_size=8)


def one(line: str, *more: str, width: int = 3, last: bool = True) -> strict.Record | None:
    return strict.record([line, *more], 0, ",", width, last=last)


def test_plain_and_quoted_cells() -> None:
    assert strict.split('a,"b,c","d ""e"""', ",") == (["a", "b,c", 'd "e"'], "ok")


def test_text_after_a_closing_quote_is_kept_as_written() -> None:
    assert strict.split('1,"Соёл, урлаг" ХХК,2', ",") == (["1", '"Соёл, урлаг" ХХК', "2"], "stray")


def test_a_quote_inside_a_cell_is_a_letter() -> None:
    assert strict.split('1,ХХК "Соёл",2', ",") == (["1", 'ХХК "Соёл"', "2"], "ok")


def test_an_open_quote_keeps_to_its_line() -> None:
    found = one('1,"Бат,2', "3,Дорж,4", '5,"Цэцэг",6')
    assert found is not None
    assert (found.cells, found.lines, found.troubles) == (["1", '"Бат', "2"], 1, ("intake.open_quote",))


def test_an_open_quote_does_not_swallow_whole_rows_up_to_a_later_quote() -> None:
    found = one('1,Бат,"нээлттэй', "2,Дорж,ц", '3,Цэцэг,"', width=3)
    assert found is not None
    assert found.lines == 1


def test_a_cell_may_span_lines() -> None:
    found = one('1,"Сүхбаатар дүүрэг', "1-р хороо", '","б"')
    assert found is not None
    assert found.cells == ["1", "Сүхбаатар дүүрэг\n1-р хороо\n", "б"]
    assert found.lines == 3


def test_more_lines_are_asked_for_when_the_answer_may_be_in_them() -> None:
    assert one('1,"нээлттэй', last=False) is None


@pytest.mark.parametrize(
    ("line", "cells", "extra", "troubles"),
    [
        ("a,b", ["a", "b", None], [], ("intake.row_short",)),
        ("a,b,c,d", ["a", "b", "c"], ["d"], ("intake.row_long",)),
        ("a,b,c,,", ["a", "b", "c"], [], ()),
        ("a,\0b,", ["a", "b", None], [], ("intake.nul",)),
    ],
)
def test_fit(line: str, cells: list[str | None], extra: list[str], troubles: tuple[str, ...]) -> None:
    found = one(line)
    assert found is not None
    assert strict.fit(found, 3) == (cells, extra, troubles)


@given(st.lists(CELL, min_size=1, max_size=6))
def test_what_csv_writes_is_read_as_it_was(cells: list[str]) -> None:
    class Sink:
        text = ""

        def write(self, text: str) -> None:
            self.text += text

    sink = Sink()
    csv.writer(sink, lineterminator="").writerow(cells)
    assert strict.split(sink.text, ",") == (cells, "ok")


@given(st.text(alphabet='a,"', max_size=30))
def test_no_letter_is_ever_lost(line: str) -> None:
    """Whatever the quotes do, every letter that is not a sign of the format comes out again."""
    found = one(line, width=2)
    assert found is not None
    assert sum(cell.count("a") for cell in found.cells) == line.count("a")


@pytest.mark.parametrize(
    ("lines", "widths"),
    [
        (['a,b,"c', 'd",e', "", "f,g,h,i"], [4, 4]),
        (['a,"b', '""c""', 'd","e', 'f"', "g,h,i"], [3, 3]),
        (['a,"b', "c,d", "e,f"], [2, 2, 2]),
        (['1,Бат,"нээлттэй', "2,Дорж,ц", '3,Цэцэг,"'], [3, 3, 3]),
        (['a,"b', '"c",d'], [2, 2]),
    ],
)
def test_records_are_counted_before_their_width_is_known(lines: list[str], widths: list[int]) -> None:
    assert strict.widths(lines, ",") == widths


@given(st.lists(st.lists(st.text(alphabet='ab,"\n', max_size=6), min_size=2, max_size=2), max_size=8))
def test_what_a_csv_writer_wrote_has_the_width_that_it_wrote(rows: list[list[str]]) -> None:
    kept = io.StringIO()
    csv.writer(kept, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    assert strict.widths(kept.getvalue().splitlines(), ",") == [2] * len(rows)
