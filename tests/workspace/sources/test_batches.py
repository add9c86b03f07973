"""The page of a file: why work failed and the way out, and what is next after the import."""

import html
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.models import User
from soyol.files import queries as files
from soyol.jobs import actions as jobs
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from soyol.places.models import Unit
from soyol.registry import actions as registry
from soyol.sources import actions
from soyol.sources.models import Batch, RecordProblem
from tests.factories.lists import BY, checked, imported, received
from tests.factories.registry import a_batch, a_source

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


def _failed(batch: Batch, code: str, params: dict[str, object]) -> Job:
    job = actions.start_dry_run(by=BY, batch=batch)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, ended_at=timezone.now(), error_code=code, error_params=params
    )
    return job


@pytest.mark.long
@pytest.mark.parametrize(("language", "words"), [("en", "are not confirmed yet"), ("mn", "хараахан батлаагүй")])
def test_a_refusal_is_said_in_the_readers_language_with_a_button_to_try_again(
    registry_officer: User, client_of: Signed, language: str, words: str
) -> None:
    batch = actions.read_batch(by=BY, batch=received(a_source(), ["Batbayar Bat,99110001,,"]))
    _failed(batch, "refused.no_mapping", {"words": "…", "params": {"name": "list.csv"}})
    client = client_of(registry_officer)
    client.cookies["soyol_language"] = language
    page = client.get(f"/desk/files/{batch.pk}/").content.decode()
    assert words in page
    assert f'action="/desk/files/{batch.pk}/check/"' in page


def test_whatever_nobody_foresaw_is_told_too(registry_officer: User, client_of: Signed) -> None:
    batch = received(a_source(), ["Batbayar Bat,99110001,,"])
    job = _failed(batch, "jobs.unexpected", {"fault": "ValueError"})
    client = client_of(registry_officer)
    assert b"notice--bad" in client.get(f"/desk/files/{batch.pk}/").content
    on_its_own = client.get(f"/desk/work/{job.pk}/").content.decode()
    assert f'href="/desk/files/{batch.pk}/"' in on_its_own


def test_trying_again_starts_the_work_anew(registry_officer: User, client_of: Signed) -> None:
    batch = received(a_source(), ["Batbayar Bat,99110001,,"])
    job = _failed(batch, "jobs.unexpected", {})
    client = client_of(registry_officer)
    assert client.post(f"/desk/files/{batch.pk}/check/")["Location"] == f"/desk/files/{batch.pk}/"
    batch.refresh_from_db()
    assert int(batch.job_id) > job.pk
    assert b"notice--bad" not in client.get(f"/desk/files/{batch.pk}/").content


@pytest.mark.long
def test_a_comparison_is_offered_until_one_has_begun(registry_officer: User, client_of: Signed) -> None:
    batch = imported(a_source(), ["Batbayar Bat,99110001,,"])
    client, start = client_of(registry_officer), b'action="/desk/matching/start/"'
    assert start in client.get(f"/desk/files/{batch.pk}/").content
    registry.run_linkage(by=BY)
    assert start not in client.get(f"/desk/files/{batch.pk}/").content
    registry.withdraw_batch(by=BY, batch=batch, reason="Another year")
    assert start in client.get(f"/desk/files/{batch.pk}/").content
    registry.run_linkage(by=BY)
    assert start not in client.get(f"/desk/files/{batch.pk}/").content


@pytest.mark.long
def test_a_wrong_file_can_be_withdrawn_before_it_is_imported(registry_officer: User, client_of: Signed) -> None:
    batch = actions.read_batch(by=BY, batch=received(a_source(), ["Batbayar Bat,99110001,,"]))
    client = client_of(registry_officer)
    assert f'action="/desk/files/{batch.pk}/withdraw/"' in client.get(f"/desk/files/{batch.pk}/").content.decode()
    answer = client.post(f"/desk/files/{batch.pk}/withdraw/", {"reason": "Another year"})
    asked = Job.objects.latest("pk")
    assert (answer["Location"], asked.kind) == (f"/desk/work/{asked.pk}/", "registry.withdraw")
    assert jobs.cancel(by=BY, job=asked).state == JobState.CANCELLED


@pytest.mark.long
def test_steps_of_a_withdrawn_file_are_those_that_it_took(registry_officer: User, client_of: Signed) -> None:
    batches = [
        actions.read_batch(by=BY, batch=received(a_source(), ["Batbayar Bat,99110001,,"])),
        checked(received(a_source(), ["Batbayar Bat,99110002,,"])),
        imported(a_source(), ["Batbayar Bat,99110003,,"]),
    ]
    client = client_of(registry_officer)
    client.cookies["soyol_language"] = "en"
    done = []
    for batch in batches:
        registry.withdraw_batch(by=BY, batch=batch, reason="Another year")
        page = client.get(f"/desk/files/{batch.pk}/").content.decode()
        never = "None of its rows came into the registry." in page
        done.append((page.count("rail__step--done"), page.count('aria-current="step"'), never))
    assert done == [(1, 0, True), (3, 0, True), (4, 0, False)]


@pytest.mark.long
def test_rows_in_trouble_are_made_a_workbook_by_the_worker_and_taken_from_the_page_of_the_work(
    registry_officer: User, client_of: Signed
) -> None:
    batch = imported(a_source(), ["Batbayar Bat,x7,,"])
    client = client_of(registry_officer)
    asked = client.post(f"/desk/files/{batch.pk}/problems/take/")
    job = Job.objects.latest("pk")
    assert (asked["Location"], job.kind) == (f"/desk/work/{job.pk}/", "sources.take_problems")
    assert Worker().run_one()
    assert f'href="/desk/work/{job.pk}/file/"' in client.get(f"/desk/work/{job.pk}/").content.decode()
    file = client.get(f"/desk/work/{job.pk}/file/")
    assert (file["Content-Disposition"], next(iter(file.streaming_content))[:2]) == (
        f'attachment; filename="{batch.source.code}-{batch.pk}-to-mend.xlsx"',
        b"PK",
    )


@pytest.mark.long
def test_whoever_may_not_reveal_a_number_is_offered_no_workbook(
    province_officer: User, registry_officer: User, here: Unit, client_of: Signed
) -> None:
    batch = imported(a_source(unit=here), ["Batbayar Bat,x7,,"])
    take = f"/desk/files/{batch.pk}/problems/take/"
    page = f"/desk/files/{batch.pk}/problems/"
    assert take in client_of(registry_officer).get(page).content.decode()
    assert take not in client_of(province_officer).get(page).content.decode()
    assert client_of(province_officer).post(take).status_code == 403


@pytest.mark.long
def test_the_dry_run_of_mended_rows_says_so(registry_officer: User, client_of: Signed) -> None:
    source = a_source()
    first = imported(source, ["Batbayar Bat,x7,,"])
    with files.plain_path(actions.write_mending(by=BY, batch=first, lang="en")) as book:
        again = checked(actions.receive(by=BY, source=source, name="mended.xlsx", content=book))
    page = client_of(registry_officer).get(f"/desk/files/{again.pk}/").content.decode()
    assert f'<a href="/desk/files/{first.pk}/">list.csv</a>' in page
    link, problems = f'<a href="/desk/files/{again.pk}/">mended.xlsx</a>', f"/desk/files/{first.pk}/problems/"
    assert link not in client_of(registry_officer).get(problems).content.decode()
    actions.import_batch(by=BY, batch=again)
    assert link in client_of(registry_officer).get(problems).content.decode()


def test_the_dry_run_says_of_each_row_what_is_wrong_before_anything_is_written(
    registry_officer: User, client_of: Signed
) -> None:
    batch = checked(received(a_source(), ["Batbayar Bat,x7,1980-13-45,", "Boldbaatar Bold,,,"]))
    client = client_of(registry_officer)
    ahead = client.get(f"/desk/files/{batch.pk}/").context["shown"].problems_by_code
    assert sum(count for _code, _words, count, _more in ahead) == 2
    page = client.get(f"/desk/files/{batch.pk}/problems/")
    shown = page.context["shown"]
    assert {each.words for each in shown} == {words for _code, words, _count, _more in ahead}
    assert sorted(each.value for each in shown) == ["1980-13-45", "x7"]
    assert all(each.way_out for each in shown)
    assert not RecordProblem.objects.exists()
    assert "/problems/take/" in page.content.decode()
    actions.import_batch(by=BY, batch=batch)
    batch.refresh_from_db()
    after = client.get(f"/desk/files/{batch.pk}/problems/").context["shown"]
    assert {(each.words, each.value) for each in after} == {(each.words, each.value) for each in shown}


def test_an_import_asked_for_twice_is_one(registry_officer: User, client_of: Signed) -> None:
    batch = checked(received(a_source(), ["Batbayar Bat,,,"]))
    client = client_of(registry_officer)
    for _time in range(2):
        assert client.post(f"/desk/files/{batch.pk}/import/").status_code == 302
    assert Job.objects.filter(kind="sources.import").count() == 1
    assert Worker().run_one()
    batch.refresh_from_db()
    assert (batch.state, Job.objects.get(pk=batch.job_id).state) == ("imported", JobState.DONE)


def test_a_refused_file_says_why_and_what_to_do(registry_officer: User, client_of: Signed) -> None:
    batch = received(a_source(), [])
    refused = {"code": "intake.encrypted", "params": {}}
    Batch.objects.filter(pk=batch.pk).update(state="refused", reading={"refused": refused})
    page = client_of(registry_officer).get(f"/desk/files/{batch.pk}/")
    assert page.context["way_out"]
    assert page.context["refusal"] in html.unescape(page.content.decode())
    assert page.context["way_out"] in html.unescape(page.content.decode())


@pytest.mark.parametrize(("titles", "more"), [(("Members", "Members"), 0), (("Members", "Studios"), 1)])
def test_problems_of_one_kind_that_say_different_things_are_said_to_be_more(
    registry_officer: User, client_of: Signed, titles: tuple[str, str], more: int
) -> None:
    batch = a_batch(a_source())
    for title in titles:
        RecordProblem.objects.create(
            batch=batch, revision=batch.revision, code="intake.titles_skipped", params={"titles": title}
        )
    page = client_of(registry_officer).get(f"/desk/files/{batch.pk}/")
    told = [
        (count, others, titles[0] in words) for _code, words, count, others in page.context["shown"].problems_by_code
    ]
    assert told == [(2, more, True)]
