"""What an account holds now, wherever its numbers lead, and whether another account says the same."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from soyol.accounts.models import User
from soyol.claims.choices import Capacity
from soyol.claims.models import Hold
from soyol.fields import reach
from soyol.registry.choices import ActorState, Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries.numbers import end_of, leads_to
from soyol.registry.rules import tidy_number


@dataclass(frozen=True, slots=True)
class Held:
    """One entry that an account holds. ``contested``: another account says of the same entry that it is theirs; until
    an officer has looked into it, neither is shown anything.
    """

    hold: Hold
    actor: Actor
    entry: DirectoryEntry | None
    contested: bool

    @property
    def is_self(self) -> bool:
        """Whether the holder is whom the entry is about."""
        return self.hold.capacity == Capacity.SELF


def current_holds() -> QuerySet[Hold]:
    """What is held today."""
    today = timezone.localdate()
    return Hold.objects.filter(Q(until__isnull=True) | Q(until__gte=today), ended_at__isnull=True)


def holds_of(user: User) -> list[Held]:
    """Everything that an account holds, in the order in which it came to it."""
    reach.narrow()
    found: dict[int, Held] = {}
    for hold in current_holds().filter(user=user).select_related("actor__merged_into", "claim"):
        actor = end_of(hold.actor)
        if actor.state == ActorState.ACTIVE and actor.pk not in found:
            found[actor.pk] = Held(hold, actor, None, False)
    entries = {each.actor_id: each for each in DirectoryEntry.objects.filter(actor_id__in=found, face=Face.STAFF)}
    doubted = contested(found)
    return [Held(each.hold, each.actor, entries.get(pk), pk in doubted and each.is_self) for pk, each in found.items()]


def held(user: User, number: str) -> Held:
    """What an account holds under this number, or under one that leads to it; raises Hold.DoesNotExist."""
    wanted = Actor.objects.filter(number=tidy_number(number)).select_related("merged_into").first()
    if wanted is not None:
        end = end_of(wanted)
        for each in holds_of(user):
            if each.actor.pk == end.pk:
                return each
    raise Hold.DoesNotExist


def held_by(user: User, actor: Actor) -> bool:
    """Whether an account holds an entry, undisputed."""
    return any(each.actor.pk == actor.pk and not each.contested for each in holds_of(user))


def holders_of(actors: Collection[int]) -> dict[int, list[Hold]]:
    """Who holds each of ``actors``, under any number that leads there."""
    leads = leads_to(actors)
    found: dict[int, list[Hold]] = {actor: [] for actor in actors}
    for hold in current_holds().filter(actor__in=leads).select_related("user", "actor", "claim"):
        found[leads[hold.actor_id]].append(hold)
    return found


def contested(actors: Collection[int]) -> set[int]:
    """Those of ``actors`` of whom more than one account says that it is them: both proved it, then they became one."""
    return {
        actor
        for actor, holds in holders_of(actors).items()
        if len({hold.user_id for hold in holds if hold.capacity == Capacity.SELF}) > 1
    }


def name_of(actor: Actor) -> str:
    """What an entry is called, for whoever was given a link to it."""
    entry = DirectoryEntry.objects.filter(actor=end_of(actor), face=Face.STAFF).first()
    return entry.name_in() if entry else actor.number
