"""Published figures: counts by kind, province and domain or area, of all who did not opt out of being counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from soyol.fields import blind_index
from soyol.places.models import Unit
from soyol.registry.choices import ActorKind, Face
from soyol.registry.queries.searching import cells
from soyol.registry.rules.disclosing import STEP, is_guarded, published
from soyol.vocab import queries as vocab

#: What the counts are broken down by, and the code list of each.
SCHEMES = {"domain": "domains", "area": "areas"}
#: The code of what nobody has said.
UNKNOWN = "unknown"
Place = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One published count. ``count`` None: too few to say."""

    kind: str
    region: str
    by: str
    code: str
    count: int | None


def figures() -> list[Figure]:
    """The whole table. Four queries.

    Every cell that could be has a row, so that it tells nothing that there is one. Who is in two domains counts in
    both. People and groups of whom no domain is known are in no row: nobody can fill a gap by subtracting.
    """
    counted = _counted()
    return [Figure(*place, published(place[0], counted[place], offset_of(place))) for place in _places(counted)]


def offset_of(place: Place) -> int:
    """Where the steps of a cell begin (0 to 4); made of the key of the site, so that nobody else can know it."""
    return int(blind_index(":".join(place), "registry.figures")[:12], 16) % STEP


def _counted() -> "Counter[Place]":
    found: Counter[Place] = Counter()
    for cell in cells(Face.FIGURES):
        for by, text in (("domain", cell.domains_text), ("area", cell.areas_text)):
            for code in set(filter(None, text.split(","))) or {UNKNOWN}:
                found[cell.kind, cell.region_code or UNKNOWN, by, code] += cell.entries
    return found


def _places(counted: Iterable[Place]) -> list[Place]:
    """The cells in order: those of the code lists, and of bodies also what no list of codes knows."""
    regions = [*Unit.objects.filter(level=1).values_list("code", flat=True), UNKNOWN]
    codes = {by: list(vocab.names(scheme)) for by, scheme in SCHEMES.items()}
    found = [
        (kind, region, by, code)
        for kind in ActorKind.values
        for region in regions
        for by, known in codes.items()
        for code in (known if is_guarded(kind) else [*known, UNKNOWN])
    ]
    there = set(found)
    return found + sorted(place for place in counted if not is_guarded(place[0]) and place not in there)
