"""Letters to many, who was written to, and questions whether what is held is still right."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from soyol.fields import SealedJSONField, SealedTextField
from soyol.fields.versions import Versioned
from soyol.letters.choices import LetterState
from soyol.notices.choices import Channel


class Letter(Versioned):
    """A letter to everybody whom a filter finds and who agreed.

    ``subjects``, ``texts`` and ``shorts`` (text messages; empty: none are sent) by language; ``asked``: facets and text
    of the filter; ``unit``: where its readers are, null for the whole country. ``counts``: what the dry run said
    (``queries.Count``). ``writer_id``: who wrote it last, and so may not release it alone. People are named by id only.
    """

    subjects = SealedJSONField(default=dict)
    texts = SealedJSONField(default=dict)
    shorts = SealedJSONField(default=dict)
    asked = SealedJSONField(default=dict)
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    reply_to = SealedTextField()
    office = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.DRAFT)
    counts = models.JSONField(default=dict, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    writer_id = models.PositiveBigIntegerField()
    writer_name = models.CharField(max_length=200)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by_id = models.PositiveBigIntegerField(null=True, blank=True)
    released_by = models.CharField(max_length=200, blank=True)
    job_id = models.PositiveBigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letters_letter_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "stopped"], ended_at__isnull=False)
                | Q(state__in=["draft", "counted", "sending"], ended_at__isnull=True),
                name="letters_letter_end_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "sent"]) | Q(released_at__isnull=False),
                name="letters_letter_sent_was_released",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def has_second(self) -> bool:
        """Whether somebody else than who wrote it released it."""
        return self.released_by_id is not None and self.released_by_id != self.writer_id


class Delivery(models.Model):
    """Somebody was written to by a letter: once, whatever happens to the worker."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries")
    actor = models.ForeignKey("registry.Actor", models.PROTECT, related_name="deliveries")
    message = models.ForeignKey("notices.Message", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=4, choices=Channel)
    language = models.CharField(max_length=12)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "actor"], name="letters_delivery_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="letters_delivery_at")]

    def __str__(self) -> str:
        return f"{self.letter_id} to {self.actor_id}"


class Asking(models.Model):
    """Somebody was asked whether what is held of them is still right. Only the hash of the link is kept.

    ``cycle``: the day of the first letter; ``number``: 0 for that, then the reminders.
    """

    actor = models.ForeignKey("registry.Actor", models.PROTECT, related_name="askings")
    cycle = models.DateField()
    number = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "cycle", "number"], name="letters_asking_once"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="letters_asking_ends_later"),
            models.CheckConstraint(condition=Q(number__lte=2), name="letters_asking_two_reminders"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.cycle} {self.number}"
