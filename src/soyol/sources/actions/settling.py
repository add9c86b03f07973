"""Which rows of a list are live and which are still listed: derived from the sightings, a few statements for any size.

A sighting counts while its batch is not withdrawn and its revision is the one in force. Of rows with the same
identity key the one last seen in the latest batch is live. A row of a full list is listed while the latest full file
has it; a file of mended rows is none: it unlists nothing, and a mended row is listed if the row is that it mends.
"""

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from soyol.sources.choices import BatchState, Completeness
from soyol.sources.models import Batch, Sighting, Source, SourceRecord


def in_force() -> "QuerySet[Sighting]":
    """Sightings that count."""
    return Sighting.objects.filter(revision=F("batch__revision")).exclude(batch__state=BatchState.WITHDRAWN)


def settle(batch: Batch) -> int:
    """Bring the rows that ``batch`` touches up to date; returns how many live rows are no longer listed."""
    source = batch.source
    touched = SourceRecord.objects.filter(
        pk__in=Sighting.objects.filter(batch=batch).values("record_id"), source=source
    )
    last = in_force().filter(record=OuterRef("pk")).order_by("-batch_id").values("batch_id")[:1]
    touched.update(live=False)  # first, so that two rows with one key are never live at once
    touched.update(last_batch=Subquery(last))
    related = SourceRecord.objects.filter(source=source, identity_key__in=touched.values("identity_key"))
    newer = SourceRecord.objects.filter(
        source=source, identity_key=OuterRef("identity_key"), last_batch__gt=OuterRef("last_batch")
    )
    related.filter(live=True).filter(Exists(newer)).update(live=False)
    related.filter(live=False, last_batch__isnull=False).exclude(Exists(newer)).update(live=True)
    return _settle_listed(source)


def _settle_listed(source: Source) -> int:
    live = SourceRecord.objects.filter(source=source, live=True)
    if source.completeness != Completeness.FULL:
        live.filter(listed=False).update(listed=True)
        return 0
    shown = Batch.objects.filter(source=source, revision__gt=0, excerpt_of=None).exclude(state=BatchState.WITHDRAWN)
    latest = shown.aggregate(latest=Max("pk"))["latest"]
    there = Q(last_batch=latest) | Q(last_batch__excerpt_of__isnull=False) & Exists(_seen_in(source, latest))
    live.filter(there, listed=False).update(listed=True)
    live.exclude(there).filter(listed=True).update(listed=False)
    return live.filter(listed=False).count()


def _seen_in(source: Source, latest: int | None) -> QuerySet[Sighting]:
    """Sightings of the row (whatever it said) in the latest full file, or in rows of that file that were mended."""
    in_it = Q(batch=latest) | Q(batch__excerpt_of=latest)
    return in_force().filter(in_it, record__source=source, record__identity_key=OuterRef("identity_key"))
