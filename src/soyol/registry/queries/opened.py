"""What the open files hold: entries of the public face whose actors are shared, and of each only what is public.

Nothing here is kept: whoever asks gets what holds at that moment, so that a "no" holds at once.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from soyol.fields import LanguageMap, reach
from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import DirectoryEntry, Identity
from soyol.registry.packing import pack
from soyol.registry.queries.dictionary import bearers, words_for
from soyol.registry.queries.holders import bodies_numbered
from soyol.registry.queries.labels import Words, value_labels
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import Facets, within
from soyol.registry.queries.shown import SAID_BY_ALL, for_everybody, stated
from soyol.registry.rules import choose, is_number, tidy_number
from soyol.registry.search import joined
from soyol.sources.models import Source

#: Entries that are read at a time: each part is asked for anew, so that who leaves meanwhile is not in the next one.
CHUNK = 500
#: What is told beside the entry itself, where the kind of the actor makes it public.
FACTS = ("company_number", "websites", "founded", "closed")
#: By what name invented lists come in; whoever stands in nothing else is marked as invented.
INVENTED = "sample material"


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its name in each language of the site."""

    code: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """One entry as everybody may take it. None and empty: nobody has said; ``lists``: only those named in public."""

    number: str
    kind: Coded
    name: str
    name_latin: str | None
    names: dict[str, str]
    form: Coded | None
    unit: Coded | None
    areas: list[Coded]
    domains: list[Coded]
    occupations: list[Coded]
    level: Coded | None
    ended: bool
    lists: list[Coded]
    company_number: str | None = None
    websites: list[str] = field(default_factory=list)
    founded: str | None = None
    closed: str | None = None
    invented: bool = False


class Named:
    """Names of codes in each language of the site; read once, whatever the number of entries."""

    def __init__(self) -> None:
        self._words: dict[str, dict[str, Words]] = {}
        for lang in dict(settings.LANGUAGES):
            with override(lang):
                kinds: Words = {kind.value: str(kind.label) for kind in ActorKind}
                self._words[lang] = {**value_labels(), "kind": kinds}
        shown = Source.objects.filter(shown_publicly=True).values_list("code", "names")
        self._lists = {code: LanguageMap(names) for code, names in shown}

    def one(self, name: str, code: str) -> Coded | None:
        """A code of the field ``name``; None for none. A code without a name is told without one."""
        if not code:
            return None
        found = {lang: words[name][code] for lang, words in self._words.items() if code in words[name]}
        return Coded(code, {lang: _word(told, lang) for lang, told in found.items()})

    def many(self, name: str, codes: Collection[str]) -> list[Coded]:
        """Codes of the field ``name`` in the given order."""
        return [told for told in (self.one(name, code) for code in codes) if told is not None]

    def lists(self, codes: Collection[str]) -> list[Coded]:
        """Those of the lists that are named in public."""
        told = [(code, self._lists[code]) for code in codes if code in self._lists]
        return [Coded(code, {lang: names.best(lang) for lang in self._words}) for code, names in told]


def shared(*, facets: Facets | None = None, text: str = "") -> QuerySet[DirectoryEntry]:
    """Entries that everybody may take, narrowed like the directory; signs that no name has find nobody."""
    inside = within(Face.PUBLIC, Scope.whole(), facets or Facets()).filter(shared=True)
    if not text.strip():
        return inside
    if is_number(number := tidy_number(text)):
        return inside.filter(number=number)
    if bodies := bodies_numbered(text.strip()):
        return inside.filter(actor_id__in=bodies)
    return bearers(words_for(pack().scripts.fold_one(joined(text)) or ""), inside)


def open_part(
    inside: QuerySet[DirectoryEntry], *, after: str = "", size: int = CHUNK, named: Named | None = None
) -> list[OpenEntry]:
    """At most ``size`` entries by number, those after the number ``after``. The same queries for any size."""
    rows = list(inside.filter(number__gt=after).order_by("number")[:size])
    if not rows:
        return []
    named = named or Named()
    with reach.opened("these entries are shared with everybody; of their facts only public ones are picked"):
        facts, invented = _facts(rows), invented_among({row.actor_id for row in rows})
    return [_entry(row, named, facts.get(row.actor_id, {}), invented=row.actor_id in invented) for row in rows]


def open_parts(inside: QuerySet[DirectoryEntry]) -> Iterator[list[OpenEntry]]:
    """All entries by number, part by part, in constant memory."""
    named, after = Named(), ""
    while part := open_part(inside, after=after, size=CHUNK, named=named):
        yield part
        if len(part) < CHUNK:
            return
        after = part[-1].number


def open_entry(number: str) -> OpenEntry | None:
    """The entry under this very number; None where there is none that everybody may take."""
    found = open_part(shared().filter(number=tidy_number(number)), size=1)
    return found[0] if found else None


def invented_among(actors: Collection[int]) -> set[int]:
    """Those of ``actors`` that stand in invented lists and in no other. One query."""
    behind = Identity.objects.filter(actor_id__in=actors, valid_to__isnull=True)
    told = set(behind.values_list("actor_id", "record__batch__received_by").distinct())
    return {actor for actor, by in told if by == INVENTED} - {actor for actor, by in told if by != INVENTED}


def _facts(rows: Collection[DirectoryEntry]) -> dict[int, dict[str, list[str]]]:
    """The public ones of ``FACTS`` by actor."""
    kinds = {row.actor_id: row.kind for row in rows}
    found = stated(kinds, {*FACTS, *SAID_BY_ALL})
    chosen = {
        actor: choose(each.candidate for each in for_everybody(kinds[actor], told)) for actor, told in found.items()
    }
    return {
        actor: {code: [each.value for each in told[code]] for code in FACTS if code in told}
        for actor, told in chosen.items()
    }


def _entry(row: DirectoryEntry, named: Named, facts: Mapping[str, list[str]], *, invented: bool) -> OpenEntry:
    def one(code: str) -> str | None:
        return facts[code][0] if facts.get(code) else None

    return OpenEntry(
        number=row.number,
        kind=named.one("kind", row.kind) or Coded(row.kind, {}),
        name=row.name,
        name_latin=row.name_latin or None,
        names=dict(row.names),
        form=named.one("org_form", row.form),
        unit=named.one("unit", row.unit_code),
        areas=named.many("areas", row.areas),
        domains=named.many("domains", row.domains),
        occupations=named.many("occupations", row.occupations),
        level=named.one("level", row.level),
        ended=row.ended,
        lists=named.lists([code for code in row.source_codes.split(",") if code]),
        company_number=one("company_number"),
        websites=list(facts.get("websites", ())),
        founded=one("founded"),
        closed=one("closed"),
        invented=invented,
    )


def _word(name: object, lang: str) -> str:
    return LanguageMap(name).best(lang) if isinstance(name, Mapping) else str(name)
