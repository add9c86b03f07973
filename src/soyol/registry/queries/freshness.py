"""When entries were last heard of: by a list, by the person, by nobody for years."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from soyol.registry.choices import Channel, Face
from soyol.registry.models import Confirmation, ConsentChoice, DirectoryEntry, Filling
from soyol.registry.queries.numbers import leads_to
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.shown import current_identities
from soyol.registry.rules.freshness import stale_before

#: Where people speak for themselves: what they choose there says that they are there.
THEMSELVES = (Channel.OWN, Channel.ENROLMENT)
_BATCH = "record__last_batch"
#: Actor → code of a list with rows of theirs → the newest day that one of these speaks of (None: of none).
Behind = dict[int, dict[str, date | None]]


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """How many entries of one province (``code`` "": of no known one) are flagged, of how many."""

    code: str
    stale: int
    entries: int


def lists_behind(actors: Collection[int]) -> Behind:
    """Which lists have rows of each of ``actors``, and the newest day that one of these rows speaks of. One query.

    A list that still has a row says so on the day of its last file.
    """
    found: Behind = {}
    rows = current_identities().filter(actor_id__in=actors).order_by().values_list("actor_id", "record__source__code")
    observed = Max("record__statements__observed_on", filter=Q(record__statements__recorded_to__isnull=True))
    came = Max(TruncDate(f"{_BATCH}__received_at"), filter=Q(**{f"{_BATCH}__observed_on__isnull": True}))
    for actor, code, *days in rows.annotate(stated=observed, file=Max(f"{_BATCH}__observed_on"), came=came):
        found.setdefault(actor, {})[code] = max(filter(None, days), default=None)
    return found


def last_heard(behind: Behind, standing: Collection[int]) -> dict[int, date]:
    """The newest sign of each actor: the day of a row, a confirmation, a choice of their own.

    ``behind``: their lists; ``standing``: those that did not become one with another. Three queries, for any number.
    """
    found: dict[int, date] = {}
    for actor, days in behind.items():
        _newer(found, [(actor, day) for day in days.values()])
    # What became one with another speaks for that one from then on.
    leads = leads_to(standing)
    for actor, on in Confirmation.objects.filter(actor__in=leads).values_list("actor_id", "on"):
        _newer(found, [(leads[actor], on)])
    own = ConsentChoice.objects.filter(actor__in=leads, channel__in=THEMSELVES).values_list("actor_id", "at")
    _newer(found, [(leads[actor], timezone.localdate(at)) for actor, at in own])
    return found


def _newer(found: dict[int, date], told: Iterable[tuple[int, date | None]]) -> None:
    for actor, day in told:
        if day is not None and (actor not in found or day > found[actor]):
            found[actor] = day


def stale_condition() -> Q:
    """A condition on directory entries: nothing was heard of them for so long that they are flagged."""
    return Q(confirmed_on__lt=stale_before(timezone.localdate()))


def stale_count(scope: Scope) -> int:
    """How many entries of a scope are flagged: one query over an index."""
    return DirectoryEntry.objects.filter(stale_condition(), scope.condition(), face=Face.STAFF).count()


def unconfirmed() -> list[Unconfirmed]:
    """Flagged entries by province, the most first; provinces without any are absent. Two queries."""
    whole: dict[str, int] = {}
    for code, n in Filling.objects.filter(axis="region", field="unit").values_list("code", "entries"):
        whole[code] = whole.get(code, 0) + n
    stale = DirectoryEntry.objects.filter(stale_condition(), face=Face.STAFF).order_by()
    counted: Counter[str] = Counter()
    # By day as well, in the order of the index: grouped by province alone, SQLite reads every entry there is.
    for _day, code, n in stale.values_list("confirmed_on", "region_code").annotate(n=Count("pk")):
        counted[code] += n
    made = [Unconfirmed(code, n, max(n, whole.get(code, 0))) for code, n in counted.items()]
    return sorted(made, key=lambda each: (-each.stale, each.code))
