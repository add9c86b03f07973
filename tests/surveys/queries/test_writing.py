"""What goes out: the form for KoboToolbox and ODK, and the answers."""

from pathlib import Path

import openpyxl
import pytest

from soyol.surveys import actions
from soyol.surveys.models import FormVersion, Submission
from soyol.surveys.queries.workbooks import read_form, xform_of
from soyol.surveys.queries.writing import write_answers, write_form
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db


def test_the_form_goes_out_with_its_field_in_a_name_space_and_is_the_same_form(
    version: FormVersion, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    write_form(version, path)
    form, faults, raw = read_form(path, "out.xlsx")
    assert [fault for fault in faults if fault.heavy] == []
    assert form.to_json() == version.form
    xform = xform_of(raw)
    assert ('soyol:field="name"' in xform, 'xmlns:soyol="urn:soyol:xforms"' in xform) == (True, True)


def test_a_language_without_a_text_gets_that_of_another(tmp_path: Path, country: object, reads_here: None) -> None:
    heading = ("type", "name", "label::English (en)", "label::Eesti (et)", "soyol::field")
    rows = [("text", "full_name", "Name", "Nimi", "name"), ("text", "town", "Town", "", "")]
    survey = make.a_survey()
    path = make.workbook(tmp_path / "two.xlsx", make.sheets(rows, survey_heading=heading))
    version, _faults = actions.add_version(by=make.BY, survey=survey, path=path, name="two.xlsx")
    write_form(version, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["survey"]
    assert [cell.value for cell in sheet[3]][2:4] == ["Town", "Town"]


def test_answers_go_out_as_texts_with_what_names_mean(version: FormVersion, tmp_path: Path) -> None:
    make.sent(version, full_name="=1+1")
    write_answers(tmp_path / "a.xlsx", version.compiled, list(Submission.objects.all()))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["craft", "works", "_meanings"]
    heading = [cell.value for cell in book["craft"][1]]
    cell = book["craft"].cell(2, heading.index("who/full_name") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert [row[0].value for row in book["works"].iter_rows(min_row=2)] == ["Felt", "Silver"]
