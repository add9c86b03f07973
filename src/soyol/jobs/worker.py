"""The background worker: takes one job after the other, and keeps the audit sealed meanwhile."""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from soyol.audit.actions import seal
from soyol.jobs import queries, registry, rules
from soyol.jobs.actions import ask_for_daily_work
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.statistics import renew_statistics
from soyol.jobs.work import Cancelled, Later, LeaseLost, Refused, Stopping, Work

log = logging.getLogger("soyol.jobs")

#: Seconds between two looks for work, and between two sealings of the audit.
LOOK_EVERY = 0.5
SEAL_EVERY = 30
#: Seconds between two looks whether the work of the day was asked for.
DAILY_EVERY = 300
#: A job of so many seconds may have written so much that the database should look again at what it holds.
MUCH_WRITTEN = 5.0


class Worker:
    """Runs jobs until ``stop`` is called; ``run_one`` takes at most one."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._current: Work | None = None
        self._tending = threading.Lock()

    def stop(self) -> None:
        """Ask to stop: the running job is given back at its next look."""
        self._stop.set()

    def run(self, *, until_idle: bool = False) -> None:
        """Work until stopped, or until nothing waits. A database that cannot be reached is waited for."""
        for chore in registry.starting_chores():
            chore()
        _renew()
        beside = registry.chores_beside()
        tended = {
            self._beat: settings.SOYOL_JOB_LEASE_SECONDS / 3,
            seal: SEAL_EVERY,
            ask_for_daily_work: DAILY_EVERY,
        }
        threads = [
            threading.Thread(target=self._tend, args=(every, chore), daemon=True)
            for chore, every in (tended | beside).items()
        ]
        for thread in threads:
            thread.start()
        try:
            while not self._stop.is_set():
                if not self._try_one() and not self._stop.wait(0 if until_idle else LOOK_EVERY) and until_idle:
                    break
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()
        if until_idle:
            for chore in beside:
                chore()
            seal()

    def _try_one(self) -> bool:
        try:
            close_old_connections()
            return self.run_one()
        except (OperationalError, InterfaceError):
            log.warning("the database does not answer; trying again", exc_info=True)
            connection.close()
            self._stop.wait(2)
            return False

    def run_one(self) -> bool:
        """Take the oldest job that waits and do it; False when there is none."""
        job = claim()
        if job is None:
            return False
        work = Work(job, stopping=self._stop.is_set)
        with self._tending:
            self._current = work
        try:
            _do(work)
        finally:
            with self._tending:
                self._current = None
        return True

    def _beat(self) -> None:
        with self._tending:
            work = self._current
            if work is not None and not work.finished:
                try:
                    work.extend()
                except LeaseLost:
                    # The work itself finds out at its next write; nothing to do for the heart.
                    log.info("the lease is gone", extra={"job": work.job.pk})

    def _tend(self, every: float, chore: Callable[[], object]) -> None:
        """Do ``chore`` every so many seconds beside the work, on a connection of this thread's own."""
        while not self._stop.wait(every):
            try:
                close_old_connections()
                chore()
            except Exception:  # a thread that ended would do nothing any more, and nobody would know
                log.warning("a chore of the worker failed; trying again", exc_info=True)
                connection.close()
        connection.close()


def claim() -> Job | None:
    """Take the oldest job that may be taken, or None. Of two workers at once only one gets it."""
    for job in queries.claimable()[:5]:
        if job.state == JobState.RUNNING and job.deaths + 1 >= rules.MOST_DEATHS:
            _bury(job)
            continue
        lease, now = secrets.token_hex(16), timezone.now()
        # The condition is checked again by the UPDATE itself: this decides, not the look before.
        mine = queries.claimable(now).filter(pk=job.pk, lease=job.lease).order_by()
        if mine.update(
            deaths=job.deaths + (job.state == JobState.RUNNING),
            state=JobState.RUNNING,
            lease=lease,
            lease_until=now + timedelta(seconds=settings.SOYOL_JOB_LEASE_SECONDS),
            started_at=job.started_at or now,
        ):
            return Job.objects.get(pk=job.pk)
    return None


def _bury(job: Job) -> None:
    """End a job that has killed worker after worker."""
    try:
        with transaction.atomic():
            Work(job).end(JobState.FAILED, error_code="jobs.crashed", deaths=job.deaths + 1)
    except LeaseLost:
        log.info("another worker took the job", extra={"job": job.pk})


def _do(work: Work) -> None:
    """Run a claimed job to one of its ends, or give it back."""
    started = time.monotonic()
    try:
        _attempt(work)
    except LeaseLost:
        log.warning("another worker has this job now", extra={"job": work.job.pk, "job_kind": work.job.kind})
    except (OperationalError, InterfaceError):
        log.warning(
            "the database failed during a job; it will be tried again", exc_info=True, extra={"job": work.job.pk}
        )
        connection.close()
        _try_again(work)
    seconds = round(time.monotonic() - started, 3)
    log.info("job left", extra={"job": work.job.pk, "job_kind": work.job.kind, "seconds": seconds})
    if seconds >= MUCH_WRITTEN:
        _renew()


def _attempt(work: Work) -> None:
    run = registry.run_for(work.job.kind)
    try:
        if run is None:
            raise Refused("jobs.unknown_kind", kind=work.job.kind)
        work.check_cancelled()
        result = run(work, work.job.payload)
        if not work.finished:
            work.finish(result)
    except Cancelled:
        _end(work, JobState.CANCELLED)
    except Stopping:
        work.release()
    except Later as later:
        work.release(after=later.after)
    except Refused as refusal:
        _end(work, JobState.FAILED, error_code=refusal.code, error_params=refusal.params)
    except (LeaseLost, OperationalError, InterfaceError):
        raise
    except Exception as fault:
        log.exception("a job failed", extra={"job": work.job.pk, "job_kind": work.job.kind})
        _end(work, JobState.FAILED, error_code="jobs.unexpected", error_params={"fault": type(fault).__name__})


def _end(work: Work, state: JobState, **values: object) -> None:
    if work.finished:  # its last transaction committed; what came after changes nothing
        return
    with transaction.atomic():
        work.end(state, **values)


def _try_again(work: Work) -> None:
    if work.finished:
        return
    tries = work.job.tries + 1
    try:
        if tries >= rules.MOST_TRIES:
            _end(work, JobState.FAILED, error_code="jobs.database", tries=tries)
        else:
            work.release(after=rules.wait_before_try(tries), tries=tries)
    except (LeaseLost, OperationalError, InterfaceError):
        log.info("the job waits until its lease is over", extra={"job": work.job.pk})


def _renew() -> None:
    try:
        renew_statistics()
    except (OperationalError, InterfaceError):  # a busy database is looked at after the next long job
        log.info("the database's statistics stay as they are", exc_info=True)
        connection.close()
