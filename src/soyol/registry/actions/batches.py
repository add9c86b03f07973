"""Taking a file back: out of what is shown at once, never out of history."""

from django.db import transaction

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.directory import refresh_stale
from soyol.registry.actions.fullness import count_fullness
from soyol.registry.actions.identity import move, open_change, set_states
from soyol.registry.actions.questions import ask, drop
from soyol.registry.choices import ActorState, ChangeKind
from soyol.registry.models import Actor, Change, Identity
from soyol.registry.queries.numbers import end_of
from soyol.registry.queries.shown import without_identity
from soyol.sources import actions as sources
from soyol.sources.models import Batch, SourceRecord


def withdraw_batch(*, by: By, batch: Batch, reason: str) -> Change:
    """Withdraw a file whole. Rows that it had replaced are live again and go back to whom they belonged."""
    with transaction.atomic():
        withdrawn = sources.withdraw(by=by, batch=batch, reason=reason)
        change = open_change(ChangeKind.WITHDRAW, by=by, reason=reason, batch=withdrawn)
        touched = move(change, {**_gone(withdrawn), **_back(withdrawn)})
        set_states(change, touched)
        drop(SourceRecord.objects.filter(live=False, batch=withdrawn))
        ask(sorted(touched))
        told = {"records": len(touched), "reason": reason}
        audit.record(by, "registry.batch.withdraw", f"sources.Batch:{withdrawn.pk}", told)
    refresh_stale()
    count_fullness()
    return change


def _gone(batch: Batch) -> dict[int, int | None]:
    """Records of the list that are no longer live but still stand behind somebody."""
    rows = Identity.objects.filter(record__source=batch.source, record__live=False, valid_to__isnull=True)
    return dict.fromkeys(rows.values_list("record_id", flat=True))


def _back(batch: Batch) -> dict[int, int | None]:
    """Records that are live again: each with the actor that it had last, or whom that one became."""
    waiting = without_identity().filter(source=batch.source)
    rows = Identity.objects.filter(record__in=waiting, valid_to__isnull=False).order_by("valid_to", "pk")
    last = dict(rows.values_list("record_id", "actor_id"))
    ends = {actor: end_of(Actor.objects.get(pk=actor)) for actor in set(last.values())}
    return {record: ends[actor].pk for record, actor in last.items() if ends[actor].state != ActorState.MERGED}
