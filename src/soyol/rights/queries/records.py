"""Which rows are about an actor: now, formerly, and as each row stood before it was replaced."""

from collections.abc import Collection

from soyol.registry.models import Actor, Identity
from soyol.registry.queries.numbers import leads_to
from soyol.sources.queries.kin import kin


def records_about(actor: Actor) -> set[int]:
    """Rows whose last identity is this actor's, under any number that leads to it, with all that a row was before.

    Rows of withdrawn files and replaced rows count; what was taken out because it is about somebody else does not.
    """
    leads = leads_to([actor.pk])
    once = Identity.objects.filter(actor__in=leads).values("record_id")
    told = Identity.objects.filter(record_id__in=once).order_by("pk")
    last = dict(told.values_list("record_id", "actor_id"))  # of several identities of a row the last one stays
    mine = {record for record, whose in last.items() if whose in leads}
    family = kin(mine)
    return family - (set(last) - mine) - _of_others(family - mine, leads)


def _of_others(records: Collection[int], leads: Collection[int]) -> set[int]:
    """Those of ``records`` that stand behind somebody else now."""
    now = Identity.objects.filter(record_id__in=records, valid_to__isnull=True).exclude(actor__in=leads)
    return set(now.values_list("record_id", flat=True))
