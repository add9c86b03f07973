"""Reading bodies."""

from datetime import date

from django.db.models import Q, QuerySet

from soyol.bodies.models import Body
from soyol.fields import LanguageMap


def existing_on(day: date) -> QuerySet[Body]:
    """Bodies that existed on a day."""
    began = Q(founded__isnull=True) | Q(founded__lte=day)
    lasts = Q(dissolved__isnull=True) | Q(dissolved__gt=day)
    return Body.objects.filter(began, lasts)


def names_on(body: Body, day: date) -> LanguageMap:
    """How ``body`` was called on a day."""
    former = body.former_names.filter(until__gt=day).order_by("until").first()
    return former.names if former else body.names
