"""Pages of long work: whose it is, stopping it, and taking along what it made."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.audit import queries as audit
from soyol.files import actions as files
from soyol.jobs import actions
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.places.models import Unit
from tests.factories import accounts as make_accounts
from tests.factories import registry as make
from tests.factories.asking import questions
from tests.factories.bodies import a_body

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]
BYTES = b"rows of a workbook"


def _done(officer: User, kind: str, payload: dict[str, object]) -> Job:
    stored = files.keep(by=officer.by, name="list.xlsx", content=BytesIO(BYTES), personal=True)
    job = actions.enqueue(kind, payload, by=officer.by)
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, ended_at=timezone.now(), result={"file": str(stored.pk)})
    return job


def test_a_file_that_work_made_is_taken_along_by_whoever_asked(
    registry_officer: User, administrator: User, client_of: Signed
) -> None:
    job = _done(registry_officer, "registry.export", {"units": None})
    answer = client_of(registry_officer).get(f"/desk/work/{job.pk}/file/")
    assert (answer.status_code, answer.getvalue()) == (200, BYTES)
    assert answer["Content-Disposition"] == 'attachment; filename="list.xlsx"'
    assert client_of(administrator).get(f"/desk/work/{job.pk}/file/").status_code == 404


def test_who_may_export_less_than_then_does_not_get_the_file(
    registry_officer: User, here: Unit, client_of: Signed
) -> None:
    whole = _done(registry_officer, "registry.export", {"units": None})
    part = _done(registry_officer, "registry.export", {"units": [here.code]})
    client = client_of(registry_officer)

    def answers() -> list[int]:
        return [client.get(f"/desk/work/{job.pk}/file/").status_code for job in (whole, part)]

    assert answers() == [200, 200]
    Grant.objects.filter(user=registry_officer).update(role=Role.PROVINCE_OFFICER, unit=here)
    assert answers() == [403, 200]
    Grant.objects.filter(user=registry_officer).update(role=Role.CURATOR)
    assert answers() == [403, 403]


def test_a_list_that_goes_back_is_taken_along_only_while_its_list_is_in_reach(
    registry_officer: User, client_of: Signed
) -> None:
    source = make.a_source()
    job = _done(registry_officer, "registry.give_back", {"source": source.pk})
    client = client_of(registry_officer)
    assert client.get(f"/desk/work/{job.pk}/file/").status_code == 200
    Grant.objects.filter(user=registry_officer).update(body=a_body())
    assert client.get(f"/desk/work/{job.pk}/file/").status_code == 403


def test_work_is_stopped_with_an_entry_in_the_audit(registry_officer: User, client_of: Signed) -> None:
    job = actions.enqueue("registry.link", {"engine": "duckdb"}, by=registry_officer.by)
    client = client_of(registry_officer)
    assert f'action="/desk/work/{job.pk}/stop/"' in client.get(f"/desk/work/{job.pk}/").content.decode()
    assert client.post(f"/desk/work/{job.pk}/stop/")["Location"] == "/desk/work/"
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert audit.about(f"jobs.Job:{job.pk}").first().action == "jobs.job.cancel"


def test_who_only_sees_work_stops_none_of_others(registry_officer: User, coordinator: User, client_of: Signed) -> None:
    job = actions.enqueue("registry.link", {"engine": "duckdb"}, by=registry_officer.by)
    client = client_of(coordinator)
    assert "/stop/" not in client.get(f"/desk/work/{job.pk}/").content.decode()
    assert client.post(f"/desk/work/{job.pk}/stop/").status_code == 403
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_an_officer_of_a_body_sees_work_on_its_lists_and_files_only(registry_officer: User, client_of: Signed) -> None:
    mine, other = make.a_source(body=a_body()), make.a_source(body=a_body())
    officer = make_accounts.user(Role.REGISTRY_OFFICER, body=mine.body)
    jobs = {
        source: [
            actions.enqueue("registry.give_back", {"source": source.pk}, by=registry_officer.by).pk,
            actions.enqueue("sources.read", {"batch": make.a_batch(source).pk}, by=registry_officer.by).pk,
        ]
        for source in (mine, other)
    }
    shown = client_of(officer).get("/desk/work/").context["jobs"]
    assert sorted(job.pk for job in shown) == jobs[mine]


@pytest.mark.long
def test_a_grant_that_ends_counts_at_the_next_click(
    registry_officer: User, administrator: User, client_of: Signed
) -> None:
    """The same for doors (403), single things (404) and what is asked of others (the menu)."""
    job = actions.enqueue("registry.link", {"engine": "duckdb"}, by=administrator.by)
    client, grant = client_of(registry_officer), registry_officer.grants.get()
    Grant.objects.create(user=registry_officer, role=Role.CURATOR)
    pages = ("/desk/matching/", "/desk/sources/", "/desk/entries/", f"/desk/work/{job.pk}/")
    assert [client.get(page).status_code for page in pages] == [200, 200, 200, 200]
    told = {"reason": "Moved away"}
    assert client_of(administrator).post(f"/desk/grants/{grant.pk}/end/", told).status_code == 302
    assert [client.get(page).status_code for page in pages] == [403, 403, 200, 404]
    assert 'href="/desk/matching/"' not in client.get("/desk/").content.decode()


def test_a_grant_that_begins_or_is_over_counts_by_its_days(curator: User, client_of: Signed) -> None:
    client, today = client_of(curator), timezone.localdate()
    assert client.get("/desk/matching/").status_code == 403
    grant = Grant.objects.create(user=curator, role=Role.REGISTRY_OFFICER)
    assert client.get("/desk/matching/").status_code == 200
    Grant.objects.filter(pk=grant.pk).update(valid_from=today + timedelta(1))
    assert client.get("/desk/matching/").status_code == 403


def test_the_list_of_work_asks_a_constant_number_of_questions(registry_officer: User, client_of: Signed) -> None:
    client = client_of(registry_officer)
    actions.enqueue("registry.link", {"engine": "duckdb"}, by=registry_officer.by)
    actions.enqueue("sources.read", {"batch": make.a_batch(make.a_source()).pk}, by=registry_officer.by)
    one = questions(client, "/desk/work/")
    for _ in range(4):
        actions.enqueue("registry.link", {"engine": "duckdb"}, by=registry_officer.by)
        actions.enqueue("sources.read", {"batch": make.a_batch(make.a_source()).pk}, by=registry_officer.by)
    assert questions(client, "/desk/work/") == one


def test_work_on_a_file_names_it_to_those_who_may_see_it(
    registry_officer: User, province_officer: User, client_of: Signed
) -> None:
    batch = make.a_batch(make.a_source())
    for officer in (registry_officer, province_officer):
        actions.enqueue("registry.withdraw", {"batch": batch.pk}, by=officer.by)
    assert [job.about for job in client_of(registry_officer).get("/desk/work/").context["jobs"]] == [
        batch.file_name,
        batch.file_name,
    ]
    assert [job.about for job in client_of(province_officer).get("/desk/work/").context["jobs"]] == [""]


def test_the_way_back_from_failed_work_says_where_it_leads(registry_officer: User, client_of: Signed) -> None:
    batch = make.a_batch(make.a_source())
    told = {
        "registry.withdraw": (f"/desk/files/{batch.pk}/", "Back to the file"),
        "registry.link": ("/desk/matching/", "Back to the comparisons"),
        "registry.export": ("/desk/entries/", "Back to people and organisations"),
        "registry.give_back": ("/desk/sources/", "Back to the lists"),
    }
    client, said = client_of(registry_officer), {}
    client.cookies["soyol_language"] = "en"
    for kind, way in told.items():
        job = actions.enqueue(kind, {"batch": batch.pk}, by=registry_officer.by)
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, ended_at=timezone.now())
        answer = client.get(f"/desk/work/{job.pk}/")
        said[kind] = (answer.context["job"].back_href, answer.context["job"].back_label)
        assert way[1] in answer.content.decode()
    assert said == told


@pytest.mark.parametrize("n", [15, "15"], ids=["number", "as an earlier version kept it"])
def test_work_that_was_refused_says_why_and_hides_no_other(
    registry_officer: User, client_of: Signed, n: object
) -> None:
    job = actions.enqueue("registry.teach", {}, by=registry_officer.by)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, ended_at=timezone.now(), error_code="refused.too_few_answers",
        error_params={"words": "There are 15 answers", "params": {"n": n}},
    )  # fmt: skip
    client = client_of(registry_officer)
    assert client.get("/desk/work/").status_code == 200
    assert "15" in client.get(f"/desk/work/{job.pk}/").content.decode()
