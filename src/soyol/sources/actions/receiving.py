"""Taking a file in, once, and confirming its columns."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.files import actions as files
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, Source
from soyol.sources.rules import Refused, may_become

PIECE = 1 << 20


class AlreadyReceived(Refused):
    """The same bytes are here already; ``batch`` is what they came as."""

    def __init__(self, batch: Batch) -> None:
        day = date_format(timezone.localtime(batch.received_at), "DATETIME_FORMAT")
        super().__init__("already_received", name=batch.file_name, day=day, who=batch.received_by)
        self.batch = batch


def receive(*, by: By, source: Source, name: str, content: BinaryIO | Path, observed_on: date | None = None) -> Batch:
    """Keep one file of a list, byte for byte. Raises AlreadyReceived for the same bytes, also when two come at once."""
    if source.is_hand or source.is_survey:
        raise Refused("hand_source" if source.is_hand else "survey_source", name=source.name_in())
    sha256 = _sha256(content)
    _refuse_known(source, sha256)
    # The bytes are kept outside the transaction: a large file would hold up every other writer.
    stored = files.keep(by=by, name=name, content=content, personal=True)
    try:
        with transaction.atomic():
            batch = Batch(
                file=stored,
                source=source,
                file_name=Path(name).name[-255:],
                sha256=sha256,
                observed_on=observed_on,
                received_by=by.name or by.kind,
            )
            batch.full_clean(validate_constraints=False)
            batch.save()
            told = {"sha256": sha256, "source": source.code}
            audit.record(by, "sources.batch.receive", f"sources.Batch:{batch.pk}", told)
    except IntegrityError:
        _refuse_known(source, sha256)
        raise
    return batch


def _refuse_known(source: Source, sha256: str) -> None:
    known = Batch.objects.filter(source=source, sha256=sha256).exclude(state=BatchState.WITHDRAWN).first()
    if known is not None:
        raise AlreadyReceived(known)


def _sha256(content: BinaryIO | Path) -> str:
    digest = hashlib.sha256()
    if isinstance(content, Path):
        with content.open("rb") as stream:
            while piece := stream.read(PIECE):
                digest.update(piece)
        return digest.hexdigest()
    content.seek(0)
    while piece := content.read(PIECE):
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()


@transaction.atomic
def set_mapping(*, by: By, batch: Batch, mapping: dict[str, Any]) -> Batch:
    """Confirm which column means what; the source remembers it for its next file, but of rows that were mended only the
    file itself does: it need not have all sheets of the list.

    For an imported batch this begins a second reading: check and import it again, and the rows are replaced. Raises
    Stale where somebody confirmed the columns of another version than ``batch``.
    """
    Batch(pk=batch.pk, version=batch.version).keep()
    batch = move_to(batch, BatchState.MAPPED, mapping=mapping, dry_run=None)
    if batch.excerpt_of_id is None:
        Source.objects.filter(pk=batch.source_id).update(mapping=without_samples(mapping))
    audit.record(by, "sources.batch.map", f"sources.Batch:{batch.pk}", {"revision": batch.revision + 1})
    return batch


def without_samples(mapping: dict[str, Any]) -> dict[str, Any]:
    """The mapping as a source remembers it: what columns mean, without cells out of the file."""
    sheets = [
        {**sheet, "columns": [{**column, "samples": [], "why": []} for column in sheet["columns"]]}
        if isinstance(sheet.get("columns"), list)
        else sheet
        for sheet in mapping.get("sheets", [])
    ]
    return {**mapping, "sheets": sheets} if sheets else mapping


def move_to(batch: Batch, wanted: str, **changes: Any) -> Batch:
    """Bring a batch into another state together with ``changes``; refused where the table of transitions says so."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("source").get(pk=batch.pk)
    if not may_become(batch.state, wanted):
        raise Refused(
            "batch_state", name=batch.file_name, state=batch.get_state_display(), wanted=str(BatchState(wanted).label)
        )
    batch.state = wanted
    for name, value in changes.items():
        setattr(batch, name, value)
    batch.save(update_fields=["state", *changes])
    return batch
