"""What people ask about the data that is held about them, and each step until it is answered."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from soyol.fields import SealedJSONField, SealedTextField
from soyol.fields.versions import Versioned
from soyol.rights.choices import RequestKind, RequestState, StepKind


class Request(Versioned):
    """One thing that a holder asks about an entry.

    ``field`` and ``values`` (record columns): what is proposed, ``shown``: what stood there then, in words; ``record``:
    the row that is about somebody else. ``unit``: whose officers decide. ``account_too``: the account goes as well.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=RequestKind)
    actor = models.ForeignKey("registry.Actor", models.PROTECT, related_name="requests")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="requests")
    field = models.CharField(max_length=20, blank=True)
    values = SealedJSONField(default=dict)
    shown = SealedJSONField(default=list)
    record = models.ForeignKey("sources.SourceRecord", models.PROTECT, null=True, blank=True, related_name="+")
    why = SealedTextField(blank=True, default="")
    account_too = models.BooleanField(default=False)
    language = models.CharField(max_length=12, blank=True)
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decision = SealedTextField(blank=True, default="")
    job_id = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["actor", "kind", "field"],
                condition=Q(state=RequestState.OPEN, record__isnull=True),
                name="rights_request_open_once",
            ),
            models.UniqueConstraint(
                fields=["actor", "record"],
                condition=Q(state=RequestState.OPEN, record__isnull=False),
                name="rights_request_row_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, decided_at__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(decided_at__isnull=False)),
                name="rights_request_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind=RequestKind.CORRECTION) & ~Q(field="") | ~Q(kind=RequestKind.CORRECTION) & Q(field=""),
                name="rights_request_correction_has_field",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(state=RequestState.OPEN), name="rights_request_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.actor_id} {self.state}"


class Evidence(models.Model):
    """One file by which a request is proved."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="evidence")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")
    content_type = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.content_type}"


class Agreement(models.Model):
    """One officer agreed to an erasure that needs two: somebody who holds money, an award or an office asks for it."""

    request = models.OneToOneField(Request, models.CASCADE, related_name="agreement")
    user_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.request_id} {self.user_id}"


class Step(models.Model):
    """What happened to a request, when, and by which office. Accounts are named by number only."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    at = models.DateTimeField(default=timezone.now)
    user_id = models.PositiveBigIntegerField(null=True, blank=True)
    office = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"
