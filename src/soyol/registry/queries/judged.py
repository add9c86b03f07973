"""What people judged, as it holds for the rows and entries of today."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db.models import Q

from soyol.registry.choices import Verdict
from soyol.registry.models import Identity, Judgement
from soyol.sources.models import SourceRecord

#: Rows asked for at a time.
ROWS = 5000


def in_force() -> list[tuple[int, int, str]]:
    """Judgements between live records, following each record to the newer row that replaced it."""
    current = Judgement.objects.filter(ended_at__isnull=True).exclude(verdict=Verdict.UNSURE)
    rows = list(current.order_by("at", "pk").values_list("a_id", "b_id", "verdict"))
    follow = live_successors({pk for a, b, _verdict in rows for pk in (a, b)})
    told: dict[tuple[int, int], str] = {}
    for a, b, verdict in rows:
        left, right = follow.get(a), follow.get(b)
        if left and right and left != right:
            told[min(left, right), max(left, right)] = verdict
    return [(a, b, verdict) for (a, b), verdict in sorted(told.items())]


def judged_apart(actors: Collection[int] | None = None) -> set[tuple[int, int]]:
    """Pairs of actors (smaller first; None: among all) of which any rows were judged not to be the same.

    A row that was replaced by a newer one lends it its judgements.
    """
    if actors is not None and not actors:
        return set()
    told = Judgement.objects.filter(ended_at__isnull=True, verdict=Verdict.DIFFERENT)
    if actors is not None:
        ever = Identity.objects.filter(actor__in=actors).values("record_id")
        told = told.filter(Q(a__in=ever) | Q(b__in=ever))
    pairs = list(told.values_list("a_id", "b_id"))
    follow = live_successors({row for pair in pairs for row in pair})
    now = actors_behind(row for row in follow.values() if row is not None)
    found = set()
    for pair in pairs:
        one, two = (now.get(follow.get(row) or 0) for row in pair)
        if one is not None and two is not None and one != two:
            found.add((min(one, two), max(one, two)))
    return found


def actors_behind(rows: Iterable[int]) -> dict[int, int]:
    """Row → the actor that it is of now, for rows that are of one."""
    found: dict[int, int] = {}
    for part in _parts(rows):
        now = Identity.objects.filter(record_id__in=part, valid_to__isnull=True)
        found.update(now.values_list("record_id", "actor_id"))
    return found


def live_successors(records: set[int]) -> dict[int, int | None]:
    """Record → itself if live, else the live record that replaced it (through any number of steps), else None."""
    found: dict[int, int | None] = {}
    at = {pk: pk for pk in records}
    while at:
        live = _live(at.values())
        found.update({start: now for start, now in at.items() if now in live})
        waiting = {start: now for start, now in at.items() if now not in live}
        newer = _newer(waiting.values())
        found.update({start: None for start, now in waiting.items() if now not in newer})
        at = {start: newer[now] for start, now in waiting.items() if now in newer}
    return found


def _live(rows: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in _parts(rows):
        found.update(SourceRecord.objects.filter(pk__in=part, live=True).values_list("pk", flat=True))
    return found


def _newer(rows: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in _parts(rows):
        replaced = SourceRecord.objects.filter(supersedes_id__in=part).order_by("pk")
        found.update(replaced.values_list("supersedes_id", "pk"))
    return found


def _parts(rows: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(sorted(set(rows)))
    while part := list(islice(waiting, ROWS)):
        yield part
