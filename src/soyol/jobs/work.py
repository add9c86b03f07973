"""What a running job holds in its hands: progress, checkpoints, cancellation, and the one end."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit.actions import record
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job

#: Progress reaches the database at most this often (seconds), and cancellation is looked for as often.
EVERY = 0.5


class Cancelled(Exception):
    """Somebody cancelled the job; raised out of the work, which leaves nothing half-shown behind."""


class Stopping(Exception):
    """The worker was asked to stop: the job waits for the next one, from its last checkpoint."""


class Later(Exception):
    """The work goes on after a while, from its last checkpoint; other work is done meanwhile."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(after)
        self.after = after


class LeaseLost(Exception):
    """Another worker has the job now: whatever this one still writes must not count."""


class Refused(Exception):
    """The work cannot be done, for a reason that people understand: a code of the catalogue and its parameters."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Work:
    """One run of one job by one worker.

    All writes carry the lease: LeaseLost is raised when another worker has taken the job over.
    """

    def __init__(self, job: Job, *, stopping: Callable[[], bool] = lambda: False) -> None:
        self.job = job
        self.finished = False
        self._stopping = stopping
        self._said = 0.0
        self._looked = 0.0
        self._cancelled = False

    @property
    def by(self) -> By:
        """Whoever asked for the work."""
        job = self.job
        kind: Any = job.by_kind
        return By(kind=kind, id=job.by_id, name=job.by_name, on_behalf=job.by_on_behalf)

    @property
    def last_checkpoint(self) -> dict[str, Any]:
        """What the last ``checkpoint`` of this job said, of this run or one before; {} when there was none."""
        found: dict[str, Any] = self.job.checkpoint
        return found

    def progress(self, done: int, total: int = 0, note_code: str = "") -> None:
        """Tell how far the work is. Cheap: most calls touch nothing."""
        now = time.monotonic()
        if now - self._said >= EVERY or (total and done >= total):
            self._said = now
            self._write(done=done, total=total, note=note_code)

    def checkpoint(self, values: dict[str, Any]) -> None:
        """Remember ``values`` for whoever goes on after a crash; call it inside the transaction of what they tell."""
        self._write(checkpoint=values)
        self.job.checkpoint = values

    def cancelled(self) -> bool:
        """Whether somebody cancelled the job; looks at most twice a second."""
        now = time.monotonic()
        if not self._cancelled and now - self._looked >= EVERY:
            self._looked = now
            state = Job.objects.filter(pk=self.job.pk, lease=self.job.lease).values_list("cancel_requested", flat=True)
            asked = state.first()
            if asked is None:
                raise LeaseLost
            self._cancelled = asked
        return self._cancelled

    def check_cancelled(self) -> None:
        """Raise Cancelled or Stopping if the work is to end here."""
        if self.cancelled():
            raise Cancelled
        if self._stopping():
            raise Stopping

    def finish(self, result: dict[str, Any] | None = None) -> None:
        """End the job well, inside the transaction of its last writes: both are there, or neither."""
        with transaction.atomic():
            self.end(JobState.DONE, result=result or {})
        self.finished = True

    def end(self, state: JobState, **values: Any) -> None:
        """Write the end of the job and its audit entry; once, since the lease goes with it."""
        self._write(state=state, ended_at=timezone.now(), lease="", lease_until=None, **values)
        told = {"state": str(state), **{name: value for name, value in values.items() if name == "error_code"}}
        record(self.by, "jobs.job.end", f"jobs.Job:{self.job.pk}", told)

    def release(self, *, after: timedelta = timedelta(0), tries: int | None = None) -> None:
        """Give the job back unfinished."""
        more = {} if tries is None else {"tries": tries}
        self._write(state=JobState.WAITING, lease="", lease_until=None, not_before=timezone.now() + after, **more)

    def extend(self) -> None:
        """Keep the lease: the worker lives."""
        self._write(lease_until=timezone.now() + timedelta(seconds=settings.SOYOL_JOB_LEASE_SECONDS))

    def _write(self, **values: Any) -> None:
        mine = Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, lease=self.job.lease)
        if not mine.update(**values):
            raise LeaseLost
