"""Counting how full the rows of each list are."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from soyol.registry.models import Fullness, Statement
from soyol.registry.rules.fullness import PARTS
from soyol.sources.models import SourceRecord


def count_fullness() -> None:
    """Count the live rows of every list anew, and how many of them have each part: two reading queries.

    A list without live rows has no count: nobody knows how full it is.
    """
    live = SourceRecord.objects.filter(live=True).order_by().values("source_id").annotate(n=Count("pk"))
    rows = dict(live.values_list("source_id", "n"))
    named = [field for fields in PARTS.values() for field in fields]
    stated = Statement.objects.filter(recorded_to__isnull=True, record__live=True, field__in=named)
    counts = {part: Count("record_id", distinct=True, filter=Q(field__in=fields)) for part, fields in PARTS.items()}
    having = {
        source: dict(zip(PARTS, counted, strict=True))
        for source, *counted in stated.order_by()
        .values("record__source_id")
        .annotate(**counts)
        .values_list("record__source_id", *PARTS)
    }
    now = timezone.now()
    made = [
        Fullness(source_id=source, part=part, rows=n, having=having.get(source, {}).get(part, 0), counted_at=now)
        for source, n in sorted(rows.items())
        for part in PARTS
    ]
    with transaction.atomic():
        Fullness.objects.all().delete()
        Fullness.objects.bulk_create(made)
