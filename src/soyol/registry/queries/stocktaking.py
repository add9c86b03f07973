"""The staff list and the page of an entry as of a day: who stood in the registry then, and what was known of them.

What is searched for and narrowed by is what is known today: the day decides who is counted and what is shown of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries.exporting import Cell, InWords, answering, headings
from soyol.registry.queries.memberships import Link, memberships_of
from soyol.registry.queries.numbers import actor_of, end_of
from soyol.registry.queries.pages import Fact, activities_of, entry_of, facts_of
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import FacetCount, Facets, Found, page_count, within
from soyol.registry.queries.shown import stated, with_name_keys
from soyol.registry.queries.stock import Standing, as_of, count_by_kind
from soyol.registry.rules import Activity, choose

#: Entries that are made anew at a time.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Stood:
    """An actor as it stood at the end of a day. ``leads_to``: the number under which it is found now, if another."""

    day: date
    number: str
    name: str
    kind: str
    counted: bool
    known: bool
    leads_to: str
    facts: list[Fact]
    activities: list[Activity]
    memberships: list[Link]


def stock_page(
    day: date,
    *,
    text: str = "",
    facets: Facets | None = None,
    public_only: bool,
    scope: Scope | None = None,
    page: int = 1,
    per_page: int = 20,
) -> Found:
    """The list as of a day, by number. To those who see public entries only, what is public of them today."""
    facets, scope = facets or Facets(), scope or Scope.whole()
    every = Facets.from_json({**facets.as_json(), "kind": None})
    wide = standing(day, text=text, facets=every, scope=scope, public_only=public_only)
    chosen = [each for each in wide if facets.kind in {None, each.kind}]
    shown = chosen[(page - 1) * per_page : page * per_page]
    entries = _public(shown) if public_only else as_of(day).entries(shown)
    counts = {"kind": [FacetCount(kind, n, kind == facets.kind) for kind, n in count_by_kind(wide).items()]}
    for name, code in facets.as_json().items():
        if code and name != "kind":
            counts[name] = [FacetCount(code, len(chosen), True)]
    return Found(entries, len(chosen), False, page, page_count(len(chosen), per_page), counts)


def standing(day: date, *, text: str = "", facets: Facets, scope: Scope, public_only: bool = False) -> list[Standing]:
    """Who was in the registry that day and answers the search and the narrowings.

    An entry that became one with another since answers as that one does.
    """
    others = Facets.from_json({**facets.as_json(), "kind": None})
    if scope.is_whole and not text.strip() and others == Facets() and not public_only:
        return _there(day, facets)
    face = Face.PUBLIC if public_only else Face.STAFF
    wanted = set(answering(text, within(face, scope, others)).values_list("actor_id", flat=True))
    leads = {} if public_only else _leads()
    return [each for each in _there(day, facets) if leads.get(each.pk, each.pk) in wanted]


def _there(day: date, facets: Facets) -> list[Standing]:
    return [each for each in as_of(day).actors() if facets.kind in {None, each.kind}]


def stock_rows(day: date, *, facets: Facets, text: str, scope: Scope, lang: str) -> Iterator[list[Cell]]:
    """Rows of a workbook of the list as of a day: as ``export_rows``, of what was known then. Constant memory.

    The caller has switched ``lang`` on.
    """
    yield headings()
    written = InWords(lang)
    chosen = standing(day, text=text, facets=facets, scope=scope)
    for start in range(0, len(chosen), CHUNK):
        for entry in as_of(day).entries(chosen[start : start + CHUNK]):
            yield written.row(entry)


def count_rows(day: date, chosen: Sequence[Standing]) -> list[list[Cell]]:
    """The day and how many of each kind stood in the list then, as lines of a sheet."""
    lines: list[list[Cell]] = [[capfirst(_("as of")), day.isoformat()]]
    return lines + [[capfirst(str(ActorKind(kind).label)), n] for kind, n in count_by_kind(chosen).items()]


def stood(number: str, day: date, *, scope: Scope) -> Stood:
    """An actor as of a day, for staff; raises Actor.DoesNotExist for whom ``scope`` does not hold today."""
    actor = actor_of(number)
    now = end_of(actor)
    entry_of(now.number, public_only=False, scope=scope)
    stock = as_of(day)
    rows = stated([actor.pk], at=stock.at)[actor.pk]
    shown = choose(each.candidate for each in with_name_keys(rows))
    name = shown["name"][0].value if "name" in shown else ""
    return Stood(
        day=day,
        number=actor.number,
        name=name,
        kind=actor.kind,
        counted=stock.holds(actor),
        known=bool(rows),
        leads_to=now.number if now.pk != actor.pk else "",
        facts=facts_of(shown, actor.kind, apart=frozenset({"name", "activity"})),
        activities=activities_of(shown),
        memberships=memberships_of(actor.pk, public=False, at=stock.at, scope=scope),
    )


def _leads() -> dict[int, int]:
    """Actor → whom it became one with, through any number of steps."""
    into = dict(Actor.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    found: dict[int, int] = {}
    for start in into:
        end, seen = start, {start}
        while (following := into.get(end)) is not None and following not in seen:
            end = following
            seen.add(end)
        found[start] = end
    return found


def _public(shown: Sequence[Standing]) -> list[DirectoryEntry]:
    entries = DirectoryEntry.objects.filter(face=Face.PUBLIC, actor_id__in=[each.pk for each in shown])
    by_actor = {entry.actor_id: entry for entry in entries}
    return [by_actor[each.pk] for each in shown if each.pk in by_actor]
