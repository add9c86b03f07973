"""What records say, one value a row, and the ties that they state."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from soyol.fields import SealedTextField
from soyol.registry.choices import Standing
from soyol.registry.models.actors import Guarded
from soyol.registry.rules.ties import STATED


class Statement(Guarded):
    """One value of one field, as one record states it. Open facts stand in ``value``, all others in ``sealed``.

    ``digest`` is a keyed hash of the value, filled for fields by which one looks for equality (numbers, phones).
    """

    record = models.ForeignKey("sources.SourceRecord", models.PROTECT, related_name="statements")
    field = models.CharField(max_length=20)
    value = models.TextField(null=True)  # noqa: DJ001 -- null means sealed, never "empty"
    sealed = SealedTextField(null=True)
    digest = models.CharField(max_length=32, null=True)  # noqa: DJ001 -- null means "cannot be looked for"
    observed_on = models.DateField(null=True)
    trust = models.PositiveSmallIntegerField()
    standing = models.PositiveSmallIntegerField(choices=Standing, default=Standing.STATED)
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__isnull=True, sealed__isnull=False) | Q(value__isnull=False, sealed__isnull=True),
                name="registry_statement_plain_or_sealed",
            ),
            models.CheckConstraint(condition=Q(trust__lte=100), name="registry_statement_trust_at_most_100"),
            models.CheckConstraint(
                condition=~Q(field="person_number") | Q(value__isnull=True),
                name="registry_statement_number_is_sealed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["digest"], condition=Q(digest__isnull=False), name="registry_statement_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field}"

    @property
    def text(self) -> str:
        """The value in clear."""
        return str(self.sealed if self.value is None else self.value)


class Membership(Guarded):
    """Who belongs to which body, in which post, since when; tied to records, so that merges and splits keep it.

    ``origin`` is the field of a row that the tie was read from, or ``membership`` where somebody entered it as such.
    Nothing is overwritten: a tie with other days replaces the former one, which keeps when it was believed.
    """

    member_record = models.ForeignKey("sources.SourceRecord", models.PROTECT, related_name="+")
    body_record = models.ForeignKey("sources.SourceRecord", models.PROTECT, related_name="+")
    origin = models.CharField(max_length=20, default=STATED)
    role = models.CharField(max_length=200, blank=True)
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                name="registry_membership_ends_after_beginning",
            ),
            models.UniqueConstraint(
                fields=["member_record", "body_record", "origin", "role"],
                condition=Q(recorded_to__isnull=True, begins__isnull=True),
                name="registry_membership_once",
            ),
            models.UniqueConstraint(
                fields=["member_record", "body_record", "origin", "role", "begins"],
                condition=Q(recorded_to__isnull=True, begins__isnull=False),
                name="registry_membership_once_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_record_id} in {self.body_record_id}"
