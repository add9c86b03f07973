"""Lists that somebody wants to open again."""

from typing import Any

from django.db import transaction

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.models import SavedFilter


@transaction.atomic
def save_filter(*, by: By, user_id: int, name: str, query: dict[str, Any]) -> SavedFilter:
    """Keep a filter under a name; the same name again replaces it."""
    saved = SavedFilter.objects.filter(user_id=user_id, name=name).first() or SavedFilter(user_id=user_id, name=name)
    saved.query = query
    saved.full_clean(exclude=["query"])  # an empty one, the whole list, is a filter too
    saved.save()
    audit.record(by, "registry.filter.save", f"registry.SavedFilter:{saved.pk}", {})
    return saved


@transaction.atomic
def drop_filter(*, by: By, saved: SavedFilter) -> None:
    """Forget a filter."""
    audit.record(by, "registry.filter.drop", f"registry.SavedFilter:{saved.pk}", {})
    saved.delete()
