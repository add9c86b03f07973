"""Surveys, the versions of their forms, answers that are being written, and answers that were sent."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.fields import LanguageMapField, SealedJSONField
from soyol.surveys.choices import Mode
from soyol.surveys.rules import Form


class Survey(models.Model):
    """A survey; its answers are rows of the list ``source``, which belongs to it alone."""

    code = models.SlugField(_("code"), max_length=50, unique=True)
    titles = LanguageMapField(_("title"))
    source = models.OneToOneField("sources.Source", models.PROTECT, related_name="survey")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def open_version(self) -> "FormVersion | None":
        """The version that is asked now."""
        now = timezone.now()
        return self.versions.filter(published_from__lte=now, published_until__isnull=True).first()


class FormVersion(models.Model):
    """One XLSForm as it was uploaded, and what was made of it. Nothing changes one but the days on which it is asked.

    ``file`` are the very bytes; ``form`` is what is asked (``soyol.surveys.rules.Form``). A text of consent is part of
    it, so that an answer keeps to which words somebody agreed.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="versions")
    version = models.CharField(_("version"), max_length=60)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    form = models.JSONField()
    notes = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=200)
    published_from = models.DateTimeField(_("asked from"), null=True, blank=True)
    published_until = models.DateTimeField(_("asked until"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "version"], name="surveys_formversion_version_once"),
            models.UniqueConstraint(
                fields=["survey"],
                condition=Q(published_from__isnull=False, published_until__isnull=True),
                name="surveys_formversion_one_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(published_until__isnull=True)
                | Q(published_from__isnull=False, published_until__gte=F("published_from")),
                name="surveys_formversion_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}/{self.version}"

    @property
    def is_asked(self) -> bool:
        """Whether it is open for answers."""
        return self.published_from is not None and self.published_until is None

    @property
    def compiled(self) -> Form:
        """The form as rules take it."""
        return Form.from_json(self.form)


class Submission(models.Model):
    """Answers as they were sent. A correction is a row of its own, with the same ``instance_id`` and the next revision.

    ``came_as`` is the id under which another program last had them: there it changes with each edit. ``content_hash``
    is of what was asked, not of what was counted. ``record`` is the row of the list that they became.
    ``confirmed_at``: an officer made sure that the person wrote them; until then an answer from the public page says
    nothing about consent in the registry.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="submissions")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="submissions")
    instance_id = models.CharField(max_length=120)
    came_as = models.CharField(max_length=120, blank=True)
    revision = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    answers = SealedJSONField()
    content_hash = models.CharField(max_length=32)
    mode = models.CharField(max_length=10, choices=Mode)
    entered_by = models.CharField(_("entered by"), max_length=200, blank=True)
    entered_by_id = models.CharField(max_length=40, blank=True)
    mandate = SealedJSONField(null=True, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    record = models.OneToOneField("sources.SourceRecord", models.PROTECT, related_name="submission")
    problems_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["survey", "came_as"], condition=~Q(came_as=""), name="surveys_submission_came_as")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "instance_id", "revision"], name="surveys_submission_revision_once"
            ),
            models.UniqueConstraint(
                fields=["survey", "instance_id"], condition=Q(is_current=True), name="surveys_submission_one_current"
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.ENUMERATOR) | (~Q(entered_by="") & Q(mandate__isnull=False)),
                name="surveys_submission_enumerator_has_mandate",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="surveys_submission_revision_from_one"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What the receipt says and the desk finds."""
        return f"{self.survey.code}-{self.pk}"

    @property
    def came_late(self) -> bool:
        """Whether it came when its version was no longer asked, as answers out of a device without a network may."""
        until = self.version.published_until
        return until is not None and self.received_at > until


class Draft(models.Model):
    """Answers that are being written. Whoever has the link may go on, so only the hash of it is kept.

    After sending, the answers are gone from here and ``sent`` says what they became. ``corrects`` is the submission
    that an officer is correcting.
    """

    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="drafts")
    digest = models.CharField(max_length=64, unique=True)
    instance_id = models.CharField(max_length=120, default=uuid.uuid4)
    answers = SealedJSONField(null=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.PUBLIC)
    entered_by = models.CharField(max_length=200, blank=True)
    entered_by_id = models.CharField(max_length=40, blank=True)
    mandate = SealedJSONField(null=True, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="+")
    corrects = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sent__isnull=True) | Q(answers__isnull=True), name="surveys_draft_sent_is_empty"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("begun_at")), name="surveys_draft_ends_later"),
            models.CheckConstraint(
                condition=~Q(mode=Mode.ENUMERATOR) | (~Q(entered_by="") & Q(mandate__isnull=False)),
                name="surveys_draft_enumerator_has_mandate",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="surveys_draft_expiry")]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.pk}"


class AnswerFile(models.Model):
    """A file of answers as another program exported it: looked through first, taken in when somebody says so."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="files")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.CharField(max_length=200)
    imported_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.survey_id}:{self.file_id}"
