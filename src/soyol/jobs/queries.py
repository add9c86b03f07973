"""Reading jobs."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from soyol.jobs.choices import JobState
from soyol.jobs.models import Job

OPEN = (JobState.WAITING, JobState.RUNNING)


def asked_by(account_id: str) -> QuerySet[Job]:
    """Jobs that an account asked for, newest first."""
    return Job.objects.filter(by_id=account_id)


def still_open() -> QuerySet[Job]:
    """Jobs that wait or run, oldest first."""
    return Job.objects.filter(state__in=OPEN).order_by("id")


def claimable(now: datetime | None = None) -> QuerySet[Job]:
    """Jobs that a worker may take: waiting ones whose time has come, and those of workers that fell silent."""
    moment = now or timezone.now()
    waiting = Q(state=JobState.WAITING, not_before__lte=moment)
    silent = Q(state=JobState.RUNNING, lease_until__lt=moment)
    return Job.objects.filter(waiting | silent).order_by("id")
