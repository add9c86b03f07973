"""Pages of the comparisons: how many pairs wait, the first of them, and the report of a run."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.jobs.models import Job
from soyol.places.models import Unit
from soyol.registry import actions
from soyol.registry.choices import RunState
from soyol.registry.models import LinkageRun, Question
from soyol.sources.models import Source
from tests.factories import accounts as make_accounts
from tests.factories import registry as make
from tests.factories.questions import a_question
from tests.workspace.conftest import TOLD

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


@pytest.fixture
def run(country: Unit) -> LinkageRun:
    """A run that is over."""
    now = timezone.now()
    return LinkageRun.objects.create(engine="duckdb", state=RunState.APPLIED, by_name="tests", ended_at=now)


def _doubt(run: LinkageRun, source: Source, unit: Unit, number: int) -> Question:
    told = {"name": f"{TOLD.shown} {number}", "unit": unit.code, "phones": [TOLD.phone(number)]}
    one, other = make.people(source, [told, told])
    return a_question(one, other, run=run)


def test_the_page_tells_how_many_questions_wait_and_by_what_they_can_be_narrowed(
    run: LinkageRun, here: Unit, elsewhere: Unit, registry_officer: User, client_of: Signed
) -> None:
    source = make.a_source()
    for number, unit in enumerate((here, here, elsewhere)):
        _doubt(run, source, unit, number)
    client = client_of(registry_officer)
    found = client.get("/desk/matching/").context
    assert (found["found"].open, found["waiting"], found["waits_for_me"]) == (3, 3, 0)
    assert found["found"].counts["region"] == {here.code: 2, elsewhere.code: 1}
    narrowed = client.get(f"/desk/matching/?region={elsewhere.code}").context
    assert (narrowed["found"].open, narrowed["waiting"]) == (3, 1)


def test_an_officer_of_a_place_counts_the_questions_that_lie_there(
    run: LinkageRun, here: Unit, elsewhere: Unit, client_of: Signed
) -> None:
    source = make.a_source()
    _doubt(run, source, here, 1)
    _doubt(run, source, elsewhere, 2)
    client = client_of(make_accounts.user(Role.REGISTRY_OFFICER, unit=here))
    answer = client.get("/desk/matching/")
    assert (answer.context["found"].open, answer.context["waiting"]) == (1, 1)
    assert set(answer.context["found"].counts["region"]) == {here.code}
    assert 'action="/desk/matching/start/"' not in answer.content.decode()
    assert client.post("/desk/matching/start/").status_code == 403


def test_a_comparison_begins_as_work(country: Unit, registry_officer: User, client_of: Signed) -> None:
    answer = client_of(registry_officer).post("/desk/matching/start/")
    job = Job.objects.get()
    assert (answer["Location"], job.kind) == (f"/desk/work/{job.pk}/", "registry.link")


@pytest.mark.long
def test_the_report_of_a_run_tells_what_it_did(here: Unit, registry_officer: User, client_of: Signed) -> None:
    source = make.a_source()
    for number in range(3):
        make.a_record(source, name=f"{TOLD.shown}", unit=here.code, phones=[TOLD.phone(number)])
    run = actions.run_linkage(by=make.BY)
    answer = client_of(registry_officer).get(f"/desk/matching/{run.pk}/")
    report = answer.context["report"]
    assert (report.records, report.engine) == (3, "duckdb")
    assert report.actors_after == run.actors_after
    assert "<svg" in answer.content.decode() or not report.histogram
    assert client_of(registry_officer).get(f"/desk/matching/{run.pk + 1}/").status_code == 404
