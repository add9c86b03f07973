"""Finding entries: by name in any script, by number, by facet; a constant number of queries whatever is found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from django.db.models import Count, Q, QuerySet

from soyol.fields import reach
from soyol.registry.choices import Face
from soyol.registry.models import DirectoryEntry, FacetCell
from soyol.registry.packing import pack, region_of, unit_path
from soyol.registry.queries.dictionary import Line, Word, borne, entries_with, shorten, words_for
from soyol.registry.queries.freshness import stale_condition
from soyol.registry.queries.holders import bodies_numbered
from soyol.registry.queries.numbers import redirect_of
from soyol.registry.queries.scope import Scope, path_range
from soyol.registry.rules import is_number, tidy_number
from soyol.registry.search import joined, score, words_in

#: Facets that pages offer, in this order.
FACETS = ("kind", "region", "area", "domain")
#: So many entries are compared in full at most; a question that means more is too vague to be ranked better.
COMPARED = 1000
LAST_PAGE = 500
#: Entries offered when nothing was found, and words of the question that are looked at for them.
NEAREST = 5
NARROWED = 4


@dataclass(frozen=True, slots=True)
class Facets:
    """What a list is narrowed to; each a code or None. ``stale``: whatever it says, entries not confirmed for long."""

    kind: str | None = None
    region: str | None = None
    unit: str | None = None
    area: str | None = None
    domain: str | None = None
    source: str | None = None
    stale: str | None = None

    def as_json(self) -> dict[str, str | None]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in told.items() if name in known})

    def condition(self) -> Q:
        """The facets as a condition on directory entries."""
        found = Q()
        if self.kind:
            found &= Q(kind=self.kind)
        if self.region:
            found &= Q(region_code=self.region)
        if self.unit:
            found &= path_range(unit_path(self.unit))
        if self.area:
            found &= Q(areas_text__contains=f",{self.area},")
        if self.domain:
            found &= Q(domains_text__contains=f",{self.domain},")
        if self.source:
            found &= Q(source_codes__contains=f",{self.source},")
        if self.stale:
            found &= stale_condition()
        return found


@dataclass(frozen=True, slots=True)
class FacetCount:
    code: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries. ``total_is_floor``: there are at least so many, the rest was not counted.

    ``nearest``: when the question found nothing, entries that bear a part of it or something like it.
    """

    entries: list[DirectoryEntry]
    total: int
    total_is_floor: bool
    page: int
    pages: int
    facets: dict[str, list[FacetCount]]
    nearest: list[DirectoryEntry] = field(default_factory=list)


def search(
    text: str = "",
    *,
    facets: Facets | None = None,
    public_only: bool,
    scope: Scope | None = None,
    page: int = 1,
    per_page: int = 20,
) -> Found:
    """Entries that answer ``text`` (a name in any script or spelling, a public number, or that of a body's
    register), best first.

    Without text: all entries in alphabetical order; signs that no name has find nobody. Counts by a facet leave out the
    choice made in that facet.
    """
    facets, scope = facets or Facets(), scope or Scope.whole()
    face = Face.PUBLIC if public_only else Face.STAFF
    page = min(max(page, 1), LAST_PAGE)
    asked = pack().scripts.fold_one(joined(text)) or ""
    if text.strip():
        return _found_by_text(text, asked, facets, face=face, scope=scope, page=page, per_page=per_page)
    return _browse(facets, face, scope, page, per_page)


def within(face: str, scope: Scope, facets: Facets) -> QuerySet[DirectoryEntry]:
    """Entries of one face inside scope and facets."""
    return DirectoryEntry.objects.filter(scope.condition(), facets.condition(), face=face)


def _browse(facets: Facets, face: str, scope: Scope, page: int, per_page: int) -> Found:
    rows = within(face, scope, facets).order_by("sort_key", "id")
    start = (page - 1) * per_page
    entries = list(rows[start : start + per_page])
    if scope.is_whole and not facets.unit and not facets.source and not facets.stale:
        known = cells(face)
        counts = counts_from_cells(known, facets)
        total = sum(cell.entries for cell in known if cell_fits(cell, facets))
    else:
        counts = counts_from_entries(face, scope, facets)
        total = rows.order_by().count()
    return Found(entries, total, False, page, page_count(total, per_page), counts)


def _found_by_text(
    text: str, asked: str, facets: Facets, *, face: str, scope: Scope, page: int, per_page: int
) -> Found:
    entries = _numbered(text, within(face, scope, facets))
    if entries is not None:
        return Found(entries, len(entries), False, 1, 1, _count(entries, facets))
    inside = within(face, scope, Facets(stale=facets.stale))  # no line says when its entry was confirmed
    ranked, floor = ranked_lines(asked, inside)
    fitting = [line for line in ranked if fits(line, facets)]
    if floor and facets != Facets():  # what was compared is a part only: compare again inside the facets
        fitting, floor = ranked_lines(asked, within(face, scope, facets))
    start = (page - 1) * per_page
    shown = in_order(fitting[start : start + per_page])
    near = [] if ranked else in_order(nearest_lines(asked, inside)[:NEAREST])
    return Found(shown, len(fitting), floor, page, page_count(len(fitting), per_page), _count(ranked, facets), near)


def _numbered(text: str, inside: QuerySet[DirectoryEntry]) -> list[DirectoryEntry] | None:
    """Entries with the public number, or the register number of a body, that was asked; None where it is neither.

    A number that leads to another one since two became one finds that one.
    """
    number = tidy_number(text)
    if is_number(number):
        return list(inside.filter(number=redirect_of(number) or number))
    bodies = bodies_numbered(text.strip())
    return list(inside.filter(actor_id__in=bodies)) if bodies else None


def ranked_lines(asked: str, inside: QuerySet[DirectoryEntry]) -> tuple[list[Line], bool]:
    """Entries that bear something like every word of ``asked``, best first, and whether there may be more.

    Words that nobody ``inside`` bears are left out, whether others bear them or not.
    """
    words = [word for word in words_for(asked) if word.tokens]
    lines, floor = entries_with(words, inside, COMPARED) if words else ([], False)
    if not lines and len(words) > 1:
        words = borne(words, inside)
        lines, floor = entries_with(words, inside, COMPARED) if words else ([], False)
    return _best_first(words, lines), floor


def nearest_lines(asked: str, inside: QuerySet[DirectoryEntry]) -> list[Line]:
    """Entries for a question that found none, best first: without one of its words, or of a word only the beginning."""
    words = words_for(asked)[:NARROWED]
    known = borne(words, inside)
    if known:
        parts = [known[:at] + known[at + 1 :] for at in range(len(known))] if len(known) > 1 else [known]
    else:
        parts = [[word] for word in words if shorten(word)]
    found = {line.pk: line for part in parts for line in entries_with(part, inside, COMPARED // 10)[0]}
    return _best_first(words, list(found.values()))


def _best_first(words: Sequence[Word], lines: Sequence[Line]) -> list[Line]:
    keys = [word.key for word in words]
    order = {line.pk: round(-_score(keys, words, line), 6) for line in lines}
    return sorted(lines, key=lambda line: (order[line.pk], line.sort_key, line.pk))


@reach.opened("these lines were found on the face and in the scope that were asked for")
def in_order(lines: Sequence[Line]) -> list[DirectoryEntry]:
    """The whole entries of ``lines``, in their order: one query."""
    entries = DirectoryEntry.objects.in_bulk([line.pk for line in lines])
    return [entries[line.pk] for line in lines if line.pk in entries]


def ranked_entries(asked: str, inside: QuerySet[DirectoryEntry], limit: int = COMPARED) -> list[DirectoryEntry]:
    """The best ``limit`` entries that bear something like every word of ``asked``, best first."""
    return in_order(ranked_lines(asked, inside)[0][:limit])


def _score(keys: Sequence[str], words: Sequence[Word], entry: Line) -> float:
    borne, length = entry.search_key.split(), words_in(entry.name)
    by_key = score(keys, borne, length)
    # A word may be near in its own script and far in Latin letters (ш is one letter, sh are two): take the better one.
    by_token = sum(max((word.tokens.get(each, 0.0) for each in borne), default=0.0) for word in words) / len(words)
    return max(by_key, by_token - 0.01 * max(0, length - len(words)))


def fits(entry: Line | DirectoryEntry, facets: Facets, without: str = "") -> bool:
    """Whether an entry answers the facets, leaving out the facet ``without``; ``stale`` is asked of the database."""
    told = {
        "kind": entry.kind == facets.kind,
        "region": entry.region_code == facets.region,
        "unit": bool(facets.unit) and entry.unit_path.startswith(unit_path(facets.unit or "")),
        "area": f",{facets.area}," in entry.areas_text,
        "domain": f",{facets.domain}," in entry.domains_text,
        "source": f",{facets.source}," in entry.source_codes,
        "stale": True,
    }
    return all(told[name] for name, value in facets.as_json().items() if value and name != without)


def cells(face: str) -> list[FacetCell]:
    """All combinations of facets with their counts: a few thousand rows at most."""
    return list(FacetCell.objects.filter(face=face, entries__gt=0))


def cell_fits(cell: FacetCell, facets: Facets, without: str = "") -> bool:
    """Whether the entries of a cell answer the facets, leaving out the facet ``without``."""
    return (
        (without == "kind" or not facets.kind or cell.kind == facets.kind)
        and (without == "region" or not facets.region or cell.region_code == facets.region)
        and (without == "area" or not facets.area or f",{facets.area}," in cell.areas_text)
        and (without == "domain" or not facets.domain or f",{facets.domain}," in cell.domains_text)
    )


def _codes(facet: str, cell: Any) -> Iterable[str]:
    if facet == "kind":
        return (cell.kind,)
    if facet == "region":
        return (cell.region_code,) if cell.region_code else ()
    text: str = cell.areas_text if facet == "area" else cell.domains_text
    return [code for code in text.split(",") if code]


def counts_from_cells(known: Iterable[FacetCell], facets: Facets) -> dict[str, list[FacetCount]]:
    """Counts by facet as sums over cells."""
    found: dict[str, list[FacetCount]] = {}
    for facet in FACETS:
        counted: Counter[str] = Counter()
        for cell in known:
            if cell_fits(cell, facets, without=facet):
                for code in _codes(facet, cell):
                    counted[code] += cell.entries
        found[facet] = _counts(counted, getattr(facets, facet))
    return found


def counts_from_entries(face: str, scope: Scope, facets: Facets) -> dict[str, list[FacetCount]]:
    """Counts by facet where a scope or a small unit narrows the list: one query over its combinations."""
    narrowed = within(face, scope, Facets(unit=facets.unit, source=facets.source, stale=facets.stale))
    columns = ("kind", "region_code", "areas_text", "domains_text")
    rows = narrowed.order_by().values(*columns).annotate(n=Count("pk"))
    made = [FacetCell(face=face, entries=row["n"], **{name: row[name] for name in columns}) for row in rows]
    return counts_from_cells(made, facets)


def _count(entries: Sequence[Line | DirectoryEntry], facets: Facets) -> dict[str, list[FacetCount]]:
    found: dict[str, list[FacetCount]] = {}
    for facet in FACETS:
        counted = Counter(
            code for entry in entries if fits(entry, facets, without=facet) for code in _codes(facet, entry)
        )
        found[facet] = _counts(counted, getattr(facets, facet))
    return found


def _counts(counted: Counter[str], chosen: str | None) -> list[FacetCount]:
    if chosen and chosen not in counted:
        counted[chosen] = 0
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [FacetCount(code, n, code == chosen) for code, n in ordered]


def page_count(total: int, per_page: int) -> int:
    """How many pages a list has; the last ones of a very long one are not offered."""
    return min(max(1, -(-total // per_page)), LAST_PAGE)


def map_counts(*, public_only: bool, scope: Scope | None = None, facets: Facets | None = None) -> dict[str, int]:
    """Entries by topmost unit; units without entries are absent. One query."""
    facets, scope = facets or Facets(), scope or Scope.whole()
    face = Face.PUBLIC if public_only else Face.STAFF
    if scope.is_whole and not facets.unit and not facets.source and not facets.stale:
        counts = counts_from_cells(cells(face), facets)
    else:
        counts = counts_from_entries(face, scope, facets)
    return {each.code: each.count for each in counts["region"]}


def unplaced_count(*, public_only: bool, facets: Facets | None = None) -> int:
    """Entries of which no topmost unit is known: what the counts of the map leave out. One query."""
    face = Face.PUBLIC if public_only else Face.STAFF
    wanted = facets or Facets()
    return sum(cell.entries for cell in cells(face) if not cell.region_code and cell_fits(cell, wanted))


__all__ = [
    "FacetCount",
    "Facets",
    "Found",
    "map_counts",
    "ranked_entries",
    "region_of",
    "search",
    "unplaced_count",
    "within",
]
