"""What people are asked: whether two entries are one, and what each of them answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from soyol.fields import SealedTextField
from soyol.registry.choices import PairState, Verdict
from soyol.registry.columns import BytewiseCharField
from soyol.registry.models.actors import Actor


class Question(models.Model):
    """Whether two entries are one. All doubtful pairs of rows between the two have one answer and are asked together.

    Everything but what people did with it can be made anew from the open pairs. ``worth``: what all pairs taken
    together say, in bits; ``value``: what an answer is worth (``rules.questions``), by which the queue is ordered. The
    ``_text`` columns are codes between commas, for filtering in plain SQL. People are named by id only.
    """

    left = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    right = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=PairState, default=PairState.OPEN)
    kind = models.CharField(max_length=12)
    pairs_count = models.PositiveIntegerField(default=0)
    probability = models.FloatField()
    worth = models.FloatField()
    value = models.FloatField()
    staked = models.BooleanField(default=False)
    left_path = BytewiseCharField(max_length=80, blank=True)
    right_path = BytewiseCharField(max_length=80, blank=True)
    regions_text = models.CharField(max_length=60, blank=True)
    domains_text = models.CharField(max_length=600, blank=True)
    sources_text = models.CharField(max_length=800, blank=True)
    reasons_text = models.CharField(max_length=600, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    change = models.ForeignKey("registry.Change", models.PROTECT, null=True, related_name="questions")
    version = models.PositiveIntegerField(default=1)
    held_by = models.PositiveBigIntegerField(null=True)
    held_until = models.DateTimeField(null=True)
    asked_of = models.PositiveBigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    asked_note = SealedTextField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["left", "right"], condition=Q(state=PairState.OPEN), name="registry_question_asked_once"
            ),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="registry_question_in_order"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN, closed_at__isnull=True)
                | (~Q(state=PairState.OPEN) & Q(closed_at__isnull=False)),
                name="registry_question_closed_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-value", "id"], condition=Q(state=PairState.OPEN), name="registry_question_queue"
            ),
            models.Index(  # the counts of the overview, read off in order without looking at a single row
                fields=["regions_text", "domains_text", "sources_text", "reasons_text", "kind", "staked"],
                condition=Q(state=PairState.OPEN),
                name="registry_question_counts",
            ),
            models.Index(
                fields=["id"], condition=Q(state=PairState.OPEN, staked=True), name="registry_question_staked"
            ),
            models.Index(
                fields=["asked_of"], condition=Q(state=PairState.OPEN, asked_of__isnull=False),
                name="registry_question_asked_of",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.left_id}?{self.right_id}"


class Opinion(models.Model):
    """What one person answered. It stays when the question closes: agreement between people is counted over it.
    Nobody is shown what others answered before they have answered themselves.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="opinions")
    user_id = models.PositiveBigIntegerField()
    by_name = models.CharField(max_length=200)
    verdict = models.CharField(max_length=10, choices=Verdict)
    note = SealedTextField(null=True)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question", "user_id"],
                condition=Q(taken_back_at__isnull=True),
                name="registry_opinion_one_each",
            ),
        ]
        indexes: ClassVar = [  # a person's answers of a day, and the last one, among those of years
            models.Index(
                fields=["user_id", "at", "id"],
                condition=Q(taken_back_at__isnull=True),
                name="registry_opinion_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.verdict}"
