"""By what the values of a row were checked."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from soyol.registry.choices import DocumentKind


class Proof(models.Model):
    """An officer saw a document, or a register of the state was asked: for the checked values of one row.

    ``register`` is the name of the one that was asked, ``ground`` the law or agreement by which; ``on`` the day of the
    document's check or of the answer.
    """

    record = models.OneToOneField("sources.SourceRecord", models.CASCADE, related_name="proof")
    document = models.CharField(max_length=20, choices=DocumentKind, blank=True)
    register = models.CharField(max_length=40, blank=True)
    office = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    ground = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(document="") & ~Q(register="") | ~Q(document="") & Q(register=""),
                name="registry_proof_document_or_register",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.document or self.register}"
