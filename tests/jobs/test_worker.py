"""The worker inside one process: how jobs end, and who gets them."""

import itertools
import threading
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from soyol.audit import By
from soyol.audit import queries as audit
from soyol.bodies.models import Body
from soyol.jobs import actions, registry, rules
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.work import LeaseLost, Work
from soyol.jobs.worker import Worker, claim
from tests.jobs import kinds  # noqa: F401 - registers the kinds of work

pytestmark = pytest.mark.django_db


def _ended(job: Job) -> Job:
    assert Worker().run_one()
    job.refresh_from_db()
    return job


def test_work_that_is_done_says_what_came_out(by: By) -> None:
    job = _ended(actions.enqueue("tests.count", {"steps": 3}, by=by))
    assert (job.state, job.result, job.done, job.total) == (JobState.DONE, {"steps": 3}, 3, 3)
    assert job.ended_at is not None
    assert Body.objects.count() == 4


def test_a_returned_result_ends_the_job_as_well(by: By) -> None:
    job = _ended(actions.enqueue("tests.sleep", {"seconds": 0}, by=by))
    assert (job.state, job.result) == (JobState.DONE, {"slept": 0})


def test_the_audit_tells_the_asking_and_the_end(by: By) -> None:
    job = _ended(actions.enqueue("tests.sleep", {"seconds": 0}, by=by))
    told = [(entry.action, entry.actor_name) for entry in audit.about(f"jobs.Job:{job.pk}")]
    assert told == [("jobs.job.end", by.name), ("jobs.job.enqueue", by.name)]


def test_a_refusal_ends_the_job_with_its_reason(by: By) -> None:
    job = _ended(actions.enqueue("tests.refuse", {}, by=by))
    assert (job.state, job.error_code, job.error_params) == (JobState.FAILED, "tests.too_big", {"size": 3})


def test_a_fault_ends_the_job_and_keeps_its_words_to_itself(by: By, caplog: pytest.LogCaptureFixture) -> None:
    job = _ended(actions.enqueue("tests.fail", {}, by=by))
    assert (job.state, job.error_code) == (JobState.FAILED, "jobs.unexpected")
    assert job.error_params == {"fault": "ZeroDivisionError"}
    assert not Body.objects.exists()


def test_a_fault_after_the_end_changes_nothing(by: By, caplog: pytest.LogCaptureFixture) -> None:
    job = _ended(actions.enqueue("tests.fail_after_end", {}, by=by))
    assert (job.state, job.result, job.error_code) == (JobState.DONE, {"done": True}, "")


def test_the_oldest_job_comes_first_and_an_idle_worker_says_so(by: By) -> None:
    first = actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    second = actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    assert Worker().run_one()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (JobState.DONE, JobState.WAITING)
    assert Worker().run_one()
    assert not Worker().run_one()


def test_a_running_job_is_nobody_elses(by: By) -> None:
    actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    assert claim() is not None
    assert claim() is None


def test_a_job_of_a_silent_worker_is_taken_over_and_counted(by: By) -> None:
    actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    silent = claim()
    assert silent is not None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    other = claim()
    assert other is not None
    assert (other.pk, other.deaths) == (silent.pk, 1)
    assert other.lease != silent.lease


def test_a_worker_that_comes_back_changes_nothing(by: By) -> None:
    actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    silent = claim()
    assert silent is not None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    claim()
    late = Work(silent)
    for write in (
        lambda: late.checkpoint({"next": 1}),
        lambda: late.progress(1, 1),
        late.cancelled,
        late.extend,
        late.release,
        lambda: late.finish({}),
    ):
        with pytest.raises(LeaseLost):
            write()
    job = Job.objects.get()
    assert (job.state, job.checkpoint, job.done, job.result) == (JobState.RUNNING, {}, 0, None)


def test_a_job_that_kills_its_workers_fails_in_the_end(by: By) -> None:
    job = actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    for _ in range(rules.MOST_DEATHS):
        assert claim() is not None
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claim() is None
    job.refresh_from_db()
    assert (job.state, job.error_code, job.deaths) == (JobState.FAILED, "jobs.crashed", rules.MOST_DEATHS)


def test_a_database_that_fails_makes_the_job_wait_and_go_on(by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(work: Work, payload: dict[str, object]) -> None:
        raise OperationalError("gone")

    monkeypatch.setitem(registry._runs, "tests.break_down", break_down)
    monkeypatch.setattr("soyol.jobs.worker.connection.close", lambda: None)  # the test's transaction lives on it
    job = _ended(actions.enqueue("tests.break_down", {}, by=by))
    assert (job.state, job.tries, job.lease) == (JobState.WAITING, 1, "")
    assert job.not_before > timezone.now()
    assert claim() is None


def test_work_asked_to_stop_waits_with_its_checkpoint(by: By) -> None:
    job = actions.enqueue("tests.count", {"steps": 5}, by=by)
    worker = Worker()
    worker.stop()
    assert worker.run_one()
    job.refresh_from_db()
    assert (job.state, job.deaths, job.lease) == (JobState.WAITING, 0, "")


def test_work_that_goes_on_later_lets_others_pass_and_keeps_its_checkpoint(by: By) -> None:
    waiting = actions.enqueue("tests.later", {"seconds": 60}, by=by)
    assert Worker().run_one()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.checkpoint, waiting.deaths) == (JobState.WAITING, {"waited": True}, 0)
    assert _ended(actions.enqueue("tests.sleep", {"seconds": 0}, by=by)).state == JobState.DONE
    assert not Worker().run_one()
    Job.objects.filter(pk=waiting.pk).update(not_before=timezone.now())
    assert _ended(waiting).result == {"waited": True}


def test_a_kind_that_no_release_knows_any_more_fails_with_a_reason(by: By) -> None:
    job = actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    Job.objects.update(kind="tests.forgotten")
    job = _ended(job)
    assert (job.state, job.error_code, job.error_params) == (
        JobState.FAILED,
        "jobs.unknown_kind",
        {"kind": "tests.forgotten"},
    )


class Clock:
    """Stands for the worker's stop event: waiting takes no time, but each thread's own clock goes on."""

    def __init__(self) -> None:
        self._times = threading.local()
        self._stopped = threading.Event()

    def now(self) -> float:
        return float(getattr(self._times, "seconds", 0.0))

    def wait(self, seconds: float) -> bool:
        self._times.seconds = self.now() + seconds
        return self._stopped.is_set()

    def set(self) -> None:
        self._stopped.set()

    def is_set(self) -> bool:
        return self._stopped.is_set()


#: Seconds within which an entry is part of the chain, as architecture and manual promise.
SEALED_WITHIN = 60


def test_the_audit_is_sealed_within_a_minute_while_a_long_job_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, worker, enough = Clock(), Worker(), threading.Event()
    sealed_at: list[float] = []

    def seal() -> None:
        sealed_at.append(clock.now())
        if len(sealed_at) == 5:
            enough.set()
        if len(sealed_at) == 2:
            raise OperationalError("database is locked")  # once it does not succeed, and is tried again in time

    def long_job() -> bool:
        assert enough.wait(20), "nobody sealed beside the job"
        worker.stop()
        return True

    monkeypatch.setattr(worker, "_stop", clock)
    monkeypatch.setattr(worker, "run_one", long_job)
    monkeypatch.setattr(worker, "_beat", lambda: None)
    monkeypatch.setattr("soyol.jobs.worker.seal", seal)
    # On a connection of its own it would be asked for outside of this test's transaction.
    monkeypatch.setattr("soyol.jobs.worker.ask_for_daily_work", lambda: None)
    monkeypatch.setattr("soyol.jobs.worker.close_old_connections", lambda: None)
    worker.run()
    succeeded = [0.0, *(at for number, at in enumerate(sealed_at, start=1) if number != 2)]
    assert max(later - before for before, later in itertools.pairwise(succeeded)) <= SEALED_WITHIN


def test_a_worker_does_its_chores_before_its_first_job(by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    job = actions.enqueue("tests.sleep", {"seconds": 0}, by=by)
    seen: list[str] = []

    def look() -> None:
        job.refresh_from_db()
        seen.append(job.state)

    def no_tending(self: Worker, every: float, chore: object) -> None:
        """The threads' connections would not see what this test's transaction holds."""

    monkeypatch.setattr(registry, "_at_start", [])
    monkeypatch.setattr(Worker, "_tend", no_tending)
    monkeypatch.setattr("soyol.jobs.worker.close_old_connections", lambda: None)
    registry.at_start(look)
    registry.at_start(look)
    Worker().run(until_idle=True)
    job.refresh_from_db()
    assert (seen, job.state) == ([JobState.WAITING], JobState.DONE)


def test_what_is_done_beside_goes_on_while_a_long_job_runs_and_after_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    worker, enough = Worker(), threading.Event()
    done: list[int] = []

    def chore() -> None:
        done.append(1)
        if len(done) == 3:
            enough.set()
        if len(done) == 1:
            raise ZeroDivisionError

    def long_job() -> bool:
        assert enough.wait(20), "nobody did it beside the job"
        worker.stop()
        return True

    monkeypatch.setattr(registry, "_at_start", [])
    monkeypatch.setattr(registry, "_beside", {})
    monkeypatch.setattr(worker, "run_one", long_job)
    monkeypatch.setattr(worker, "_beat", lambda: None)
    monkeypatch.setattr("soyol.jobs.worker.seal", lambda: None)
    monkeypatch.setattr("soyol.jobs.worker.close_old_connections", lambda: None)
    registry.beside(chore, every=0.01)
    worker.run()
    assert len(done) >= 3


def test_a_worker_that_ends_when_idle_has_done_what_is_done_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(registry, "_at_start", [])
    monkeypatch.setattr(registry, "_beside", {})
    monkeypatch.setattr("soyol.jobs.worker.close_old_connections", lambda: None)
    registry.beside(lambda: done.append(1), every=3600)
    Worker().run(until_idle=True)
    assert done == [1]
