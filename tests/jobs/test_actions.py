"""Asking for work and cancelling it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from soyol.audit import By
from soyol.bodies.models import Body
from soyol.jobs import actions, queries, registry
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.work import Work
from soyol.jobs.worker import Worker, claim
from tests.jobs import kinds  # noqa: F401 - registers the kinds of work

pytestmark = pytest.mark.django_db


def test_the_same_key_is_done_once(by: By) -> None:
    first = actions.enqueue("tests.sleep", {"seconds": 0}, by=by, key="import:1")
    again = actions.enqueue("tests.sleep", {"seconds": 0}, by=by, key="import:1")
    other = actions.enqueue("tests.sleep", {"seconds": 0}, by=by, key="import:2")
    assert first.pk == again.pk != other.pk
    assert Job.objects.count() == 2


def test_a_kind_that_nobody_does_is_refused(by: By) -> None:
    with pytest.raises(ValueError, match=r"no app does 'tests\.fly'; registered: .*tests\.count"):
        actions.enqueue("tests.fly", {}, by=by)


def test_waiting_work_is_cancelled_at_once(by: By) -> None:
    job = actions.cancel(by=by, job=actions.enqueue("tests.count", {"steps": 1}, by=by))
    assert job.state == JobState.CANCELLED
    assert not Worker().run_one()
    assert not Body.objects.exists()


def test_running_work_is_asked_and_ends_cancelled(by: By) -> None:
    job = actions.enqueue("tests.count", {"steps": 1}, by=by)
    claimed = claim()
    assert claimed is not None
    job = actions.cancel(by=by, job=job)
    assert (job.state, job.cancel_requested) == (JobState.RUNNING, True)
    assert Work(claimed).cancelled()


def test_cancelling_what_has_ended_changes_nothing(by: By) -> None:
    job = actions.enqueue("tests.count", {"steps": 1}, by=by)
    Worker().run_one()
    assert actions.cancel(by=by, job=job).state == JobState.DONE


def test_an_account_finds_its_jobs(by: By) -> None:
    mine = actions.enqueue("tests.sleep", {"seconds": 0}, by=By(kind="person", id="7", name="Officer"))
    actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    assert list(queries.asked_by("7")) == [mine]
    assert queries.still_open().count() == 2


def test_what_is_done_daily_is_asked_for_once_on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_daily", [])
    for _each in range(2):
        registry.daily("tests.sleep")
    [asked] = actions.ask_for_daily_work()
    assert (asked.kind, asked.payload, asked.by_kind) == ("tests.sleep", {}, "system")
    assert actions.ask_for_daily_work() == []
    day = f"tests.sleep:{timezone.localdate() - timedelta(days=1)}"
    Job.objects.filter(pk=asked.pk).update(key=day)
    assert [job.key for job in actions.ask_for_daily_work()] == [f"tests.sleep:{timezone.localdate()}"]
