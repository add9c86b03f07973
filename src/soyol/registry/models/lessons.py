"""What answers of people taught the comparison, proposed, accepted or discarded."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from soyol.registry.choices import LessonState


class Lesson(models.Model):
    """Corrections learnt from answers, with what they would change; the last accepted one holds for every run.

    ``told``: part → corrections and what held-out answers say of them (``soyol.linkage.teach``). ``trial``: what a run
    with them finds beside one without: counts, and the first pairs of entries that would join or come apart.
    """

    state = models.CharField(max_length=10, choices=LessonState, default=LessonState.PROPOSED)
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    told = models.JSONField(default=dict)
    trial = models.JSONField(default=dict)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=LessonState.PROPOSED, decided_at__isnull=True)
                | (~Q(state=LessonState.PROPOSED) & Q(decided_at__isnull=False)),
                name="registry_lesson_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
