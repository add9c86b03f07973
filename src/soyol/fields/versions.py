"""Rows that several people edit: each save names the version that its writer saw, and a stale one changes nothing."""

from typing import Any, Self

from django.db import models
from django.db.models import F


class Stale(Exception):
    """Somebody saved the row after it was looked at."""

    def __init__(self, row: models.Model) -> None:
        super().__init__(f"{row!r} was saved by somebody else after it was looked at")


class Versioned(models.Model):
    """A row with a version. Whoever edits it loads it, sets ``version`` to what the reader saw, and calls ``keep``."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def rows(cls) -> models.QuerySet[Self]:
        """Every row of this kind."""
        return cls._default_manager.all()

    def keep(self, *fields: str, **only_where: Any) -> None:
        """Write ``fields`` if the row still has this version (and is as ``only_where`` says); raises Stale otherwise.

        The condition stands in the UPDATE itself: of two writers at once one changes the row, on every database.
        """
        mine = self.rows().filter(pk=self.pk, version=self.version, **only_where)
        if not mine.update(**{name: getattr(self, name) for name in fields}, version=F("version") + 1):
            raise Stale(self)
        self.version += 1
