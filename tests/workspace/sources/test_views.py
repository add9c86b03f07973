"""Pages of lists: sending a file in, sending it twice, and whose lists one may make, change and fill."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.audit.models import Entry
from soyol.bodies.models import Body
from soyol.jobs.models import Job
from soyol.places.models import Unit
from soyol.sources.models import Batch, RecordProblem, Source
from tests.factories import accounts as make_accounts
from tests.factories import registry as make
from tests.factories.asking import questions
from tests.factories.bodies import a_body
from tests.workspace.truth import LIST

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


def _file(name: str = "list.csv", rows: str = "Anna Kask") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, f"Name\n{rows}\n".encode())


@pytest.fixture
def body(country: Unit) -> Body:
    """The body of the officer below."""
    return a_body()


@pytest.fixture
def body_client(body: Body, client_of: Signed) -> Client:
    """A browser of a registry officer of one body."""
    return client_of(make_accounts.user(Role.REGISTRY_OFFICER, body=body))


def test_a_file_is_kept_and_its_reading_begins(registry_officer: User, client_of: Signed) -> None:
    source, client = make.a_source("film"), client_of(registry_officer)
    answer = client.post("/desk/sources/film/upload/", {"file": _file(), "observed_on": "2026-05-04"})
    batch = source.batches.get()
    assert answer["Location"] == f"/desk/files/{batch.pk}/"
    assert (batch.file_name, str(batch.observed_on)) == ("list.csv", "2026-05-04")
    assert (Job.objects.get().kind, Job.objects.get().payload) == ("sources.read", {"batch": batch.pk})


def test_the_same_file_twice_says_when_it_came_first_and_leads_there(registry_officer: User, client_of: Signed) -> None:
    source, client = make.a_source("film"), client_of(registry_officer)
    client.post("/desk/sources/film/upload/", {"file": _file("first.csv")})
    again = client.post("/desk/sources/film/upload/", {"file": _file("second.csv")}, follow=True)
    batch = source.batches.get()
    assert again.redirect_chain == [(f"/desk/files/{batch.pk}/", 302)]
    (said,) = again.context["messages"]
    assert "first.csv" in str(said)
    assert registry_officer.name in str(said)
    assert Job.objects.count() == 1


def test_no_file_and_an_empty_one_come_back_with_their_reason(registry_officer: User, client_of: Signed) -> None:
    make.a_source("film")
    client = client_of(registry_officer)
    told = ({}, {"file": SimpleUploadedFile("empty.csv", b"")})
    answers = [client.post("/desk/sources/film/upload/", one) for one in told]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all(list(answer.context["form"].errors) == ["file"] for answer in answers)
    assert not Batch.objects.exists()


def test_a_file_above_the_limit_is_refused(
    registry_officer: User, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SOYOL_UPLOAD_BYTES", 10)
    make.a_source("film")
    answer = client_of(registry_officer).post("/desk/sources/film/upload/", {"file": _file()})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert not Batch.objects.exists()


def test_an_officer_of_a_body_finds_and_fills_its_lists_only(body: Body, body_client: Client) -> None:
    mine, other = make.a_source("mine", body=body), make.a_source("other", body=a_body())
    make.a_source("nobodys")
    assert [source.code for source in body_client.get("/desk/sources/").context["sources"]] == ["mine"]
    posted = {
        source.code: body_client.post(f"/desk/sources/{source.code}/upload/", {"file": _file()}).status_code
        for source in (mine, other)
    }
    assert posted == {"mine": 302, "other": 404}


def test_an_officer_of_a_body_makes_lists_of_it_only(body: Body, body_client: Client) -> None:
    told = {**LIST, "code": "theirs"}
    assert body_client.post("/desk/sources/new/", told).status_code == 422
    assert body_client.post("/desk/sources/new/", {**told, "body": a_body().pk}).status_code == 422
    assert not Source.objects.exists()
    made = body_client.post("/desk/sources/new/", {**told, "body": body.pk})
    assert made["Location"] == "/desk/sources/theirs/"
    assert Source.objects.get().body == body


def test_a_list_is_not_moved_to_where_one_may_not_manage_it(body: Body, body_client: Client) -> None:
    source = make.a_source("mine", body=body)
    answer = body_client.post("/desk/sources/mine/change/", LIST)
    source.refresh_from_db()
    assert (answer.status_code, source.body) == (422, body)


def test_seeing_all_lists_lets_nobody_fill_those_of_others(body: Body, client_of: Signed) -> None:
    """The wider of two grants sees, the narrower one acts: each only as far as it reaches."""
    coordinator = make_accounts.user(Role.COORDINATOR)
    Grant.objects.create(user=coordinator, role=Role.REGISTRY_OFFICER, body=body)
    mine, other = make.a_source("mine", body=body), make.a_source("other")
    client = client_of(coordinator)
    for source, status, offered in ((mine, 302, True), (other, 403, False)):
        page = client.get(f"/desk/sources/{source.code}/").content.decode()
        assert (f"/desk/sources/{source.code}/upload/" in page) is offered
        assert client.post(f"/desk/sources/{source.code}/upload/", {"file": _file()}).status_code == status
    file = make.a_batch(other)
    assert client.get(f"/desk/files/{file.pk}/").status_code == 200
    assert client.get(f"/desk/files/{file.pk}/problems/").status_code == 403


def test_lists_files_and_problems_ask_a_constant_number_of_questions(registry_officer: User, client_of: Signed) -> None:
    source, client = make.a_source("film"), client_of(registry_officer)
    batch = make.a_batch(source)
    pages = ("/desk/sources/", "/desk/sources/film/", f"/desk/files/{batch.pk}/problems/", f"/desk/files/{batch.pk}/")

    def one_more(number: int) -> None:
        make.a_batch(source)
        make.a_batch(make.a_source())
        RecordProblem.objects.create(batch=batch, revision=1, row=number, code="intake.date", column="Name")

    one_more(1)
    one = [questions(client, page) for page in pages]
    for number in range(2, 5):
        one_more(number)
    assert [questions(client, page) for page in pages] == one


def test_changing_one_thing_of_a_list_changes_no_other(registry_officer: User, client_of: Signed) -> None:
    source, client = make.a_source("film", trust=60), client_of(registry_officer)
    form = client.get("/desk/sources/film/change/").context["form"]
    told = {name: value for name, value in form.initial.items() if value not in (None, False)}
    assert client.post("/desk/sources/film/change/", {**told, "known_total": "400"}).status_code == 302
    source.refresh_from_db()
    assert (source.trust, source.known_total) == (60, 400)
    assert Entry.objects.get(action="sources.source.change").told["fields"] == ["known_total"]


def test_files_that_are_not_open_to_the_reader_are_counted_without_their_names(
    registry_officer: User, province_officer: User, client_of: Signed
) -> None:
    batch = make.a_batch(make.a_source("film"))
    theirs, mine = (client_of(officer).get("/desk/sources/film/") for officer in (province_officer, registry_officer))
    assert (theirs.context["closed"], mine.context["closed"]) == (1, 0)
    assert [batch.file_name in page.content.decode() for page in (theirs, mine)] == [False, True]
