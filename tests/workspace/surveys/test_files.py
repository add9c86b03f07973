"""Files of surveys at the desk: forms out, answers out, answers in after a dry run."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.surveys.models import FormVersion, Submission
from tests.factories import answer_files as files
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]


@pytest.fixture
def officer(registry_officer: User, client_of: Signed) -> Client:
    """The registry officer's browser, in English."""
    client = client_of(registry_officer)
    client.cookies["soyol_language"] = "en"
    return client


def test_the_form_goes_out_as_it_came_and_for_kobo(officer: Client, version: FormVersion, tmp_path: Path) -> None:
    address = f"/desk/surveys/craft/versions/{version.pk}"
    assert officer.get(f"{address}/file/").content == (tmp_path / "craft.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(officer.get(f"{address}/kobo/").content))
    assert "bind::soyol:field" in [cell.value for cell in book["survey"][1]]


def test_answers_go_out_to_whoever_may_and_it_is_written_down(
    officer: Client, version: FormVersion, officer_elsewhere: User, client_of: Signed
) -> None:
    make.sent(version)
    book = openpyxl.load_workbook(io.BytesIO(officer.post("/desk/surveys/craft/export/").content))
    assert book["craft"].max_row == 2
    told = Entry.objects.filter(action="surveys.list.export").get()
    assert told.detail == '{"rows":1}'
    elsewhere = client_of(officer_elsewhere).post("/desk/surveys/craft/export/")
    assert openpyxl.load_workbook(io.BytesIO(elsewhere.content))["craft"].max_row == 1


def test_a_file_of_answers_is_looked_through_then_taken_in(
    officer: Client, version: FormVersion, tmp_path: Path
) -> None:
    sets = [("a", make.answers()), ("b", make.answers(kind="robot"))]
    path = files.kobo_xlsx(tmp_path / "k.xlsx", version.compiled, sets)
    with path.open("rb") as stream:
        there = officer.post("/desk/surveys/craft/import/", {"version": version.pk, "file": stream})["Location"]
    body = officer.get(there).content.decode()
    assert [word in body for word in ("Take in 1 set of answers", "craft, 3", "who/kind", "robot")] == [True] * 4
    assert Submission.objects.count() == 0
    officer.post(there)
    assert Submission.objects.get().answers == make.answers()
    again = officer.get(there).content.decode()
    assert ("This file was taken in already" in again, "Take in 1 set" in again) == (True, False)


def test_a_file_that_is_none_says_why(officer: Client, version: FormVersion) -> None:
    page = officer.post("/desk/surveys/craft/import/", {"version": version.pk, "file": io.BytesIO(b"{nonsense")})
    assert (page.status_code, "begins like JSON, but is none" in page.content.decode()) == (422, True)
