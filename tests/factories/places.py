"""A small country out of the pack that the tests run with."""

from django.conf import settings

from soyol import packs
from soyol.places.models import Unit


def small_country() -> Unit:
    """The pack's country, its first two provinces and the first two districts of each; made once per database."""
    there = Unit.objects.filter(level=0).first()
    if there is not None:
        return there
    units = packs.load(settings.SOYOL_PACK).units
    country = units.country
    chosen = [country]
    for province in units.children(country.code)[:2]:
        chosen += [province, *units.children(province.code)[:2]]
    paths: dict[str, str] = {"": "/"}
    rows = []
    for position, told in enumerate(chosen):
        paths[told.code] = f"{paths[told.parent]}{told.code}/"
        rows.append(
            Unit(
                code=told.code,
                level=told.level,
                kind=told.kind,
                parent_id=told.parent or None,
                path=paths[told.code],
                names=dict(told.names),
                iso=told.iso,
                nso=told.nso,
                sort_key=f"{position:03}",
            )
        )
    Unit.objects.bulk_create(rows)
    return Unit.objects.get(level=0)


def provinces() -> list[Unit]:
    """The two provinces of the small country."""
    return list(Unit.objects.filter(level=1).order_by("sort_key"))
