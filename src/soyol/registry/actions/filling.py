"""Counting how full entries are, by province and by cultural domain."""

from collections import Counter

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from soyol.registry.choices import Face
from soyol.registry.models import DirectoryEntry, Filling
from soyol.registry.rules.filling import FIELDS

Key = tuple[str, str, str]


def count_filling() -> None:
    """Count all entries anew: two reading queries over them, then one short transaction."""
    entries = DirectoryEntry.objects.filter(face=Face.STAFF).order_by()
    whole: Counter[Key] = Counter()
    for region, domains, kind, n in entries.values_list("region_code", "domains_text", "kind").annotate(n=Count("pk")):
        whole.update(dict.fromkeys(_cells(region, domains, kind), n))
    having: dict[Key, Counter[str]] = {}
    stated = entries.filter(
        actor__identities__valid_to__isnull=True,
        actor__identities__record__statements__recorded_to__isnull=True,
        actor__identities__record__statements__field__in=FIELDS,
    )
    columns = ("region_code", "domains_text", "kind", "actor__identities__record__statements__field")
    for region, domains, kind, field, n in stated.values_list(*columns).annotate(n=Count("actor_id", distinct=True)):
        for cell in _cells(region, domains, kind):
            having.setdefault(cell, Counter())[field] += n
    now = timezone.now()
    made = [
        Filling(
            axis=axis, code=code, kind=kind, field=field, entries=n, counted_at=now,
            having=having.get((axis, code, kind), Counter())[field],
        )
        for (axis, code, kind), n in sorted(whole.items())
        for field in FIELDS
    ]  # fmt: skip
    with transaction.atomic():
        Filling.objects.all().delete()
        Filling.objects.bulk_create(made, 1000)


def _cells(region: str, domains: str, kind: str) -> list[Key]:
    """The cells in which an entry is counted: its province, and each of its domains."""
    codes = [code for code in domains.split(",") if code] or [""]
    return [("region", region, kind), *(("domain", code, kind) for code in codes)]
