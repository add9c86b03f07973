"""What a person chose is not asked again because of what they saw when they chose."""

from collections.abc import Collection

from django.utils import timezone

from soyol.audit import By
from soyol.registry.models import Actor, LeftBoth
from soyol.registry.queries.contradictions import contradictions
from soyol.registry.queries.entries import ENTRY_FIELDS
from soyol.registry.queries.shown import stated


def settle_chosen(by: By, actor: Actor, fields: Collection[str], reason: str) -> None:
    """Leave as they are the values that stand against the chosen ones of ``fields``; in the caller's transaction.

    Only what was checked stands against a choice. Where something else is checked later, it is a new question.
    """
    told = contradictions(stated([actor.pk], ENTRY_FIELDS))[actor.pk]
    for field in sorted(set(told) & set(fields)):
        LeftBoth.objects.create(
            actor=actor, field=field, digest=told[field], reason=reason, by_name=by.name or by.kind, at=timezone.now()
        )
