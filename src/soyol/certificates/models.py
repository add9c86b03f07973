"""Certificates of registration and the series that their numbers are drawn from."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from soyol.fields import SealedJSONField, SealedTextField


class Series(models.Model):
    """The next serial of certificates. One row; locked by whoever draws from it, so no number is given twice."""

    name = models.CharField(max_length=20, primary_key=True)
    following = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.name}: {self.following}"


class Certificate(models.Model):
    """What was certified about an entry on a day. Nothing changes one but being revoked or replaced.

    ``facts`` is exactly what is printed (``queries.facts``). ``digest`` is a keyed hash of the secret in the QR code,
    by which a stranger's link is found; the secret itself is kept sealed, so that the sheet can be printed again.
    """

    number = models.CharField(max_length=11, unique=True)
    actor = models.ForeignKey("registry.Actor", models.PROTECT, related_name="certificates")
    issued_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    issued_by = models.CharField(max_length=200, blank=True)
    office = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    token = SealedTextField()
    facts = SealedJSONField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=200, blank=True)
    why = SealedTextField(null=True, blank=True)
    #: Since when facts, secret and issuer are gone, because its entry was erased or its time is long over.
    forgotten_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["actor"],
                condition=Q(revoked_at__isnull=True, replaced_at__isnull=True),
                name="certificates_certificate_one_current",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="certificates_certificate_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="", why__isnull=True)
                | (Q(revoked_at__isnull=False, why__isnull=False) & ~Q(revoked_by="")),
                name="certificates_certificate_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_current(self) -> bool:
        """Whether it is the one that counts for its entry, expired or not."""
        return self.revoked_at is None and self.replaced_at is None
