"""How good the registry is: samples that people check, and how full entries are."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from soyol.fields import SealedJSONField
from soyol.registry.choices import Stratum, Verdict
from soyol.registry.models.linkage import LinkageRun


class Sample(models.Model):
    """Pairs of rows drawn from what one whole run decided. ``sizes``: stratum → how many pairs it has in all."""

    run = models.ForeignKey(LinkageRun, models.CASCADE, related_name="samples")
    drawn_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    sizes = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk} of run {self.run_id}"


class Check(models.Model):
    """One drawn pair, and what a person said of it without having been told what the run decided."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="checks")
    stratum = models.CharField(max_length=6, choices=Stratum)
    a = models.ForeignKey("sources.SourceRecord", models.CASCADE, related_name="+")
    b = models.ForeignKey("sources.SourceRecord", models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    reasons = SealedJSONField(default=list)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    user_id = models.PositiveBigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "a", "b"], name="registry_check_once_a_sample"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="registry_check_in_order"),
            models.CheckConstraint(
                condition=Q(verdict="", at__isnull=True) | (~Q(verdict="") & Q(at__isnull=False)),
                name="registry_check_answered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stratum} {self.a_id}~{self.b_id}"


class Filling(models.Model):
    """Of the entries of one province or cultural domain, how many state a field, as last counted.

    ``axis``: ``region`` or ``domain``; ``code`` is empty for entries of which it is not known.
    """

    axis = models.CharField(max_length=6)
    code = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=12)
    field = models.CharField(max_length=20)
    entries = models.PositiveIntegerField()
    having = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["axis", "code", "kind", "field"], name="registry_filling_once"),
            models.CheckConstraint(condition=Q(having__lte=F("entries")), name="registry_filling_is_part"),
        ]

    def __str__(self) -> str:
        return f"{self.axis} {self.code} {self.field}: {self.having}/{self.entries}"
