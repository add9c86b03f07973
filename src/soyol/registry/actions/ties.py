"""Ties that rows state by a name: tied where that name means exactly one entry."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

import polars as pl
from django.db.models import QuerySet
from django.utils import timezone

from soyol.registry.choices import ActorKind
from soyol.registry.models import Identity, Membership, Statement
from soyol.registry.packing import pack
from soyol.registry.queries.shown import current_identities

EMPLOYER = "employer"
#: Fields of a body's row that name a person.
HEADS = ("director", "founder")
CONTACTS = ("phones", "emails")
ROWS = 2000


def tie_memberships(only: Collection[int] | None = None) -> int:
    """Tie the names of employers, directors and founders to the entries they mean; returns how many ties are new.

    A name that two entries bear ties nobody: a person has to say which. A tie that somebody took back stays away.
    ``only``: new records, in a small run. Then only their own employers are tied; who named them before, and who
    directs what, waits for the next whole run, for that means opening every name of the registry.
    """
    return _tie_employers(only) + (_tie_heads() if only is None else 0)


def _tie_employers(only: Collection[int] | None) -> int:
    rows = _stating(EMPLOYER, ActorKind.PERSON)
    if only is None:
        people = _texts(rows)
    else:
        parts = _parts(only)
        people = [told for part in parts for told in _texts(rows.filter(record__in=part))]
    bodies = _borne_once(ActorKind.ORGANISATION) if people else {}
    keys = organisation_keys([name for _record, name in people])
    found = [(record, bodies[key]) for (record, _name), key in zip(people, keys, strict=True) if key in bodies]
    return _write(EMPLOYER, found)


def _tie_heads() -> int:
    """Directors and founders. A person's name alone means nobody for sure: namesakes need not be in the registry.

    So the person must also work at the body by a tie, or share a phone or e-mail with it.
    """
    told = {field: _texts(_stating(field, ActorKind.ORGANISATION)) for field in HEADS}
    if not any(told.values()):
        return 0
    people, near = _borne_once(ActorKind.PERSON), _Nearness()
    made = 0
    for field, bodies in told.items():
        keys = person_keys([name for _record, name in bodies])
        pairs = [(people[key], body) for (body, _name), key in zip(bodies, keys, strict=True) if key in people]
        made += _write(field, [pair for pair in pairs if near.holds(*pair)])
    return made


class _Nearness:
    """Which persons stand near which bodies, by more than a name; two queries, whatever is asked."""

    def __init__(self) -> None:
        self._actor = dict(current_identities().values_list("record_id", "actor_id"))
        self._tied = {
            (self._actor.get(member), self._actor.get(body))
            for member, body in Membership.objects.filter(recorded_to__isnull=True).values_list(
                "member_record_id", "body_record_id"
            )
        }
        self._digests: dict[int, set[str]] = {}
        rows = Statement.objects.filter(field__in=CONTACTS, recorded_to__isnull=True, digest__isnull=False)
        for record, digest in rows.values_list("record_id", "digest").iterator(ROWS):
            if record in self._actor and digest:
                self._digests.setdefault(self._actor[record], set()).add(digest)

    def holds(self, person: int, body: int) -> bool:
        """Whether the actors of two records are tied already or share a contact."""
        a, b = self._actor.get(person), self._actor.get(body)
        if a is None or b is None:
            return False
        return (a, b) in self._tied or bool(self._digests.get(a, set()) & self._digests.get(b, set()))


def _parts(records: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(records)
    while part := list(islice(waiting, ROWS)):
        yield part


def _of_kind(kind: str) -> QuerySet[Identity]:
    found: QuerySet[Identity] = current_identities().filter(record__kind=kind)
    return found


def _stating(field: str, kind: str) -> QuerySet[Statement]:
    found: QuerySet[Statement] = Statement.objects.filter(
        field=field, recorded_to__isnull=True, record__live=True, record__kind=kind
    )
    return found


def _texts(rows: QuerySet[Statement]) -> list[tuple[int, str]]:
    ordered = rows.only("record_id", "value", "sealed").order_by("record_id")
    return [(row.record_id, row.text) for row in ordered.iterator(ROWS)]


def _borne_once(kind: str) -> dict[str, int]:
    """Key of a name → the oldest record of the one actor of ``kind`` that bears it."""
    named = _texts(_stating("name", kind))
    actor_of = dict(_of_kind(kind).values_list("record_id", "actor_id"))
    keys = (person_keys if kind == ActorKind.PERSON else organisation_keys)([name for _record, name in named])
    bearers: dict[str, dict[int, int]] = {}
    for (record, _name), key in zip(named, keys, strict=True):
        actor = actor_of.get(record)
        if key and actor is not None:
            bearers.setdefault(key, {}).setdefault(actor, record)
    return {key: next(iter(actors.values())) for key, actors in bearers.items() if len(actors) == 1}


def organisation_keys(names: list[str]) -> list[str]:
    """Latin keys of the cores of organisations' names: without legal form and quotes."""
    cores = pack().organisation_names.parse(pl.Series("name", names, dtype=pl.String))["core"]
    return [key or "" for key in pack().scripts.latin_key(cores).to_list()]


def person_keys(names: list[str]) -> list[str]:
    """Latin keys of whole names, whatever the order of their parts; empty for a name of one word or with an initial."""
    keys = pack().scripts.latin_key(pl.Series("name", names, dtype=pl.String)).to_list()
    words = [sorted((key or "").split()) for key in keys]
    return [" ".join(each) if len(each) > 1 and all(len(word) > 1 for word in each) else "" for each in words]


def _write(origin: str, pairs: Iterable[tuple[int, int]]) -> int:
    known = set(Membership.objects.filter(origin=origin).values_list("member_record_id", "body_record_id"))
    now = timezone.now()
    made = [
        Membership(member_record_id=member, body_record_id=body, origin=origin, recorded_from=now)
        for member, body in dict.fromkeys(pairs)
        if (member, body) not in known
    ]
    Membership.objects.bulk_create(made, ROWS)
    return len(made)
