"""Surveys at the desk: the list, versions, publishing, and who may do which."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.surveys.models import FormVersion, Survey
from tests.factories import bodies
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]


@pytest.fixture
def officer(registry_officer: User, client_of: Signed) -> Client:
    """The registry officer's browser, in English."""
    client = client_of(registry_officer)
    client.cookies["soyol_language"] = "en"
    return client


@pytest.mark.usefixtures("reads_here")
def test_a_survey_is_made_gets_a_form_and_is_published(officer: Client, country: object, tmp_path: Path) -> None:
    told = {"code": "craft", "keeper": "Office", "name_mn": "Craft", "name_en": "Craft", "unit": ""}
    assert officer.post("/desk/surveys/new/", told)["Location"] == "/desk/surveys/craft/"
    with make.craft_workbook(tmp_path).open("rb") as stream:
        assert officer.post("/desk/surveys/craft/versions/", {"file": stream})["Location"] == "/desk/surveys/craft/"
    version = FormVersion.objects.get()
    assert not version.is_asked
    officer.post(f"/desk/surveys/craft/versions/{version.pk}/publish/")
    assert "Open, version 1" in officer.get("/desk/surveys/").content.decode()
    officer.post("/desk/surveys/craft/close/")
    assert "Not open" in officer.get("/desk/surveys/").content.decode()


@pytest.mark.usefixtures("reads_here")
def test_a_faulty_workbook_is_answered_row_by_row(officer: Client, country: object, tmp_path: Path) -> None:
    make.a_survey()
    path = make.craft_workbook(tmp_path, survey=[*make.CRAFT, ("geopoint", "g", "Where")])
    with path.open("rb") as stream:
        page = officer.post("/desk/surveys/craft/versions/", {"file": stream})
    body = page.content.decode()
    assert page.status_code == 422
    assert ("survey, row 20, column “type”" in body, "“geopoint” is not understood" in body) == (True, True)
    assert FormVersion.objects.count() == 0


def test_a_name_that_is_taken_is_told(officer: Client, version: FormVersion) -> None:
    told = {"code": "craft", "keeper": "Office", "name_mn": "Craft", "name_en": "Craft", "unit": ""}
    page = officer.post("/desk/surveys/new/", told)
    assert (page.status_code, Survey.objects.count()) == (422, 1)


def test_a_survey_of_a_body_names_it_in_the_language_of_the_reader(officer: Client, country: object) -> None:
    body = bodies.a_body(names={"mn": "Asking body mn", "en": "Asking body en"})
    told = {"code": "craft", "body": body.pk, "name_mn": "Craft", "name_en": "Craft", "unit": ""}
    assert officer.post("/desk/surveys/new/", told)["Location"] == "/desk/surveys/craft/"
    named = {}
    for language in ("mn", "en"):
        officer.cookies["soyol_language"] = language
        page = officer.get("/desk/surveys/craft/").content.decode()
        named[language] = [name for name in body.names.values() if name in page]
    assert named == {"mn": ["Asking body mn"], "en": ["Asking body en"]}


def test_somebody_has_to_ask(officer: Client, country: object) -> None:
    told = {"code": "craft", "name_mn": "Craft", "name_en": "Craft", "unit": ""}
    page = officer.post("/desk/surveys/new/", told)
    assert (page.status_code, "keeper" in page.context["form"].errors, Survey.objects.count()) == (422, True, 0)


def test_answers_are_listed_with_their_state_and_no_name(officer: Client, version: FormVersion) -> None:
    made = make.sent(version)
    odd = make.sent(version, phone="call me")
    body = officer.get("/desk/surveys/craft/").content.decode()
    assert [word in body for word in (made.number, odd.number, "not confirmed", "1 problem")] == [True] * 4
    assert make.answers()["full_name"] not in body
    problems = officer.get("/desk/surveys/craft/?show=problems").content.decode()
    assert (odd.number in problems, f">{made.number}<" in problems) == (True, False)


def test_an_officer_of_another_province_sees_the_survey_but_not_the_answers(
    version: FormVersion, officer_elsewhere: User, province_officer: User, client_of: Signed
) -> None:
    made = make.sent(version)
    seen = [
        made.number in client_of(user).get("/desk/surveys/craft/").content.decode()
        for user in (officer_elsewhere, province_officer)
    ]
    assert seen == [False, True]


def test_unconfirmed_answers_wait_on_the_start_page_of_those_who_may_confirm(
    version: FormVersion, officer_elsewhere: User, province_officer: User, client_of: Signed
) -> None:
    make.sent(version)
    link = "/desk/surveys/craft/?show=unconfirmed"
    told = [link in client_of(user).get("/desk/").content.decode() for user in (officer_elsewhere, province_officer)]
    assert told == [False, True]
