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
    if batch.state != BatchState.WITHDRAWN:
        fresh = SourceRecord.objects.filter(batch=batch, revision=batch.revision)
        _show_first(batch, fresh)
        touched = touched.exclude(pk__in=fresh.filter(live=True).values("pk"))
    if touched.exists():
        _settle_again(source, touched)
    return _settle_listed(source)


def _show_first(batch: Batch, fresh: "QuerySet[SourceRecord]") -> None:
    """Show in one pass those of the rows that came new with ``batch`` whose key no other row has.

    Of a list that comes for the first time these are all: everybody who wants to write waits for this statement.
    """
    fresh.filter(~Exists(_others()), last_batch=None).update(last_batch=batch, live=True, listed=True)


def _others() -> "QuerySet[SourceRecord]":
    same_key = SourceRecord.objects.filter(source=OuterRef("source"), identity_key=OuterRef("identity_key"))
    return same_key.exclude(pk=OuterRef("pk"))


def _settle_again(source: Source, touched: "QuerySet[SourceRecord]") -> None:
    seen = in_force().filter(record=OuterRef("pk"))
    # First, so that two rows with one key are never live at once; who has a key alone and is still seen stays as it is.
    touched.filter(~Exists(seen) | Exists(_others()), live=True).update(live=False)
    touched.update(last_batch=Subquery(seen.order_by("-batch_id").values("batch_id")[:1]))
    related = SourceRecord.objects.filter(source=source, identity_key__in=touched.values("identity_key"))
    newer = SourceRecord.objects.filter(
        source=source, identity_key=OuterRef("identity_key"), last_batch__gt=OuterRef("last_batch")
    )
    related.filter(live=True).filter(Exists(newer)).update(live=False)
    related.filter(live=False, last_batch__isnull=False).exclude(Exists(newer)).update(live=True)


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
