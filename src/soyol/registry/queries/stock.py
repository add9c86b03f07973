"""The registry as of a day: who was in it, and what was known of them then."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from django.db.models import Q
from django.utils import timezone

from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import Actor, DirectoryEntry, Statement
from soyol.registry.queries.entries import ENTRY_FIELDS, drafts
from soyol.registry.queries.shown import Stated, current_identities, stated, with_name_keys
from soyol.registry.rules import choose

ENDS = ("death_date", "closed")
ROWS = 2000


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor that was in the registry."""

    pk: int
    number: str
    kind: str


def count_by_kind(standing: Iterable[Standing]) -> dict[str, int]:
    """Number of actors by kind; kinds without actors are zero."""
    counted = Counter(each.kind for each in standing)
    return {kind: counted[kind] for kind in ActorKind.values}


@dataclass(frozen=True, slots=True)
class Stock:
    """What stood in the registry at the end of ``day`` (in the instance's time zone).

    Whoever had died or closed by then is not counted; a date of end that was learnt later does not change what
    was known then.
    """

    day: date

    @property
    def at(self) -> datetime:
        """The last instant of the day."""
        return timezone.make_aware(datetime.combine(self.day, time.max))

    def actors(self) -> list[Standing]:
        """Actors that a record stood behind then and that had not ended, by number. Constant queries."""
        behind = current_identities(self.at).values("actor_id")
        rows = Actor.objects.filter(pk__in=behind).order_by("number").values_list("pk", "number", "kind")
        ended = self._ended()
        return [Standing(*row) for row in rows.iterator(5000) if row[0] not in ended]

    def holds(self, actor: Actor) -> bool:
        """Whether this actor is counted."""
        rows = current_identities(self.at).filter(actor=actor)
        return rows.exists() and actor.pk not in self._over(stated([actor.pk], ENDS, self.at))

    def entries(self, standing: Sequence[Standing]) -> list[DirectoryEntry]:
        """The staff entries that these actors had then, made anew and kept nowhere. Three queries."""
        ids = [each.pk for each in standing]
        lists: dict[int, set[str]] = {}
        rows = current_identities(self.at).filter(actor_id__in=ids)
        for actor, code in rows.values_list("actor_id", "record__source__code").distinct():
            lists.setdefault(actor, set()).add(code)
        named = {each.pk: (each.number, each.kind) for each in standing}
        made = drafts(named, stated(ids, ENTRY_FIELDS, self.at), lists)
        staff = [each for each in made if each.face == Face.STAFF]
        return [DirectoryEntry(actor_id=each.actor, face=each.face, **each.values) for each in staff]

    def shown(self, actor: Actor) -> dict[str, list[str]]:
        """The values that the policy would have shown of ``actor`` then, by field."""
        rows = with_name_keys(stated([actor.pk], at=self.at)[actor.pk])
        chosen = choose(each.candidate for each in rows)
        return {code: [each.value for each in values] for code, values in chosen.items()}

    def _ended(self) -> set[int]:
        """Actors whose shown date of death or closure, as known then, lies on or before the day."""
        rows = Statement.objects.filter(
            Q(recorded_to__isnull=True) | Q(recorded_to__gt=self.at), recorded_from__lte=self.at
        )
        stating = rows.filter(field__in=ENDS).values("record_id")
        suspects = set(current_identities(self.at).filter(record__in=stating).values_list("actor_id", flat=True))
        ended: set[int] = set()
        waiting = iter(sorted(suspects))
        while part := list(islice(waiting, ROWS)):
            ended |= self._over(stated(part, ENDS, self.at))
        return ended

    def _over(self, told: Mapping[int, list[Stated]]) -> set[int]:
        """Those of whom the shown end lies on or before the day; a date that is a year only counts from its start."""
        last = self.day.isoformat()
        return {
            actor
            for actor, each in told.items()
            if any(
                values[0].value <= last[: len(values[0].value)]
                for values in choose(row.candidate for row in each).values()
            )
        }


def as_of(day: date) -> Stock:
    """The registry at the end of ``day``."""
    return Stock(day)
