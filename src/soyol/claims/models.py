"""Claims to entries, what is held by them, codes that are under way, and handing over."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from soyol.claims.choices import Capacity, ClaimState, Proof
from soyol.fields import SealedJSONField, SealedTextField
from soyol.fields.versions import Versioned
from soyol.registry.choices import DocumentKind


class Claim(Versioned):
    """“This entry is mine”, with its proof and what was decided.

    ``actor``: the entry, where the person could name it or has enrolled it; an officer names it otherwise. ``told``:
    what the person wrote. ``agreed``: purposes that they agreed to when enrolling, which counts once the claim is
    accepted. ``unit``: where it is decided. ``document`` is there until the claim is decided, then its bytes are
    forgotten; ``seen`` says what it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="claims")
    actor = models.ForeignKey("registry.Actor", models.PROTECT, null=True, blank=True, related_name="claims")
    capacity = models.CharField(max_length=10, choices=Capacity)
    proof = models.CharField(max_length=10, choices=Proof)
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.OPEN)
    enrolled = models.BooleanField(default=False)
    told = SealedJSONField(default=dict)
    agreed = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=12, blank=True)
    document = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    seen = models.CharField(max_length=20, choices=DocumentKind, blank=True, default="")
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    reason = SealedTextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["due_on", "made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "actor", "capacity"],
                condition=Q(state=ClaimState.OPEN, actor__isnull=False),
                name="claims_claim_open_once",
            ),
            models.UniqueConstraint(
                fields=["user", "capacity"],
                condition=Q(state=ClaimState.OPEN, actor__isnull=True),
                name="claims_claim_open_once_unnamed",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.OPEN, decided_at__isnull=True)
                | (~Q(state=ClaimState.OPEN) & Q(decided_at__isnull=False)),
                name="claims_claim_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.ACCEPTED) | Q(actor__isnull=False), name="claims_claim_accepted_has_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.actor_id or '?'} {self.capacity}"


class Hold(models.Model):
    """An account holds an entry, from then until it is ended.

    It stays with the number for which it was proved. Where that number leads to another, it holds there
    (``queries.holds_of``).
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="holds")
    actor = models.ForeignKey("registry.Actor", models.PROTECT, related_name="holds")
    capacity = models.CharField(max_length=10, choices=Capacity)
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="hold")
    begun_at = models.DateTimeField(default=timezone.now)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    end_reason = SealedTextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["begun_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "actor"], condition=Q(ended_at__isnull=True), name="claims_hold_once"
            ),
            models.UniqueConstraint(
                fields=["actor"],
                condition=Q(ended_at__isnull=True, capacity=Capacity.SELF),
                name="claims_hold_one_is_oneself",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("begun_at")), name="claims_hold_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} holds {self.actor_id}"


class Attempt(models.Model):
    """A code that was asked for. There is a row whether or not there was anybody to send it to: nobody is told."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    contact_digest = models.CharField(max_length=32)
    actor = models.ForeignKey("registry.Actor", models.PROTECT, null=True, related_name="+")
    code_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        indexes: ClassVar = [
            models.Index(fields=["user", "asked_at"], name="claims_attempt_by_day"),
            models.Index(fields=["contact_digest", "asked_at"], name="claims_attempt_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d %H:%M}"


class Handover(models.Model):
    """A link by which somebody else comes to represent an entry. Only its hash is kept. ``leaving``: instead of me."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="handovers")
    digest = models.CharField(max_length=64, unique=True)
    leaving = models.BooleanField()
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.hold_id} until {self.expires_at:%Y-%m-%d}"
