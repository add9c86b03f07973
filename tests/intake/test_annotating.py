"""Problems given back as a workbook that can be mended and sent again."""

from pathlib import Path

import openpyxl
import pytest

from soyol import packs
from soyol.intake import annotated_workbook, read, recognise, stage

pytestmark = pytest.mark.usefixtures("reads_here")
MN = packs.load("mn")
LIST = """Овог нэр,Утас,Тэмдэглэл
Дорж Бат,99112233,
=HYPERLINK("http://evil.example"),881,+1+1
Пүрэв Сүх,77112233,-5
Очир Өлзий,12,@SUM(A1)
"""


@pytest.fixture
def mended(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    reading = read(path, tmp_path / "raw")
    mapping = recognise(reading, MN)
    staged = stage(reading, mapping, MN, tmp_path / "staged")
    assert annotated_workbook(reading, staged.problems, tmp_path / "mend.xlsx", lang="mn") == 2
    return tmp_path / "mend.xlsx"


@pytest.mark.long
def test_only_rows_with_problems_and_what_to_mend(mended: Path) -> None:
    page = openpyxl.load_workbook(mended).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == ("Овог нэр", "Утас", "Тэмдэглэл", "Засах зүйл")
    assert [row[1] for row in rows[1:]] == ["881", "12"]
    assert rows[1][3] == "Утас: Энэ нь утасны дугаар биш байна. Та дугаарыг бүх цифртэй нь бичнэ үү."
    assert page["B2"].fill.fgColor.rgb == "FFFFF3CD"
    assert page["A2"].fill.fill_type is None


@pytest.mark.long
def test_nothing_in_it_is_a_formula_a_link_or_a_number(mended: Path) -> None:
    page = openpyxl.load_workbook(mended).active
    assert page is not None
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    assert page["A3"].value == "Очир Өлзий"
    assert page["C3"].value == "@SUM(A1)"


@pytest.mark.long
def test_sent_back_it_is_the_same_list(mended: Path, tmp_path: Path) -> None:
    first = recognise(read(tmp_path / "list.csv", tmp_path / "one"), MN)
    back = recognise(read(mended, tmp_path / "two"), MN, first)
    assert [(column.name, column.field) for column in back.sheets[0].columns] == [
        *((column.name, column.field) for column in first.sheets[0].columns),
        ("Засах зүйл", None),
    ]
    assert back.sheets[0].columns[-1].why[0].code == "intake.why.our_note"
    assert back.differences == ()


def test_every_row_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    reading = read(path, tmp_path / "raw")
    staged = stage(reading, recognise(reading, MN), MN, tmp_path / "staged")
    assert annotated_workbook(reading, staged.problems, tmp_path / "all.xlsx", lang="en", everything=True) == 4
