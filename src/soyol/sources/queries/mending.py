"""The rows in trouble as a workbook that a keeper can mend and send again."""

from soyol import intake
from soyol.sources.models import Batch
from soyol.sources.queries.staging import stage_file
from soyol.sources.queries.workroom import workroom


def annotated_workbook(batch: Batch, *, lang: str | None = None) -> bytes:
    """XLSX of the rows in trouble as they were, with a column that says what to mend; ``receive`` takes it again."""
    with workroom() as room:
        file = stage_file(batch, room)
        path = room / "to-mend.xlsx"
        intake.annotated_workbook(file.reading, file.staged.problems, path, lang=lang or "en")
        return path.read_bytes()
