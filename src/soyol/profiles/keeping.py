"""How long it is kept what somebody said of themselves before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import Row, keeps
from soyol.profiles.models import Earlier


def _earlier(before: datetime) -> QuerySet[Earlier]:
    return Earlier.objects.filter(replaced_at__lt=before)


def _earlier_goes(by: Any, keys: Sequence[Any]) -> None:
    Earlier.objects.filter(pk__in=keys).delete()


keeps(
    Row(
        "profiles.earlier",
        ("profiles.Earlier",),
        gettext_noop("what stood in own words before they were changed"),
        gettext_noop("So long one may go back to it."),
        gettext_noop("it was changed"),
        _earlier,
        _earlier_goes,
    ),
    Row(
        "profiles.profile",
        ("profiles.Profile", "profiles.Photo"),
        gettext_noop("own words, links, contacts and photographs"),
        gettext_noop("Whoever wrote it takes it away when they like."),
    ),
)
