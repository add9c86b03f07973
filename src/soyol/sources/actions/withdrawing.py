"""Taking a file back whole."""

from django.db import transaction
from django.db.models import Q
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

    One short transaction of a few statements, whatever the size of the file; it cannot be stopped halfway, because half
    a file withdrawn would be seen by everybody. Files of rows that were mended out of this one go first, so that no
    trace of it stays in what is shown.

    Who shows records must look again afterwards: ``soyol.registry.actions.withdraw_batch`` does both at once.
    """
    if not reason.strip():
        raise Refused("reason_missing")
    mended = batch.excerpts.exclude(state=BatchState.WITHDRAWN).filter(
        Q(revision__gt=0) | Q(state=BatchState.IMPORTING)
    )
    if mended.exists():
        raise Refused("mended_rows", name=batch.file_name, files=", ".join(each.file_name for each in mended))
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
