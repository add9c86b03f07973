"""The registry as of a day: who was in it, and what was known of them then."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from soyol.registry.choices import ActorKind
from soyol.registry.models import Actor, Statement
from soyol.registry.queries.shown import current_identities, stated, with_name_keys
from soyol.registry.rules import choose


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

    def actors(self) -> QuerySet[Actor]:
        """Actors that a record stood behind then and that had not ended."""
        behind = current_identities(self.at).values("actor_id")
        found: QuerySet[Actor] = Actor.objects.filter(pk__in=behind).exclude(pk__in=self._ended()).order_by("number")
        return found

    def count_by_kind(self) -> dict[str, int]:
        """Number of actors by kind; kinds without actors are zero."""
        counted = Counter(self.actors().order_by().values_list("kind", flat=True))
        return {kind: counted[kind] for kind in ActorKind.values}

    def shown(self, actor: Actor) -> dict[str, list[str]]:
        """The values that the policy would have shown of ``actor`` then, by field."""
        rows = with_name_keys(stated([actor.pk], at=self.at)[actor.pk])
        chosen = choose(each.candidate for each in rows)
        return {code: [each.value for each in values] for code, values in chosen.items()}

    def _ended(self) -> list[int]:
        """Actors whose shown date of death or closure, as known then, lies on or before the day."""
        rows = Statement.objects.filter(
            Q(recorded_to__isnull=True) | Q(recorded_to__gt=self.at), recorded_from__lte=self.at
        )
        stating = rows.filter(field__in=("death_date", "closed")).values("record_id")
        suspects = set(current_identities(self.at).filter(record__in=stating).values_list("actor_id", flat=True))
        told = stated(suspects, ("death_date", "closed"), self.at)
        last = self.day.isoformat()
        return [
            actor
            for actor, each in told.items()
            if any(
                values[0].value <= last[: len(values[0].value)]
                for values in choose(row.candidate for row in each).values()
            )
        ]


def as_of(day: date) -> Stock:
    """The registry at the end of ``day``."""
    return Stock(day)
