"""Taking a file back whole."""

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.sources.actions.importing import drop_unfinished
from soyol.sources.actions.receiving import move_to
from soyol.sources.actions.settling import settle
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch
from soyol.sources.rules import Refused


@transaction.atomic
def withdraw(*, by: By, batch: Batch, reason: str) -> Batch:
    """Withdraw a file: its rows are no longer live, and what they had replaced is live again. History keeps all of it.

    Who shows records must look again afterwards: ``soyol.registry.actions.withdraw_batch`` does both at once.
    """
    if not reason.strip():
        raise Refused("reason_missing")
    unfinished = batch.state == BatchState.IMPORTING
    batch = move_to(
        batch,
        BatchState.WITHDRAWN,
        withdrawn_at=timezone.now(),
        withdrawn_by=by.name or by.kind,
        withdrawn_reason=reason,
    )
    if unfinished:
        drop_unfinished(batch)
    if batch.revision:
        settle(batch)
    audit.record(by, "sources.batch.withdraw", f"sources.Batch:{batch.pk}", {"reason": reason})
    return batch
