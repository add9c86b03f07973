"""Figures of the country for the public pages: the shaded map and the doors of the four areas."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soyol import packs
from soyol.lib import words
from soyol.lib.maps import Choropleth, legend
from soyol.places import queries as places
from soyol.places.models import Boundary
from soyol.registry import queries
from soyol.registry.queries import Facets
from soyol.vocab import queries as vocab


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the map's table."""

    names: Mapping[str, str]
    count: int
    href: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class CountryFigure:
    """A map with what it counts, its key and its table."""

    chosen: str
    choices: list[tuple[str, str]]
    title: str
    svg: SafeString
    key: list[tuple[str, str]]
    rows: list[Row]
    unplaced: int
    note: str


@dataclass(frozen=True, slots=True)
class Door:
    """One area of the programme as a way into the directory."""

    names: object
    count: int
    href: str


def figures() -> dict[str, tuple[str, str, Facets]]:
    """Figure → its name in the list, its title, what it counts."""
    known = {
        "all": (_("All entries"), _("Where does the country make its culture?"), Facets()),
        "organisation": (_("Organisations"), _("Where are the cultural organisations?"), Facets(kind="organisation")),
        "person": (_("People"), _("Where do the people shown here work?"), Facets(kind="person")),
    }
    for code, name in vocab.names("areas").items():
        known[code] = (name, name, Facets(area=code))
    return known


def country(asked: str) -> CountryFigure:
    """The map shaded by the figure asked for; by all entries if there is no such figure."""
    known = figures()
    chosen = asked if asked in known else "all"
    _name, title, facets = known[chosen]
    outlines = list(places.boundaries(1))
    rows = _rows(outlines, facets)
    drawn = Choropleth(
        boundaries={"type": "FeatureCollection", "features": [_feature(outline) for outline in outlines]},
        values={outline.unit_id: row.count for outline, row in zip(outlines, rows, strict=True)},
        names={outline.unit_id: str(outline.unit) for outline in outlines},
        # A place without entries leads nowhere: whoever uses keys passes it by.
        hrefs={outline.unit_id: row.href for outline, row in zip(outlines, rows, strict=True) if row.count},
    )
    below = _("The table below has the same figures.")
    svg = drawn.draw(id="country-map", title=title, desc=below, lang=language())
    return CountryFigure(
        chosen=chosen,
        choices=[(code, figure[0]) for code, figure in known.items()],
        title=title,
        svg=mark_safe(svg),  # noqa: S308 - drawn by us, with every text escaped
        key=[("map-zero", "0"), *((kind, _range(above, top)) for kind, above, top in legend(drawn.breaks()))],
        rows=rows,
        unplaced=queries.unplaced_count(public_only=True, facets=facets),
        note=_note(outlines),
    )


def _rows(outlines: list[Boundary], facets: Facets) -> list[Row]:
    counts = queries.map_counts(public_only=True, facets=facets)
    query = "".join(f"&{name}={value}" for name, value in (("kind", facets.kind), ("area", facets.area)) if value)
    address = reverse("portal:directory")
    return [
        Row(
            names=outline.unit.names,
            count=counts.get(outline.unit_id, 0),
            href=f"{address}?region={outline.unit_id}{query}",
            approximate=outline.approximate,
        )
        for outline in outlines
    ]


def area_doors() -> list[Door]:
    """The areas of the programme with how many entries each holds."""
    found = queries.search("", public_only=True, per_page=1)
    counts = {item.code: item.count for item in found.facets.get("area", ())}
    address = reverse("portal:directory")
    return [
        Door(names=name, count=counts.get(code, 0), href=f"{address}?area={code}")
        for code, name in vocab.names("areas").items()
    ]


def language() -> str:
    """The reader's language, if the plain catalogue has it."""
    wanted = (get_language() or "en").split("-")[0]
    return wanted if wanted in words.languages() else "en"


def _feature(outline: Boundary) -> dict[str, object]:
    told = {"code": outline.unit_id, "approximate": outline.approximate}
    return {"type": "Feature", "properties": told, "geometry": outline.geometry}


def _range(above: float, top: float) -> str:
    low, high = int(above) + 1, int(top)
    return str(high) if low >= high else f"{low}–{high}"


def _note(outlines: list[Boundary]) -> str:
    """Whose outlines these are: those of an authority, or the pack’s with what is approximate in them."""
    official = sorted({outline.credit for outline in outlines if outline.official and outline.credit})
    if official:
        return "; ".join(official)
    credit = packs.load(settings.SOYOL_PACK).map_credit
    return str(credit.get(get_language() or "", "") or next(iter(credit.values()), ""))
