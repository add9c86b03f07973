"""Who has received or holds something. What was given to a number counts where the number leads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from soyol.registry.models import Stake
from soyol.registry.queries.numbers import leads_to


@dataclass(frozen=True, slots=True)
class StakeShown:
    """One stake as a page shows it; ``number``: under which it was given, where that is another one."""

    kind: str
    label: str
    name: str
    begins: date | None
    ends: date | None
    number: str


def staked_actors(actors: Collection[int]) -> set[int]:
    """Those of ``actors`` who have a stake, their own or of whoever became one with them: a query for each step."""
    leads = leads_to(actors)
    has = Stake.objects.filter(actor__in=leads, ended_at__isnull=True).values_list("actor_id", flat=True)
    return {leads[actor] for actor in has.distinct()}


def stakes_of(actors: Collection[int]) -> dict[int, list[StakeShown]]:
    """What each of ``actors`` has received or holds, by day."""
    leads = leads_to(actors)
    found: dict[int, list[StakeShown]] = {actor: [] for actor in actors}
    for each in Stake.objects.filter(actor__in=leads, ended_at__isnull=True).select_related("actor"):
        end = leads[each.actor_id]
        number = "" if end == each.actor_id else each.actor.number
        label = each.get_kind_display()
        found[end].append(StakeShown(each.kind, label, str(each.names), each.begins, each.ends, number))
    return found
