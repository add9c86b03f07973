"""Asking for long work and cancelling it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit.actions import record
from soyol.jobs import registry
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job


def enqueue(kind: str, payload: dict[str, Any], *, by: By, key: str | None = None) -> Job:
    """Ask for work; it begins after the caller's transaction commits.

    With ``key`` the same work is asked for once only: the job that has the key is returned, whatever its state.
    Raises ValueError for a kind that no app registered.
    """
    if registry.run_for(kind) is None:
        raise ValueError(f"no app does {kind!r}; registered: {', '.join(registry.kinds()) or 'none'}")
    if key is not None and (there := Job.objects.filter(key=key).first()):
        return there
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                payload=payload,
                key=key,
                by_kind=by.kind,
                by_id=by.id,
                by_name=by.name,
                by_on_behalf=by.on_behalf,
            )
            record(by, "jobs.job.enqueue", f"jobs.Job:{job.pk}", {"kind": kind})
    except IntegrityError:
        # Somebody asked for the same a moment ago.
        if key is None:
            raise
        return Job.objects.get(key=key)
    return job


def ask_for_daily_work() -> list[Job]:
    """Ask for what is done once a day, where nobody has asked today; every worker may do so at any time."""
    today = timezone.localdate().isoformat()
    kinds = {f"{kind}:{today}": kind for kind in registry.daily_kinds()}
    there = set(Job.objects.filter(key__in=kinds).values_list("key", flat=True))
    return [enqueue(kind, {}, by=By.system("daily work"), key=key) for key, kind in kinds.items() if key not in there]


@transaction.atomic
def cancel(*, by: By, job: Job) -> Job:
    """Cancel waiting work at once; ask running work to stop at its next look. What has ended stays as it is."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, cancel_requested=False)
    if waiting.update(state=JobState.CANCELLED, ended_at=now) or running.update(cancel_requested=True):
        record(by, "jobs.job.cancel", f"jobs.Job:{job.pk}")
    job.refresh_from_db()
    return job
