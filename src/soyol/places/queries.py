"""Reading places."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from soyol.fields import LanguageMap
from soyol.places.models import Boundary, Unit


def top_units() -> QuerySet[Unit]:
    """The units right below the country that exist today, in alphabetical order of the pack's language."""
    return Unit.objects.filter(level=1, valid_to__isnull=True)


def with_ancestors(code: str) -> list[str]:
    """Codes from the country down to ``code`` (included); [] when there is no such unit."""
    return around([code]).get(code, [])


def around(codes: Iterable[str]) -> dict[str, list[str]]:
    """Each of ``codes`` that is a unit → codes from the country down to it (included). One query, none for no code."""
    wanted = set(codes)
    paths = Unit.objects.filter(pk__in=wanted).values_list("pk", "path") if wanted else ()
    return {code: path.strip("/").split("/") for code, path in paths}


def with_descendants(codes: Iterable[str]) -> set[str]:
    """``codes`` and the codes of all units below them."""
    paths = Unit.objects.filter(pk__in=list(codes)).values_list("path", flat=True)
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return set(Unit.objects.filter(below).values_list("pk", flat=True)) if below else set()


def names_on(unit: Unit, day: date) -> LanguageMap:
    """How ``unit`` was called on a day."""
    former = unit.former_names.filter(until__gt=day).order_by("until").first()
    return former.names if former else unit.names


def boundaries(level: int) -> QuerySet[Boundary]:
    """Outlines of the units of a level, in their order."""
    return Boundary.objects.filter(unit__level=level).select_related("unit").order_by("unit__sort_key")
