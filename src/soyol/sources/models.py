"""Lists as they came: who keeps them, each file, each row, and what was wrong in it."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from soyol.fields import LanguageMapField, SealedJSONField, SealedTextField
from soyol.fields.versions import Versioned
from soyol.lib import words
from soyol.sources.choices import REGISTER, BatchState, Completeness, Rhythm
from soyol.sources.rules import NEVER_IMPORTED, trust_word


class Source(Versioned):
    """A list that somebody keeps, and how far it is trusted."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    names = LanguageMapField(_("name"))
    keeper = models.CharField(_("kept by"), max_length=200)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, blank=True, related_name="+")
    legal_basis = models.TextField(_("legal basis"), blank=True)
    #: Whether that basis obliges the keeper to keep rows of somebody who asks to be erased; a consent does not.
    kept_by_law = models.BooleanField(_("kept by a law"), default=False, db_default=False)
    coverage = models.TextField(_("what it covers"), blank=True)
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    trust = models.PositiveSmallIntegerField(
        _("trust"), default=50, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    rhythm = models.CharField(_("how often it comes"), max_length=12, choices=Rhythm, default=Rhythm.IRREGULAR)
    completeness = models.CharField(
        _("what a file contains"), max_length=10, choices=Completeness, default=Completeness.ADDITION
    )
    known_total = models.PositiveIntegerField(_("how many it should cover"), null=True, blank=True)
    key_columns = models.JSONField(_("columns that identify a row"), default=list, blank=True)
    is_hand = models.BooleanField(_("entries made by hand"), default=False)
    is_survey = models.BooleanField(_("answers to a survey"), default=False, db_default=False)
    shown_publicly = models.BooleanField(_("named on the public page of sources"), default=True)
    mapping = models.JSONField(_("columns as last confirmed"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(trust__lte=100), name="sources_source_trust_at_most_100"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def trust_word(self) -> str:
        return trust_word(self.trust)

    @property
    def kept_by(self) -> str:
        """The body that keeps it, as it is called now, in the reader's language; else whoever was written down.

        Entries made by hand are the office's: the account that made the first one is nobody else's business.
        """
        if self.code == REGISTER.code:
            return gettext("the state; asked about one entry at a time")
        if self.is_hand:
            return gettext("the office that keeps the registry")
        return str(self.body.names) if self.body is not None else self.keeper

    def name_in(self, lang: str | None = None) -> str:
        """The name in ``lang`` (default: the reader's), else in any language it has."""
        return self.names.best(lang) or self.code


class Batch(Versioned):
    """One file as received, and how far it has come on its way into the registry.

    ``excerpt_of`` is the file whose rows this one mends (the whole file, also when an excerpt is mended once more): it
    says something about the rows in it only, and is never a full list. ``version`` counts how often somebody said what
    its columns mean. ``rows_taken_out_on``: somebody was erased out of the kept file; ``sha256`` stays that of the
    file as received.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="batches")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    excerpt_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="excerpts")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.RECEIVED)
    revision = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.CharField(max_length=200)
    observed_on = models.DateField(_("true on"), null=True, blank=True)
    reading = SealedJSONField(null=True, blank=True)
    mapping = SealedJSONField(null=True, blank=True)  # with samples of cells
    dry_run = SealedJSONField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    problems_count = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    job_id = models.CharField(max_length=40, blank=True)
    rows_taken_out_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "sha256"],
                condition=~Q(state=BatchState.WITHDRAWN),
                name="sources_batch_file_once",
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=BatchState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                name="sources_batch_withdrawn_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.file_name}"

    @property
    def why_withdrawn(self) -> str:
        """The reason in the reader's language; what a person wrote stays as they wrote it."""
        known = self.withdrawn_reason == NEVER_IMPORTED
        return gettext(NEVER_IMPORTED) if known else self.withdrawn_reason

    @property
    def can_be_mended(self) -> bool:
        """Whether its rows in trouble are known: once it was looked through, and until it is withdrawn.

        Where rows were taken out of the kept file, those that are left stand in other lines than they did.
        """
        if self.rows_taken_out_on is not None:
            return False
        return self.state == BatchState.CHECKED or (self.revision > 0 and self.state != BatchState.WITHDRAWN)


class SourceRecord(models.Model):
    """One row of a list: as it was, and as it was understood. Both are sealed as a whole.

    ``identity_key`` says which row of the list it is; a mended row keeps that of the row it came from. What it would be
    by its own words stands in ``also_key``, so that it is known again when its keeper mends the list too.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="records")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="records")
    revision = models.PositiveSmallIntegerField()
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=12)
    raw = SealedJSONField()
    values = SealedJSONField()
    identity_key = models.CharField(max_length=32)
    also_key = models.CharField(max_length=32, blank=True, default="", db_default="")
    content_hash = models.CharField(max_length=32)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")
    last_batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+")
    live = models.BooleanField(default=False)
    listed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "revision", "row"], name="sources_sourcerecord_row_once"),
            models.UniqueConstraint(
                fields=["source", "identity_key"], condition=Q(live=True), name="sources_sourcerecord_live_once"
            ),
            models.CheckConstraint(
                condition=Q(live=False) | Q(last_batch__isnull=False), name="sources_sourcerecord_live_was_seen"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "identity_key"], name="sources_record_identity"),
            models.Index(fields=["source", "also_key"], condition=~Q(also_key=""), name="sources_record_also"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row}"


class ErasedRow(models.Model):
    """That a row of a list is left out when it comes again, for whom it is about was erased: a keyed hash and no more.

    ``digest`` is of what tells the row (``queries.erased``); without the key nobody can tell whom it stands for.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="erased_rows")
    digest = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "digest"], name="sources_erasedrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}"


class Sighting(models.Model):
    """In which line of which file a record was seen; what is live follows from these."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="sightings")
    revision = models.PositiveSmallIntegerField()
    record = models.ForeignKey(SourceRecord, models.PROTECT, related_name="sightings")
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "revision", "row"], name="sources_sighting_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row} → {self.record_id}"


class RecordProblem(models.Model):
    """Something in one cell (or row) that a person should look at."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="problems")
    revision = models.PositiveSmallIntegerField()
    row = models.PositiveIntegerField(null=True)
    sheet = models.CharField(max_length=120, blank=True)
    line = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=255, blank=True)
    value = SealedTextField(blank=True, default="")
    code = models.CharField(max_length=80)
    params = SealedJSONField(default=dict)
    way_out = models.CharField(max_length=80, blank=True)
    severity = models.CharField(max_length=10, default="warning")

    class Meta:
        ordering: ClassVar = [F("row").asc(nulls_first=True), "pk"]
        indexes: ClassVar = [models.Index(fields=["batch", "revision", "row"], name="sources_problem_place")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row}: {self.code}"

    def words(self, lang: str | None = None) -> str:
        """What is wrong, in the reader's language."""
        return words.say(self.code, self._params(), _spoken(lang))

    def way_out_words(self, lang: str | None = None) -> str:
        """What to do about it; empty when there is nothing to do."""
        return words.say(self.way_out, self._params(), _spoken(lang)) if self.way_out else ""

    def _params(self) -> dict[str, Any]:
        return {"value": self.value, "column": self.column, **(self.params or {})}


def _spoken(lang: str | None) -> str:
    wanted = lang or get_language() or "en"
    return wanted if wanted in words.languages() else "en"
