"""What the page of an actor shows, for the public and for staff."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from soyol.fields import reach
from soyol.registry.choices import ActorKind, Face, FieldClass
from soyol.registry.models import Actor, DirectoryEntry, Proof
from soyol.registry.queries.levels import Known, known_by, proofs_of
from soyol.registry.queries.memberships import Link, memberships_of
from soyol.registry.queries.numbers import actor_of
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.shown import current_identities, for_everybody, stated, with_name_keys
from soyol.registry.rules import FIELDS, Activity, Candidate, Chosen, activities, choose, field_class, mask
from soyol.sources.models import Source
from soyol.vocab import queries as vocab

NAME_FIELDS = ("name", "stage_name")
#: Shown in places of their own, not among the facts.
APART = frozenset({*NAME_FIELDS, "activity", "employer"})


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value with where it comes from. ``display`` is masked where the value is secret; ``statement`` reveals it."""

    value: str
    display: str
    statement: int
    source_name: str
    source_code: str
    observed_on: date | None
    trust: int
    known: Known | None = None
    disagreements: list["ShownValue"] = field(default_factory=list)
    others: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    field: str
    label: str
    secret: bool
    values: list[ShownValue]


@dataclass(frozen=True, slots=True)
class NameShown:
    value: str
    script: str
    lang: str


@dataclass(frozen=True, slots=True)
class SourceShown:
    name: str
    code: str
    keeper: str
    #: The day of which the newest file speaks, where it says so, and when it came.
    as_of: date | None
    last_seen: datetime | None
    records: int


@dataclass(frozen=True, slots=True)
class Life:
    born: str
    ended: str
    ended_kind: str


@dataclass(frozen=True, slots=True)
class ActorPage:
    actor: Actor
    entry: DirectoryEntry
    names: list[NameShown]
    facts: list[Fact]
    activities: list[Activity]
    memberships: list[Link]
    sources: list[SourceShown]
    life: Life


def entry_of(number: str, *, public_only: bool, scope: Scope | None = None) -> DirectoryEntry:
    """The entry under this number; raises Actor.DoesNotExist when it is not there, not public or outside ``scope``."""
    face = Face.PUBLIC if public_only else Face.STAFF
    actor = actor_of(number)
    found = DirectoryEntry.objects.filter((scope or Scope.whole()).condition(), actor=actor, face=face)
    entry = found.select_related("actor").first()
    if entry is None:
        raise Actor.DoesNotExist(number)
    return entry


def actor_page(number: str, *, audience: FieldClass, scope: Scope | None = None) -> ActorPage:
    """The page of an actor. A public audience sees only what may be public; staff see secret values masked.

    The same number of queries for any number of statements and sources.
    """
    public = audience == FieldClass.PUBLIC
    entry = entry_of(number, public_only=public, scope=scope)
    with reach.opened("the entry was found on the face that was asked for, or in the scope"):
        return _page(entry, public=public, scope=scope)


def _page(entry: DirectoryEntry, *, public: bool, scope: Scope | None) -> ActorPage:
    rows = stated([entry.actor_id])[entry.actor_id]
    sources = _lists({each.candidate.source for each in rows})
    seen = for_everybody(entry.kind, rows) if public else rows
    candidates = [each.candidate for each in with_name_keys(seen)]
    shown = choose(candidates)
    facts = _facts(shown, entry.kind, sources, APART)
    return ActorPage(
        actor=entry.actor,
        entry=entry,
        names=names_of(entry, candidates),
        facts=[each for each in facts if not public or not each.secret],
        activities=activities_of(shown),
        memberships=memberships_of(entry.actor_id, public=public, scope=scope),
        sources=_sources(entry.actor_id, sources, public=public),
        life=_life(entry.kind, shown),
    )


def facts_of(shown: dict[str, list[Chosen]], kind: str, *, apart: frozenset[str] = APART) -> list[Fact]:
    """Shown values as facts in the order of the fields, without those that stand ``apart``, each with how it is known.

    Two queries.
    """
    told = [each for values in shown.values() for chosen in values for each in (chosen.winner, *chosen.others)]
    sources, proofs = _lists({each.source for each in told}), proofs_of({each.record for each in told})
    return _facts(shown, kind, sources, apart, proofs)


def _facts(
    shown: dict[str, list[Chosen]],
    kind: str,
    sources: dict[int, Source],
    apart: frozenset[str],
    proofs: dict[int, Proof] | None = None,
) -> list[Fact]:
    return [_fact(code, shown[code], kind, sources, proofs) for code in FIELDS if code in shown and code not in apart]


def _fact(
    code: str, chosen: list[Chosen], kind: str, sources: dict[int, Source], proofs: dict[int, Proof] | None
) -> Fact:
    secret = field_class(code, kind) == FieldClass.SECRET

    def value(candidate: Candidate, one: Chosen | None = None) -> ShownValue:
        source = sources[candidate.source]
        text = candidate.value
        others = [value(each) for each in _distinct(one.others)] if one else []
        known = None
        if proofs is not None:
            proof = proofs.get(candidate.record)
            known = known_by(candidate.standing, source.name_in(), candidate.observed_on, proof)
        return ShownValue(
            value="" if secret else text,
            display=mask(text) if secret else text,
            statement=candidate.statement,
            source_name=source.name_in(),
            source_code=source.code,
            observed_on=candidate.observed_on,
            trust=candidate.trust,
            known=known,
            disagreements=others,
            others=len(one.agreeing) - 1 if one else 0,
        )

    return Fact(code, FIELDS[code].label(), secret, [value(each.winner, each) for each in chosen])


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for each in candidates:
        found.setdefault(each.same_as, each)
    return list(found.values())


def names_of(entry: DirectoryEntry, candidates: Iterable[Candidate]) -> list[NameShown]:
    """Every spelling once, the shown ones first, with its script (ISO 15924) and the entry's language for it.

    What differs only in stops, spaces and capitals is one spelling.
    """
    spellings = [entry.name, entry.name_latin, *(each.value for each in candidates if each.field in NAME_FIELDS)]
    once: dict[str, str] = {}
    for text in filter(None, spellings):
        once.setdefault("".join(sign for sign in text.casefold() if sign.isalnum()) or text, text)
    langs = {text: lang for lang, text in entry.names.items()}
    return [NameShown(text, script_of(text), langs.get(text, "")) for text in once.values()]


def script_of(text: str) -> str:
    """ISO 15924 code of the script of the first letter: Latn, Cyrl, Mong; Zyyy for anything else."""
    import unicodedata

    for sign in text:
        if sign.isalpha():
            name = unicodedata.name(sign, "")
            for word, code in (("LATIN", "Latn"), ("CYRILLIC", "Cyrl"), ("MONGOLIAN", "Mong")):
                if name.startswith(word):
                    return code
            return "Zyyy"
    return "Zyyy"


def activities_of(shown: dict[str, list[Chosen]]) -> list[Activity]:
    """What somebody does, by domain, role and step; one query for what the vocabulary says of occupations."""
    told = {code: [each.value for each in shown.get(code, ())] for code in ("activity", "occupations", "domains")}
    trades = vocab.trades() if told["occupations"] else {}
    return activities(told["activity"], told["occupations"], told["domains"], trades)


def _life(kind: str, shown: dict[str, list[Chosen]]) -> Life:
    begins, ends = ("birth_date", "death_date") if kind == ActorKind.PERSON else ("founded", "closed")

    def one(code: str) -> str:
        return shown[code][0].value if code in shown else ""

    return Life(one(begins), one(ends), ends if one(ends) else "")


def _lists(wanted: Collection[int]) -> dict[int, Source]:
    """Lists with the bodies that keep them, by id: one query."""
    return Source.objects.select_related("body").in_bulk(wanted)


def _sources(actor: int, sources: dict[int, Source], *, public: bool) -> list[SourceShown]:
    rows = current_identities().filter(actor_id=actor)
    behind: dict[int, list[tuple[date | None, datetime | None]]] = {}
    batch = "record__last_batch"
    for source, day, came in rows.values_list("record__source_id", f"{batch}__observed_on", f"{batch}__received_at"):
        behind.setdefault(source, []).append((day, came))
    return [
        SourceShown(
            sources[pk].name_in(),
            sources[pk].code,
            sources[pk].kept_by,
            max((day for day, _came in told if day), default=None),
            max((came for _day, came in told if came), default=None),
            len(told),
        )
        for pk, told in sorted(behind.items())
        if pk in sources and (sources[pk].shown_publicly or not public)
    ]
