"""How long it is kept what was lost, and whom it concerned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import ANSWERED, DONE, Row, keeps
from soyol.protection.models import Affected, Loss

_MADE = gettext_noop("it was written down")


def _affected(before: datetime) -> QuerySet[Affected]:
    return Affected.objects.filter(loss__in=_losses(before).values("pk"))


def _losses(before: datetime) -> QuerySet[Loss]:
    return Loss.objects.filter(made_at__lt=before)


def _affected_go(by: Any, keys: Sequence[Any]) -> None:
    Affected.objects.filter(pk__in=keys).delete()


def _losses_go(by: Any, keys: Sequence[Any]) -> None:
    Loss.objects.filter(pk__in=keys).delete()


keeps(
    Row(
        "protection.affected",
        ("protection.Affected",),
        gettext_noop("whom a loss of data concerned"),
        DONE,
        _MADE,
        _affected,
        _affected_go,
    ),
    Row(
        "protection.loss",
        ("protection.Loss",),
        gettext_noop("losses of data: what happened, and how many people it concerned"),
        ANSWERED,
        _MADE,
        _losses,
        _losses_go,
    ),
)
