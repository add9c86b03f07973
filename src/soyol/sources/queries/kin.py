"""What one row of a list was before, and became: its whole life in that list."""

from collections.abc import Collection

from soyol.sources.models import SourceRecord

ROWS = 500


def kin(records: Collection[int]) -> set[int]:
    """``records`` with every row that replaced one of them or was replaced by one, through any number of steps.

    Two queries a step.
    """
    found, step = set(records), set(records)
    while step:
        fresh: set[int] = set()
        ids = sorted(step)
        for start in range(0, len(ids), ROWS):
            part = ids[start : start + ROWS]
            before = SourceRecord.objects.filter(pk__in=part, supersedes__isnull=False)
            after = SourceRecord.objects.filter(supersedes_id__in=part)
            fresh |= {pk for pk in before.values_list("supersedes_id", flat=True) if pk is not None}
            fresh |= set(after.values_list("pk", flat=True))
        step = fresh - found
        found |= step
    return found
