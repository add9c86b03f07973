"""The page of a file: why work failed and the way out, and what is next after the import."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.models import User
from soyol.jobs import actions as jobs
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.registry import actions as registry
from soyol.sources import actions
from soyol.sources.models import Batch
from tests.factories.lists import BY, imported, received
from tests.factories.registry import a_source

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


def _failed(batch: Batch, code: str, params: dict[str, object]) -> Job:
    job = actions.start_dry_run(by=BY, batch=batch)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, ended_at=timezone.now(), error_code=code, error_params=params
    )
    return job


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


def test_a_comparison_is_offered_until_one_has_begun(registry_officer: User, client_of: Signed) -> None:
    batch = imported(a_source(), ["Batbayar Bat,99110001,,"])
    client, start = client_of(registry_officer), b'action="/desk/matching/start/"'
    assert start in client.get(f"/desk/files/{batch.pk}/").content
    registry.run_linkage(by=BY)
    assert start not in client.get(f"/desk/files/{batch.pk}/").content


def test_a_wrong_file_can_be_withdrawn_before_it_is_imported(registry_officer: User, client_of: Signed) -> None:
    batch = actions.read_batch(by=BY, batch=received(a_source(), ["Batbayar Bat,99110001,,"]))
    client = client_of(registry_officer)
    assert f'action="/desk/files/{batch.pk}/withdraw/"' in client.get(f"/desk/files/{batch.pk}/").content.decode()
    answer = client.post(f"/desk/files/{batch.pk}/withdraw/", {"reason": "Another year"})
    asked = Job.objects.latest("pk")
    assert (answer["Location"], asked.kind) == (f"/desk/work/{asked.pk}/", "registry.withdraw")
    assert jobs.cancel(by=BY, job=asked).state == JobState.CANCELLED
