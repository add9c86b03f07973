"""Who belongs to which body, seen from either end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from soyol.registry.choices import Face
from soyol.registry.models import DirectoryEntry, Membership
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.shown import SAID_BY_ALL, consenting_records, current_identities, stated
from soyol.registry.rules import FIELDS, is_open_row, may_be_public
from soyol.registry.rules.ties import STATED

#: Origins that say nothing more than that one belongs to the other.
PLAIN = frozenset({STATED, "employer"})


@dataclass(frozen=True, slots=True)
class Link:
    """A tie as the page of one of its ends shows it; ``outgoing``: the page is that of the member."""

    number: str
    name: str
    role: str
    begins: date | None
    ends: date | None
    outgoing: bool
    pk: int = 0


def memberships_of(actor: int, *, public: bool, at: datetime | None = None, scope: Scope | None = None) -> list[Link]:
    """Ties of an actor in both directions, as believed now or at the instant ``at``.

    To the public only those that may be public: the origin of the tie, the row of each end, and both entries. To staff
    those whose other end lies in ``scope``, and others whose other end everybody may see.
    """
    return memberships_of_many([actor], public=public, at=at, scope=scope)[actor]


def memberships_of_many(
    wanted: Collection[int], *, public: bool, at: datetime | None = None, scope: Scope | None = None
) -> dict[int, list[Link]]:
    """The same for several actors with the same few queries."""
    ties = list(_with_kinds(ties_of(wanted, at)) if public else ties_of(wanted, at))
    records = {record for tie in ties for record in (tie.member_record_id, tie.body_record_id)}
    actors = dict(current_identities(at).filter(record_id__in=records).values_list("record_id", "actor_id"))
    if public:
        ties = _open_ties(ties, actors)
    entries = _entries(set(actors.values()), public=public, scope=scope or Scope.whole())
    found: dict[int, dict[tuple[int, str, date | None, bool], Link]] = {actor: {} for actor in wanted}
    for tie in ties:
        ends = actors.get(tie.member_record_id), actors.get(tie.body_record_id)
        for (own, end), outgoing in ((ends, True), (ends[::-1], False)):
            other = entries.get(end or 0)
            if own in found and other is not None and end != own:
                role = role_of(tie)
                link = Link(other.number, other.name_in(), role, tie.begins, tie.ends, outgoing, tie.pk)
                found[own].setdefault((other.actor_id, role, tie.begins, outgoing), link)
    return {actor: list(links.values()) for actor, links in found.items()}


def _entries(actors: Collection[int], *, public: bool, scope: Scope) -> dict[int, DirectoryEntry]:
    """The other ends as the reader may see them."""
    open_ones = DirectoryEntry.objects.filter(actor_id__in=actors, face=Face.PUBLIC)
    found = {each.actor_id: each for each in open_ones} if public or not scope.is_whole else {}
    if not public:
        inside = DirectoryEntry.objects.filter(scope.condition(), actor_id__in=actors, face=Face.STAFF)
        found |= {each.actor_id: each for each in inside}
    return found


def ties_of(actors: Collection[int], at: datetime | None = None) -> QuerySet[Membership]:
    """Ties that hang on a record of ``actors``, as believed now or at the instant ``at``, by their days."""
    records = current_identities(at).filter(actor_id__in=actors).values("record_id")
    about = Q(member_record__in=records) | Q(body_record__in=records)
    believed = Q(recorded_to__isnull=True)
    if at is not None:
        believed = (believed | Q(recorded_to__gt=at)) & Q(recorded_from__lte=at)
    return Membership.objects.filter(about, believed).order_by("begins", "pk")


def _with_kinds(ties: QuerySet[Membership]) -> QuerySet[Membership]:
    """The same with the kinds of both records, and no more than a tie tells."""
    told = ("origin", "role", "begins", "ends", "member_record__kind", "body_record__kind")
    return ties.select_related("member_record", "body_record").only(*told)


def role_of(tie: Membership) -> str:
    """The post as written; where none is, what the row called the member."""
    return str(tie.role) or ("" if tie.origin in PLAIN or tie.origin not in FIELDS else FIELDS[tie.origin].label())


def _open_ties(ties: Collection[Membership], actors: dict[int, int]) -> list[Membership]:
    """Those that everybody may see, by the written rules; one query."""
    told = stated(set(actors.values()), SAID_BY_ALL)
    consenting = {record for rows in told.values() for record in consenting_records(rows)}

    def is_open(record: int, kind: str) -> bool:
        return is_open_row(kind, consents=record in consenting)

    return [
        tie
        for tie in ties
        if may_be_public(
            tie.origin,
            tie.member_record.kind,
            rows_open=is_open(tie.member_record_id, tie.member_record.kind)
            and is_open(tie.body_record_id, tie.body_record.kind),
        )
    ]
