"""The rows in trouble as a workbook that can be mended and sent again: made in the background and kept like any file.

The cells must stand there in clear to be mended, national numbers too. So making the workbook is a look at all of them,
written down as one, and the pages let do it only who may reveal a number; on pages the numbers stay masked.
"""

from django.db import transaction

from soyol import intake
from soyol.audit import By
from soyol.audit import actions as audit
from soyol.files import actions as files
from soyol.files.models import StoredFile
from soyol.sources.actions.reading import Finish
from soyol.sources.models import Batch
from soyol.sources.queries.marks import mark_of
from soyol.sources.queries.staging import Progress, Stop, stage_file
from soyol.sources.queries.workroom import workroom
from soyol.sources.rules import Refused

ACTION = "sources.batch.take_problems"


def write_mending(
    *,
    by: By,
    batch: Batch,
    lang: str,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    finish: Finish | None = None,
) -> StoredFile:
    """Keep the workbook of the rows in trouble of a file that was looked through.

    Each row carries its mark, so that ``read_batch`` knows the workbook again, once the rows are in that the mended
    ones replace. Raises Refused for a file that was not looked through. ``finish`` is told the file and its rows.
    """
    if not batch.can_be_mended:
        raise Refused("not_checked", name=batch.file_name)
    with workroom() as room:
        file = stage_file(batch, room, progress=progress, cancelled=cancelled)
        path = room / f"{batch.source.code}-{batch.pk}-to-mend.xlsx"

        def mark(row: int) -> str:
            if cancelled:
                cancelled()
            return mark_of(batch.source_id, batch.pk, row)

        rows = intake.annotated_workbook(file.reading, file.staged.problems, path, lang=lang, mark=mark)
        stored = files.keep(by=by, name=path.name, content=path, personal=True)
    target = f"sources.Batch:{batch.pk}"
    with transaction.atomic():
        audit.record(by, ACTION, target, {"rows": rows, "file": str(stored.pk)})
        audit.looked(by, target, ["list", "person_number"], ACTION)
        if finish:
            finish({"file": str(stored.pk), "rows": rows})
    return stored
