"""Workbooks: the list as filtered, and a list that goes back to its keeper."""

import io
from typing import Any

import openpyxl
import pytest

from soyol.files import queries as files
from soyol.registry import actions
from soyol.registry.queries import Facets, Scope
from tests.factories.registry import BY, a_record, a_source, an_actor, people

pytestmark = pytest.mark.django_db


def sheet_of(stored: Any) -> Any:
    with files.open_plain(stored) as stream:
        return openpyxl.load_workbook(io.BytesIO(stream.read())).active


def test_workbook_of_the_list_has_no_formula_and_no_private_value() -> None:
    people(a_source(), [{"name": "=1+1", "birth_date": "1980-01-02", "phones": ["+97699887766"]}])
    stored, rows = actions.write_export(by=BY, text="", facets=Facets(), scope=Scope.whole(), lang="en")
    cells = [cell for row in sheet_of(stored).iter_rows() for cell in row]
    assert rows == 1
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    assert not [cell.value for cell in cells if "1980" in str(cell.value) or "99887766" in str(cell.value)]


def test_list_goes_back_with_our_number_and_what_we_know_differently() -> None:
    source, better = a_source(trust=10), a_source(trust=90)
    mine = a_record(source, name="Bat Dorj", birth_date="1980")
    actor = an_actor(mine, a_record(better, name="Bat Dorj", birth_date="1981-02-03", death_date="2001"))
    heading, row = (
        [cell.value for cell in line] for line in sheet_of(actions.give_back(by=BY, source=source)).iter_rows()
    )
    told = dict(zip(heading[2:], row[2:], strict=True))
    assert row[:2] == [actor.number, 2]
    assert (told["name"], told["birth_date"]) == ("Bat Dorj", "1980")
    assert "1981-02-03" in row
    assert "2001" not in row


def test_a_list_that_goes_back_never_holds_the_national_number_of_another_list() -> None:
    source, better = a_source(trust=10), a_source(trust=90)
    mine = a_record(source, name="Bat Dorj", birth_date="1980", person_number="QQ80010191")
    an_actor(mine, a_record(better, name="Bat Dorj", birth_date="1981-02-03", person_number="QQ80010199"))
    told = [str(cell.value) for row in sheet_of(actions.give_back(by=BY, source=source)).iter_rows() for cell in row]
    assert ("QQ80010191" in told, "1981-02-03" in told) == (True, True)
    assert [cell for cell in told if "QQ80010199" in cell or "99" in cell] == []
