"""How long letters to many are kept, who got one, and who was asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import ANSWERED, DONE, Row, keeps
from soyol.letters.choices import LetterState
from soyol.letters.models import Asking, Letter


def _unsent(before: datetime) -> QuerySet[Letter]:
    """Letters that nobody got, and that nobody has counted of late."""
    fresh = Q(counted_at__isnull=False, counted_at__gte=before)
    waiting = Letter.rows().filter(state__in=[LetterState.DRAFT, LetterState.COUNTED], made_at__lt=before)
    return waiting.exclude(fresh)


def _asked(before: datetime) -> QuerySet[Asking]:
    return Asking.objects.filter(expires_at__lt=before)


def _unsent_go(by: Any, keys: Sequence[Any]) -> None:
    Letter.rows().filter(pk__in=keys).delete()


def _asked_go(by: Any, keys: Sequence[Any]) -> None:
    Asking.objects.filter(pk__in=keys).delete()


keeps(
    Row(
        "letters.unsent",
        ("letters.Letter",),
        gettext_noop("letters to many that were written and never sent"),
        DONE,
        gettext_noop("it was written or last counted"),
        _unsent,
        _unsent_go,
    ),
    Row(
        "letters.asking",
        ("letters.Asking",),
        gettext_noop("that somebody was asked whether what is held is still right"),
        ANSWERED,
        gettext_noop("the link in the letter ceased to work"),
        _asked,
        _asked_go,
    ),
    Row(
        "letters.letter",
        ("letters.Letter", "letters.Delivery"),
        gettext_noop("letters to many that were sent, and who got them"),
        gettext_noop("Whoever got one can end such letters by the link in it, however old it is."),
    ),
)
