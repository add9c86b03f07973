"""One set of answers at the desk: shown after the look was written down; confirmed; entered and corrected."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.registry import actions as registry
from soyol.surveys import actions as surveys
from soyol.surveys.models import FormVersion, Submission
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]
MANDATE = {"who": "Somebody", "how": "telephone", "authority": "Order 12 of the office", "agreed": "on"}


@pytest.fixture
def officer(registry_officer: User, client_of: Signed) -> Client:
    """The registry officer's browser, in English."""
    client = client_of(registry_officer)
    client.cookies["soyol_language"] = "en"
    return client


def test_the_look_at_answers_is_written_down(officer: Client, version: FormVersion) -> None:
    made = make.sent(version, phone="call me")
    body = officer.get(f"/desk/answers/{made.pk}/").content.decode()
    assert [
        word in body for word in (make.answers()["full_name"], "Felt", "a person", "This is no telephone number.")
    ] == [True] * 4
    look = Entry.objects.get(kind=EntryKind.LOOKED)
    assert (look.target, "full_name" in look.detail) == (f"surveys.Submission:{made.pk}", True)


def test_answers_of_another_province_are_not_there(
    version: FormVersion, officer_elsewhere: User, coordinator: User, client_of: Signed
) -> None:
    address = f"/desk/answers/{make.sent(version).pk}/"
    assert [client_of(user).get(address).status_code for user in (officer_elsewhere, coordinator)] == [404, 403]
    assert not Entry.objects.filter(kind=EntryKind.LOOKED).exists()


def test_an_officer_confirms_and_the_page_of_the_new_revision_says_who(officer: Client, version: FormVersion) -> None:
    made = make.sent(version)
    there = officer.post(f"/desk/answers/{made.pk}/confirm/")["Location"]
    body = officer.get(there).content.decode()
    assert ("Confirmed by" in body, "Confirm that they wrote it" in body) == (True, False)
    assert "no longer the newest" in officer.get(f"/desk/answers/{made.pk}/").content.decode()


def test_an_officer_enters_answers_after_saying_on_what_authority(officer: Client, version: FormVersion) -> None:
    assert officer.post("/desk/surveys/craft/enter/", {**MANDATE, "agreed": ""}).status_code == 422
    there = officer.post("/desk/surveys/craft/enter/", MANDATE)["Location"]
    page = officer.get(there).content.decode()
    assert ("You are writing for Somebody" in page, "on the authority of: Order 12 of the office" in page) == (
        True,
        True,
    )
    told = make.answers()
    fields = {"asked": "kind full_name phone born", "kind": "person", "full_name": told["full_name"], "born": "1980"}
    officer.post(there, {**fields, "go": "later"})
    own = there.rsplit("page/", 1)[0]
    officer.post(f"{own}page/where/", {"asked": "province", "province": told["province"], "go": "later"})
    officer.post(f"{own}page/end/", {"asked": "consent", "consent": "yes", "go": "later"})
    assert officer.post(f"{own}check/")["Location"] == f"{own}receipt/"
    made = Submission.objects.get()
    assert (made.mode, made.mandate, made.record.values["consent"]) == (
        "enumerator",
        {"who": "Somebody", "how": "telephone", "authority": "Order 12 of the office", "agreed": "yes"},
        True,
    )
    assert f"/desk/answers/{made.pk}/" in officer.get(f"{own}receipt/").content.decode()
    assert "by telephone" in officer.get(f"/desk/answers/{made.pk}/").content.decode()


def test_a_correction_begins_with_what_was_answered_and_is_a_look(officer: Client, version: FormVersion) -> None:
    made = make.sent(version)
    there = officer.post(f"/desk/answers/{made.pk}/correct/", MANDATE)["Location"]
    assert make.answers()["full_name"] in officer.get(there).content.decode()
    assert Entry.objects.filter(kind=EntryKind.LOOKED, target=f"surveys.Submission:{made.pk}").count() == 1
    own = there.rsplit("page/", 1)[0]
    officer.post(there, {"asked": "full_name", "full_name": "Corrected Name", "go": "later"})
    assert officer.post(f"{own}check/")["Location"] == f"{own}receipt/"
    current = Submission.objects.get(is_current=True)
    assert (current.revision, current.answers["full_name"]) == (2, "Corrected Name")
    assert officer.post(f"/desk/answers/{made.pk}/correct/", MANDATE).status_code == 422


def test_a_closed_survey_takes_no_new_answers_at_the_desk(officer: Client, version: FormVersion) -> None:
    officer.post("/desk/surveys/craft/close/")
    page = officer.post("/desk/surveys/craft/enter/", MANDATE)
    assert (page.status_code, "This survey is not open" in page.content.decode()) == (200, True)


@pytest.fixture
def numbered(country: object, tmp_path: Path, reads_here: None) -> FormVersion:
    """A survey that asks for the national number."""
    rows = [*make.CRAFT, ("text", "number", "National number", "", "", "", "", "", "person_number")]
    path = make.craft_workbook(tmp_path, survey=rows)
    made, _faults = surveys.add_version(by=make.BY, survey=make.a_survey(), path=path, name=path.name)
    return surveys.publish(by=make.BY, version=made)


def test_a_national_number_is_read_by_nobody_who_has_not_the_right(
    numbered: FormVersion, officer: Client, province_officer: User, client_of: Signed
) -> None:
    number = "QQ80010199"
    made = make.sent(numbered, number=number)
    local = client_of(province_officer)
    for client in (officer, local):
        assert number not in client.get(f"/desk/answers/{made.pk}/").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(officer.post("/desk/surveys/craft/export/").content))
    cells = [str(cell.value) for row in book["craft"].iter_rows() for cell in row]
    assert ([cell for cell in cells if cell.startswith("QQ")], cells.count("••••••••99")) == ([], 1)
    answers = [client.post(f"/desk/answers/{made.pk}/correct/", MANDATE).status_code for client in (local, officer)]
    assert answers == [422, 302]


def test_answers_whose_file_was_withdrawn_say_so(officer: Client, version: FormVersion) -> None:
    made = make.sent(version)
    registry.withdraw_batch(by=make.BY, batch=made.record.batch, reason="A test of the form")
    assert "Withdrawn" in officer.get("/desk/surveys/craft/").content.decode()
