"""Letting files go of which nothing is in the registry, or nothing any more, with the cells that were kept of them."""

from collections.abc import Sequence

from django.db import transaction

from soyol.audit import By
from soyol.files import actions as files
from soyol.sources.actions.withdrawing import withdraw
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, RecordProblem
from soyol.sources.rules import NEVER_IMPORTED


@transaction.atomic
def forget_files(*, by: By, batches: Sequence[int]) -> None:
    """Take the bytes of these files away for good, and every cell that was kept to be shown or mended.

    What was never imported is withdrawn with it: nobody can go on with a file that is not there.
    """
    for batch in Batch.objects.filter(pk__in=batches).select_related("file"):
        if batch.state != BatchState.WITHDRAWN:
            withdraw(by=by, batch=batch, reason=NEVER_IMPORTED)
        RecordProblem.objects.filter(batch=batch).delete()
        Batch.objects.filter(pk=batch.pk).update(file=None, reading=None, mapping=None, dry_run=None)
        if batch.file is not None:
            files.forget(by=by, stored=batch.file)
