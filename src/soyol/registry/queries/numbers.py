"""From a public number to whoever lives under it now."""

from collections.abc import Collection

from django.db import connection

from soyol.registry.choices import ActorState, Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries.scope import Scope
from soyol.registry.rules import tidy_number

#: UNION, not UNION ALL: a ring, which nothing writes, would end.
_LEADING = """
WITH RECURSIVE led (id, number) AS (
    SELECT id, number FROM registry_actor WHERE id = %s
    UNION SELECT absorbed.id, absorbed.number FROM registry_actor absorbed JOIN led ON absorbed.merged_into_id = led.id
)
SELECT id, number FROM led ORDER BY id
"""
#: From below up to the actors that were asked about, never through one of them.
_LED_TO = """
WITH RECURSIVE led (id, top) AS (
    SELECT id, id FROM registry_actor WHERE id IN ({asked})
    UNION SELECT absorbed.id, led.top FROM registry_actor absorbed JOIN led ON absorbed.merged_into_id = led.id
    WHERE absorbed.id NOT IN ({asked})
)
SELECT id, top FROM led
"""


def end_of(actor: Actor) -> Actor:
    """The actor that this one became one with, through any number of steps; itself when it did not."""
    seen: set[int] = set()
    while actor.state == ActorState.MERGED and actor.merged_into is not None and actor.pk not in seen:
        seen.add(actor.pk)
        actor = actor.merged_into
    return actor


def leads_to(actors: Collection[int]) -> dict[int, int]:
    """Actors and all that became one with them → the one of ``actors`` where each is found now. One query."""
    asked = list(actors)
    leads = dict(zip(asked, asked, strict=True))
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(_LED_TO.format(asked=", ".join(["%s"] * len(asked))), [*asked, *asked])
            leads.update(cursor.fetchall())
    return leads


def actor_of(number: str) -> Actor:
    """The actor with this number; raises Actor.DoesNotExist."""
    found: Actor = Actor.objects.get(number=tidy_number(number))
    return found


def leading_to(actor: Actor) -> dict[int, str]:
    """Ids and numbers that lead to ``actor``, through any number of steps, and its own: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LEADING, [actor.pk])
        return dict(cursor.fetchall())


def redirect_of(number: str) -> str | None:
    """The number under which a merged actor is found now; None when the number stands for itself (or for nobody)."""
    actor = Actor.objects.filter(number=tidy_number(number)).first()
    if actor is None or actor.state != ActorState.MERGED:
        return None
    return str(end_of(actor).number)


def visible_numbers(numbers: Collection[str], *, scope: Scope) -> set[str]:
    """Those of ``numbers`` whose entries staff may open who see ``scope``: one query for any number."""
    entries = DirectoryEntry.objects.filter(scope.condition(), face=Face.STAFF, actor__number__in=numbers)
    return set(entries.values_list("actor__number", flat=True))
