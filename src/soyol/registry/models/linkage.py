"""Runs of the matching, the pairs worth keeping, and what people judged."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from soyol.fields import SealedJSONField
from soyol.registry.choices import PairState, RunState, Verdict


class LinkageRun(models.Model):
    """One run of the matching over all live records, or over the new ones against the rest."""

    engine = models.CharField(max_length=20)
    only_new = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=RunState, default=RunState.RUNNING)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    by_name = models.CharField(max_length=200)
    records = models.PositiveIntegerField(default=0)
    model = models.JSONField(default=dict)
    thresholds = models.JSONField(default=dict)
    report = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.engine} {self.state}"

    @property
    def actors_after(self) -> int:
        """Active actors when the run was applied."""
        return int(self.report.get("actors", 0))


class RunPair(models.Model):
    """A pair of records that a run made one, with its reasons as codes: the explanation of a merge."""

    run = models.ForeignKey(LinkageRun, models.CASCADE, related_name="pairs")
    a = models.ForeignKey("sources.SourceRecord", models.CASCADE, related_name="+")
    b = models.ForeignKey("sources.SourceRecord", models.CASCADE, related_name="+")
    probability = models.FloatField()
    weight = models.FloatField(null=True)
    decision = models.CharField(max_length=10)
    reasons = SealedJSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "a", "b"], name="registry_runpair_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="registry_runpair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id}~{self.b_id}"


class ReviewPair(models.Model):
    """A pair of rows that a person should look at; ``worth``: what all pairs between its two entries say, in bits."""

    run = models.ForeignKey(LinkageRun, models.CASCADE, related_name="review_pairs")
    a = models.ForeignKey("sources.SourceRecord", models.CASCADE, related_name="+")
    b = models.ForeignKey("sources.SourceRecord", models.CASCADE, related_name="+")
    probability = models.FloatField()
    weight = models.FloatField(null=True)
    worth = models.FloatField(default=0.0)
    reasons = SealedJSONField(default=list)
    state = models.CharField(max_length=8, choices=PairState, default=PairState.OPEN)
    question = models.ForeignKey("registry.Question", models.SET_NULL, null=True, related_name="pairs")

    class Meta:
        ordering: ClassVar = ["-probability", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["a", "b"], condition=Q(state=PairState.OPEN), name="registry_reviewpair_asked_once"
            ),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="registry_reviewpair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id}?{self.b_id}"


class Judgement(models.Model):
    """What a person said about two records; handed to every run, so that it wins and survives."""

    a = models.ForeignKey("sources.SourceRecord", models.PROTECT, related_name="+")
    b = models.ForeignKey("sources.SourceRecord", models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    change = models.ForeignKey("registry.Change", models.PROTECT, null=True, related_name="judgements")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["a", "b"], condition=Q(ended_at__isnull=True), name="registry_judgement_one_current"
            ),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="registry_judgement_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} {self.verdict} {self.b_id}"
