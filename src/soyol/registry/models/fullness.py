"""How full the rows of each list are, as last counted."""

from typing import ClassVar

from django.db import models
from django.db.models import F


class Fullness(models.Model):
    """Of the live rows of a list, how many have one part of what a row can say. Counted when entries are rebuilt."""

    source = models.ForeignKey("sources.Source", models.CASCADE, related_name="+")
    part = models.CharField(max_length=12)
    rows = models.PositiveIntegerField()
    having = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "part"], name="registry_fullness_once_a_part"),
            models.CheckConstraint(
                condition=models.Q(having__lte=F("rows")), name="registry_fullness_is_part_of_the_rows"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.part}: {self.having}/{self.rows}"
