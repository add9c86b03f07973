"""Long work as rows: what is to be done, how far it is, who does it now, how it ended."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.jobs.choices import JobState
from soyol.jobs.rules import ENDED


class Job(models.Model):
    """One piece of long work.

    ``payload``, ``checkpoint`` and ``result`` hold numbers of rows and counts, never values of persons. ``lease``
    is the secret of the worker that has it now: every write of a worker names it, so that one that was
    thought dead and comes back changes nothing.
    """

    kind = models.CharField(_("kind"), max_length=60)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 - null: without key, and unique
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.WAITING)
    by_kind = models.CharField(max_length=8)
    by_id = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(_("asked by"), max_length=300, blank=True)
    by_on_behalf = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    not_before = models.DateTimeField(default=timezone.now)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    deaths = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    note = models.CharField(max_length=100, blank=True)
    checkpoint = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    error_code = models.CharField(max_length=100, blank=True)
    error_params = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state__in=["waiting", "running"]), name="jobs_job_open"),
            models.Index(fields=["by_id", "-id"], name="jobs_job_by"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False) & ~Q(lease="")
                | ~Q(state="running") & Q(lease="", lease_until__isnull=True),
                name="jobs_job_lease_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed", "cancelled"], ended_at__isnull=False)
                | Q(state__in=["waiting", "running"], ended_at__isnull=True),
                name="jobs_job_end_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return JobState(self.state) in ENDED

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None while the total is not known."""
        return min(1.0, self.done / self.total) if self.total else None
