"""Losses of data: what was lost when, and whom it was about."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from soyol.fields import SealedTextField


class Loss(models.Model):
    """Data that somebody saw, took or lost who should not have: of these kinds, in this window.

    ``tables``: codes of ``queries.held``; ``account_id``: the account that was misused, then what it saw by the audit
    counts. ``counts``: kind → people and values, once the list is made. People are named by id only.
    """

    what = SealedTextField()
    tables = models.JSONField(default=list)
    account_id = models.PositiveBigIntegerField(null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by_id = models.PositiveBigIntegerField(null=True)
    made_by = models.CharField(max_length=300, blank=True)
    job_id = models.PositiveBigIntegerField(null=True, blank=True)
    listed_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="protection_loss_window_runs_on"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.since:%Y-%m-%d} – {self.last_moment:%Y-%m-%d}"

    @property
    def last_moment(self) -> datetime:
        """The last one in the window; ``until`` is the first after it."""
        return self.until - timedelta.resolution


class Affected(models.Model):
    """Somebody whose data a loss concerns: an entry, or an account that holds none.

    ``held``: kind of data → field → how many values. No value itself stands here.
    """

    loss = models.ForeignKey(Loss, models.CASCADE, related_name="affected")
    actor = models.ForeignKey("registry.Actor", models.PROTECT, null=True, related_name="+")
    user_id = models.PositiveBigIntegerField(null=True)
    held = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["loss", "actor"], condition=Q(actor__isnull=False), name="protection_affected_actor_once"
            ),
            models.UniqueConstraint(
                fields=["loss", "user_id"], condition=Q(user_id__isnull=False), name="protection_affected_user_once"
            ),
            models.CheckConstraint(
                condition=Q(actor__isnull=True, user_id__isnull=False) | Q(actor__isnull=False, user_id__isnull=True),
                name="protection_affected_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loss_id}: {self.actor_id or self.user_id}"
