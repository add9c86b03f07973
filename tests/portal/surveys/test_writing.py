"""Answering a survey with a plain browser: no script, pages kept one by one, nothing sent before the check."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from soyol.accounts.models import User
from soyol.audit import By
from soyol.surveys import actions
from soyol.surveys.models import Draft, FormVersion, Submission
from tests.factories import surveys as make
from tests.factories.country import written

pytestmark = pytest.mark.django_db
Sent = dict[str, Any]


@pytest.fixture
def visitor(client_of: Callable[[User | None], Client]) -> Client:
    """A browser in English, whatever the country."""
    client = client_of(None)
    client.cookies["soyol_language"] = "en"
    return client


def _begun(client: Client) -> str:
    """The address of a form of one's own."""
    address: str = client.post("/surveys/craft/")["Location"]
    return address.rsplit("page/", 1)[0]


def _fields(answer: Any) -> dict[str, str]:
    """What the page sends along with what is written."""
    return dict(re.findall(r'<input type="hidden" name="(shape|asked|check)" value="([^"]*)"', answer.content.decode()))


def _go(client: Client, address: str, told: Sent, go: str = "next") -> Any:
    page = client.get(address)
    return client.post(address, {**_fields(page), **told, "go": go})


def _who(**more: str) -> Sent:
    told = make.answers()
    return {"kind": told["kind"], "full_name": told["full_name"], "phone": told["phone"], **more}


def _fill(client: Client) -> str:
    """Everything but sending; the cascade and the year of birth take a second look each."""
    told, own = make.answers(), _begun(client)
    assert _go(client, f"{own}page/who/", _who()).status_code == 200
    assert _go(client, f"{own}page/who/", _who(born="1980"))["Location"] == f"{own}page/where/"
    assert _go(client, f"{own}page/where/", {"province": told["province"]}).status_code == 200
    where = {"province": told["province"], "district": told["district"]}
    assert _go(client, f"{own}page/where/", where)["Location"] == f"{own}page/works/"
    assert _go(client, f"{own}page/works/", {}, "add:works").status_code == 200
    assert _go(client, f"{own}page/works/", {"title--0": "Felt", "year--0": "2001"})["Location"] == f"{own}page/end/"
    assert _go(client, f"{own}page/end/", {"consent": "yes"})["Location"] == f"{own}check/"
    return own


def test_a_person_answers_page_by_page_and_gets_a_number(version: FormVersion, visitor: Client) -> None:
    own = _fill(visitor)
    check = visitor.get(f"{own}check/").content.decode()
    assert [word in check for word in (written().person, "a person", "Felt", "1980", "Send the answers")] == [True] * 5
    assert Submission.objects.count() == 0
    assert visitor.post(f"{own}check/")["Location"] == f"{own}receipt/"
    made = Submission.objects.get()
    assert (made.mode, made.version, made.answers["born"]) == ("public", version, "1980-01-01")
    assert made.number in visitor.get(f"{own}receipt/").content.decode()


def test_sending_once_more_shows_the_receipt_and_changes_nothing(version: FormVersion, visitor: Client) -> None:
    own = _fill(visitor)
    visitor.post(f"{own}check/")
    assert visitor.post(f"{own}check/")["Location"] == f"{own}receipt/"
    assert visitor.post(f"{own}page/who/", _who())["Location"] == f"{own}receipt/"
    assert Submission.objects.count() == 1


def test_the_link_works_on_another_device(
    version: FormVersion, visitor: Client, client_of: Callable[[User | None], Client]
) -> None:
    own = _begun(visitor)
    kept = _go(visitor, f"{own}page/who/", {"full_name": "Half Written"}, "later")
    assert kept["Location"] == own
    overview = visitor.get(own).content.decode()
    assert f"http://testserver{own}" in overview
    other = client_of(None)
    page = other.get(f"{own}page/who/")
    assert 'value="Half Written"' in page.content.decode()
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == (
        "max-age=0, no-cache, no-store, must-revalidate, private",
        "noindex",
    )


def test_what_is_not_right_stays_and_says_why(version: FormVersion, visitor: Client) -> None:
    own = _begun(visitor)
    _go(visitor, f"{own}page/who/", _who())
    page = _go(visitor, f"{own}page/who/", _who(full_name="", born="yesterday"))
    body = page.content.decode()
    assert page.status_code == 422
    assert [word in body for word in ('href="#id_full_name"', 'href="#id_born"', 'value="yesterday"')] == [True] * 3
    assert "Write a year, such as 1987." in body


def test_new_questions_are_shown_before_going_on(version: FormVersion, visitor: Client) -> None:
    own = _begun(visitor)
    page = _go(visitor, f"{own}page/where/", {"province": make.answers()["province"]})
    body = page.content.decode()
    assert ('name="district"' in body, "Your answers brought new questions" in body) == (True, True)


def test_a_question_that_goes_away_brings_nothing_new(version: FormVersion, visitor: Client) -> None:
    own = _begun(visitor)
    province = make.answers()["province"]
    shown = _go(visitor, f"{own}page/where/", {"province": province})
    assert 'name="district"' in shown.content.decode()
    answer = visitor.post(f"{own}page/where/", {**_fields(shown), "province": "", "go": "next"})
    assert "Your answers brought new questions" not in answer.content.decode()


def test_rounds_are_added_and_taken_out_by_buttons(version: FormVersion, visitor: Client) -> None:
    own = _begun(visitor)
    _go(visitor, f"{own}page/works/", {}, "add:works")
    _go(visitor, f"{own}page/works/", {"title--0": "First"}, "add:works")
    page = _go(visitor, f"{own}page/works/", {"title--0": "First", "title--1": "Second"}, "remove:works:0")
    body = page.content.decode()
    assert ('value="Second"' in body, 'value="First"' in body, "title--1" in body) == (True, False, False)


def test_back_keeps_and_changing_from_the_check_leads_back_there(version: FormVersion, visitor: Client) -> None:
    own = _fill(visitor)
    assert _go(visitor, f"{own}page/where/", {}, "back")["Location"] == f"{own}page/who/"
    told = make.answers()
    where = {"province": told["province"], "district": ""}
    page = visitor.get(f"{own}page/where/?check=1")
    answer = visitor.post(f"{own}page/where/", {**_fields(page), **where, "go": "next"})
    if answer.status_code == 200:  # the district came back with the province
        answer = visitor.post(f"{own}page/where/", {**_fields(answer), **where, "go": "next"})
    assert answer["Location"] == f"{own}check/"


def test_the_check_leads_to_what_is_missing_and_sends_nothing(version: FormVersion, visitor: Client) -> None:
    own = _begun(visitor)
    page = visitor.post(f"{own}check/")
    assert (page.status_code, Submission.objects.count()) == (422, 0)
    assert f"{own}page/who/?check=1#id_full_name" in page.content.decode()


@pytest.mark.parametrize(
    "told",
    [
        {"asked": "no_such_question kind--9 title--7 title--x title--999999 thanks", "title--7": "x"},
        {"asked": "kind", "kind": "\0person"},
        {"asked": "", "go": "add:who"},
        {"asked": "", "go": "remove:works:99"},
        {"asked": "", "go": "add:"},
        {"go": ":::"},
    ],
)
def test_pages_that_nobody_made_change_nothing(version: FormVersion, visitor: Client, told: Sent) -> None:
    own = _begun(visitor)
    visitor.post(f"{own}page/works/", told)
    assert not any((Draft.objects.get().answers or {}).get("works") or [])


def test_answers_are_escaped(version: FormVersion, visitor: Client) -> None:
    own = _begun(visitor)
    _go(visitor, f"{own}page/who/", _who(full_name="<script>alert(1)</script>"), "later")
    for address in (f"{own}page/who/", f"{own}check/"):
        assert "<script>alert" not in visitor.get(address).content.decode()


def test_a_link_that_is_over_or_of_another_survey_is_not_found(version: FormVersion, visitor: Client) -> None:
    own = _begun(visitor)
    assert visitor.get(own.replace("craft", "other")).status_code == 404
    assert visitor.get("/surveys/craft/not-a-token/").status_code == 404
    assert visitor.post(f"{own}drop/")["Location"] == "/surveys/"
    assert visitor.get(own).status_code == 404
    assert visitor.get(f"{own}receipt/").status_code == 404


def test_a_closed_survey_can_still_be_sent_by_whoever_began(version: FormVersion, visitor: Client) -> None:
    own = _fill(visitor)
    actions.close(by=make.BY, survey=version.survey)
    assert visitor.get("/surveys/craft/").status_code == 404
    assert visitor.post(f"{own}check/")["Location"] == f"{own}receipt/"


def test_posting_without_end_is_slowed(version: FormVersion, visitor: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "survey_begin": "2/h/ip"}
    assert [visitor.post("/surveys/craft/").status_code for _try in range(3)] == [302, 302, 429]


def test_what_an_officer_writes_opens_to_them_alone(
    version: FormVersion,
    registry_officer: User,
    province_officer: User,
    client_of: Callable[[User | None], Client],
) -> None:
    _draft, token = actions.begin(by=registry_officer.by, version=version, mandate=make.MANDATE)
    address = f"/surveys/craft/{token}/page/who/"
    mine = client_of(registry_officer).get(address)
    assert (mine.status_code, make.MANDATE["authority"] in mine.content.decode()) == (200, True)
    assert [client_of(user).get(address).status_code for user in (None, province_officer)] == [404, 404]


def test_an_officer_of_a_province_sends_answers_of_their_province_only(
    version: FormVersion, officer_elsewhere: User, province_officer: User, client_of: Callable[[User | None], Client]
) -> None:
    tried = []
    for user in (officer_elsewhere, province_officer):
        draft, token = actions.begin(by=user.by, version=version, mandate=make.MANDATE)
        actions.save(draft=draft, answers=make.answers())
        tried.append(client_of(user).post(f"/surveys/craft/{token}/check/").status_code)
    assert (tried, Submission.objects.count()) == ([422, 302], 1)


def test_labels_speak_the_language_of_the_reader_and_tell_answers(
    tmp_path: Any, country: Any, reads_here: None
) -> None:
    heading = ("type", "name", "label::English (en)", "label::Монгол (mn)", "soyol::field")
    rows = [
        ("text", "full_name", "Your name", "Name in the other language", "name"),
        ("begin_group", "g", "More", "More"),
        ("note", "hello", "Hello ${full_name}!", "Hello ${full_name}!"),
        ("end_group",),
    ]
    path = make.workbook(tmp_path / "two.xlsx", make.sheets(rows, survey_heading=heading))
    version, _faults = actions.add_version(by=make.BY, survey=make.a_survey(), path=path, name="two.xlsx")
    actions.publish(by=make.BY, version=version)
    draft, token = actions.begin(by=By.public(), version=version)
    actions.save(draft=draft, answers={"full_name": "Somebody"})
    with translation.override("mn"):
        client = Client(HTTP_ACCEPT_LANGUAGE="mn")
    client.cookies["soyol_language"] = "mn"
    assert "Name in the other language" in client.get(f"/surveys/craft/{token}/page/full_name/").content.decode()
    assert "Hello Somebody!" in client.get(f"/surveys/craft/{token}/page/g/").content.decode()
