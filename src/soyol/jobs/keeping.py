"""How long it is kept what long work was asked for and what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import DONE, Row, keeps
from soyol.jobs.models import Job


def _over(before: datetime) -> QuerySet[Job]:
    return Job.objects.filter(ended_at__lt=before)


def _let_go(by: Any, keys: Sequence[Any]) -> None:
    Job.objects.filter(pk__in=keys).delete()


keeps(
    Row(
        "jobs.job",
        ("jobs.Job",),
        gettext_noop("long work: who asked for it, and what came of it"),
        DONE,
        gettext_noop("it ended"),
        _over,
        _let_go,
    )
)
