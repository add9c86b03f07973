"""Loading units from the country pack, and replacing their outlines by official ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit.actions import record
from soyol.fields import LanguageMap
from soyol.fields.languages import language_map
from soyol.places import geometry
from soyol.places.models import Boundary, FormerUnitName, Unit

if TYPE_CHECKING:
    from soyol.packs import Pack
    from soyol.packs.units import Unit as PackUnit

#: What loading compares and writes besides the names.
TAKEN = ("level", "kind", "parent_id", "path", "aliases", "iso", "nso", "sort_key", "longitude", "latitude", "valid_to")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many units are new, renamed, otherwise changed, gone, and how many outlines were set."""

    new: int
    renamed: int
    changed: int
    gone: int
    outlines: int


class BadBoundaries(Exception):
    """A file of outlines cannot be taken; ``faults`` say why, one line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(f"{len(faults)} faults; nothing was changed")
        self.faults = faults


@transaction.atomic
def load_pack(pack: "Pack", *, by: By, on: date | None = None) -> Loaded:
    """Make the units those of ``pack``; loading the same pack again changes nothing.

    A name that differs is kept as a former name until ``on`` (default: today); units that the pack no longer has
    end on that day; outlines that came from an official file stay.
    """
    day = on or timezone.localdate()
    there = Unit.objects.in_bulk()
    new, renamed, changed = [], [], []
    for told in pack.units.all:
        wanted = _unit(pack, told, there)
        unit = there.get(told.code)
        if unit is None:
            there[told.code] = wanted
            new.append(wanted)
            continue
        if unit.names != wanted.names:
            FormerUnitName.objects.update_or_create(unit=unit, until=day, defaults={"names": unit.names})
            unit.names = wanted.names
            renamed.append(unit)
        if any(getattr(unit, name) != getattr(wanted, name) for name in TAKEN):
            changed.append(unit)
            for name in TAKEN:
                setattr(unit, name, getattr(wanted, name))
    Unit.objects.bulk_create(new)
    Unit.objects.bulk_update(
        {unit.pk: unit for unit in (*renamed, *changed)}.values(), ["names", *TAKEN], batch_size=200
    )
    known = {told.code for told in pack.units.all}
    gone = Unit.objects.filter(valid_to__isnull=True).exclude(pk__in=known).update(valid_to=day)
    outlines = _load_outlines(pack)
    loaded = Loaded(len(new), len(renamed), len(changed), gone, outlines)
    if any((loaded.new, loaded.renamed, loaded.changed, loaded.gone, loaded.outlines)):
        detail = {"pack": pack.code, "new": loaded.new, "renamed": loaded.renamed, "changed": loaded.changed}
        record(by, "places.units.load", "places.Unit", {**detail, "gone": gone, "outlines": outlines})
    return loaded


@transaction.atomic
def replace_boundaries(told: Any, *, by: By, credit: str, partial: bool = False) -> list[str]:
    """Replace outlines by those of a GeoJSON FeatureCollection with property ``code``; returns the codes replaced.

    All units of every level that the file touches must be in it, unless ``partial``. Raises BadBoundaries with
    every fault and every missing unit; then nothing is changed.
    """
    units = list(Unit.objects.filter(valid_to__isnull=True))
    codes = {unit.iso: unit.code for unit in units if unit.iso} | {unit.code: unit.code for unit in units}
    checked = geometry.check(told, codes)
    touched = {unit.level for unit in units if unit.code in checked.outlines}
    missing = [unit for unit in units if unit.level in touched and unit.code not in checked.outlines]
    faults = list(checked.faults)
    if not partial:
        faults += [f"{unit.code} ({unit.names.best('en')}) is missing" for unit in missing]
    if faults or not checked.outlines:
        raise BadBoundaries(faults or ["the file has no outline"])
    for code, outline in checked.outlines.items():
        values = {"geometry": outline, "approximate": False, "official": True, "credit": credit}
        Boundary.objects.update_or_create(unit_id=code, defaults={**values, "loaded_at": timezone.now()})
    done = sorted(checked.outlines)
    record(by, "places.boundaries.replace", "places.Boundary", {"codes": done, "credit": credit})
    return done


def _unit(pack: "Pack", told: "PackUnit", there: Mapping[str, Unit]) -> Unit:
    parent = there.get(told.parent)
    longitude, latitude = told.centre or (None, None)
    names: LanguageMap = language_map(dict(told.names))
    first = next(iter(told.names.values()))
    return Unit(
        code=told.code,
        level=told.level,
        kind=told.kind,
        parent=parent,
        path=f"{parent.path if parent else '/'}{told.code}/",
        names=names,
        aliases=list(told.aliases),
        iso=told.iso,
        nso=told.nso,
        sort_key=pack.scripts.sort_key_one(first),
        longitude=longitude,
        latitude=latitude,
        valid_to=None,
    )


def _load_outlines(pack: "Pack") -> int:
    """Set outlines of the pack where there is none, or an older one of a pack."""
    there = Boundary.objects.in_bulk()
    done, credit = 0, pack.map_credit.get("en", "")
    features: list[dict[str, Any]] = pack.boundaries()["features"]
    for feature in features:
        told = feature["properties"]
        code, outline = told["code"], feature["geometry"]
        old = there.get(code)
        if old is not None and (old.official or old.geometry == outline):
            continue
        values = {"geometry": outline, "approximate": bool(told.get("approximate")), "credit": credit}
        Boundary.objects.update_or_create(unit_id=code, defaults=values)
        done += 1
    return done
