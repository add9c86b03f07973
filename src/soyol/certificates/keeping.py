"""How long it is kept what certificates said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.certificates.actions import empty_facts
from soyol.certificates.models import Certificate
from soyol.fields.keeping import ANSWERED, Row, keeps


def _over(before: datetime) -> QuerySet[Certificate]:
    return Certificate.objects.filter(valid_until__lt=before.date(), forgotten_at__isnull=True)


def _empty(by: Any, keys: Sequence[Any]) -> None:
    empty_facts(by=by, certificates=keys)


keeps(
    Row(
        "certificates.facts",
        ("certificates.Certificate",),
        gettext_noop("what a certificate said, and who issued it"),
        ANSWERED,
        gettext_noop("the last day on which it held"),
        _over,
        _empty,
        emptied=True,
    ),
    Row(
        "certificates.number",
        ("certificates.Certificate", "certificates.Series"),
        gettext_noop("the number and the days of each certificate"),
        gettext_noop("Whoever was shown one can check that it was real."),
    ),
)
