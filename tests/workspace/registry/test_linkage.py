"""Pages of the comparisons: how many pairs wait, the first of them, and the report of a run."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.jobs.models import Job
from soyol.places.models import Unit
from soyol.registry import actions
from soyol.registry.choices import RunState
from soyol.registry.models import Identity, LinkageRun, ReviewPair
from soyol.sources.models import Source, SourceRecord
from soyol.workspace.looks import PAIRS
from tests.factories import accounts as make_accounts
from tests.factories import registry as make
from tests.factories.asking import questions
from tests.workspace.conftest import TOLD

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


@pytest.fixture
def run(country: Unit) -> LinkageRun:
    """A run that is over."""
    now = timezone.now()
    return LinkageRun.objects.create(engine="duckdb", state=RunState.APPLIED, by_name="tests", ended_at=now)


def _doubts(run: LinkageRun, here: Unit) -> tuple[ReviewPair, SourceRecord]:
    """A pair of two entries, and one of the first of them and a record behind which nobody stands."""
    doubt = _doubt(run, make.a_source(), here, 1)
    alone = make.a_record(make.a_source(), name=TOLD.shown, unit=here.code)
    ReviewPair.objects.create(run=run, a=doubt.a, b=alone, probability=0.4, position=2)
    return doubt, alone


def _doubt(run: LinkageRun, source: Source, unit: Unit, number: int) -> ReviewPair:
    told = [{"name": f"{TOLD.shown} {number}", "unit": unit.code, "phones": [TOLD.phone(number)]}] * 2
    a, b = (make.a_record(source, **values) for values in told)
    for record in (a, b):
        make.an_actor(record)
    return ReviewPair.objects.create(run=run, a=a, b=b, probability=0.5, position=number)


@pytest.mark.long
def test_the_queue_tells_its_size_and_shows_the_first_pairs(
    run: LinkageRun, here: Unit, registry_officer: User, client_of: Signed
) -> None:
    source = make.a_source()
    for number in range(12):
        _doubt(run, source, here, number)
    answer = client_of(registry_officer).get("/desk/matching/")
    assert (answer.context["queue"].size, len(answer.context["pairs"])) == (12, 10)
    page = answer.content.decode()
    assert (f"{TOLD.shown} 0" in page, f"{TOLD.shown} 11" in page) == (True, False)


def test_two_entries_stand_in_the_queue_once_by_their_likeliest_pair_and_in_its_order(
    run: LinkageRun, here: Unit, registry_officer: User, client_of: Signed
) -> None:
    source = make.a_source()
    doubt = _doubt(run, source, here, 1)
    other = make.a_record(source, name=TOLD.shown, unit=here.code)
    third = make.a_record(source, name=TOLD.shown, unit=here.code)
    make.an_actor(other, third)
    pairs = [(doubt.b, other, 0.3), (doubt.b, third, 0.6), (doubt.a, third, 0.7)]
    made = [
        ReviewPair.objects.create(run=run, a=a, b=b, probability=sure, position=at)
        for at, (a, b, sure) in enumerate(pairs, start=2)
    ]
    answer = client_of(registry_officer).get("/desk/matching/")
    queue = answer.context["queue"]
    assert (queue.size, [pair.pk for pair in queue.pairs]) == (4, [doubt.pk, made[1].pk, made[2].pk])


def test_an_officer_of_a_place_sees_the_pairs_that_lie_there(
    run: LinkageRun, here: Unit, elsewhere: Unit, client_of: Signed
) -> None:
    source = make.a_source()
    mine = _doubt(run, source, here, 1)
    _doubt(run, source, elsewhere, 2)
    client = client_of(make_accounts.user(Role.REGISTRY_OFFICER, unit=here))
    answer = client.get("/desk/matching/")
    assert [pair.pk for pair in answer.context["queue"].pairs] == [mine.pk]
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


@pytest.mark.long
def test_the_queue_asks_a_constant_number_of_questions(
    run: LinkageRun, here: Unit, registry_officer: User, client_of: Signed
) -> None:
    source, client = make.a_source(), client_of(registry_officer)
    _doubt(run, source, here, 1)
    one = questions(client, "/desk/matching/")
    for number in range(2, 5):
        _doubt(run, source, here, number)
        LinkageRun.objects.create(engine="duckdb", state=RunState.APPLIED, by_name="tests", ended_at=timezone.now())
    assert questions(client, "/desk/matching/") == one


def test_pairs_side_by_side_are_a_look_at_whoever_stands_behind_them(
    run: LinkageRun, here: Unit, registry_officer: User, client_of: Signed
) -> None:
    doubt, alone = _doubts(run, here)
    client_of(registry_officer).get("/desk/matching/")
    looks = Entry.objects.filter(kind=EntryKind.LOOKED, actor_id=str(registry_officer.pk))
    actors = Identity.objects.filter(record__in=[doubt.a, doubt.b]).values_list("actor__number", flat=True)
    expected = {*(f"registry.Actor:{number}" for number in actors), f"sources.SourceRecord:{alone.pk}"}
    assert sorted(look.target for look in looks) == sorted(expected)
    assert {look.told["purpose"] for look in looks} == {PAIRS}
    assert all({"name", "phones", "unit"} <= set(look.told["fields"]) for look in looks)


def test_where_no_pair_waits_nobody_was_looked_at(registry_officer: User, client_of: Signed) -> None:
    client_of(registry_officer).get("/desk/matching/")
    assert not Entry.objects.filter(kind=EntryKind.LOOKED).exists()


def test_each_side_of_a_pair_leads_to_its_entry(
    run: LinkageRun, here: Unit, registry_officer: User, client_of: Signed
) -> None:
    doubt, _alone = _doubts(run, here)
    pairs = client_of(registry_officer).get("/desk/matching/").context["pairs"]
    numbers = dict(Identity.objects.values_list("record_id", "actor__number"))
    a, b = (f"/desk/entries/{numbers[record.pk]}/" for record in (doubt.a, doubt.b))
    led = [(pair["left_entry"].get("href"), pair["right_entry"].get("href")) for pair in pairs]
    assert led == [(a, b), (a, None)]
