"""Opening a source and changing what is written about it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.sources.models import Source
from soyol.sources.queries.keys import OWN_NUMBER, REGISTER_NUMBER
from soyol.sources.queries.lists import keys_are_open
from soyol.sources.rules import Refused

CHANGEABLE = frozenset(
    {
        "names", "keeper", "body", "legal_basis", "kept_by_law", "coverage", "unit", "trust", "rhythm", "completeness",
        "known_total", "key_columns", "shown_publicly",
    }
)  # fmt: skip


@transaction.atomic
def create_source(*, by: By, code: str, names: Mapping[str, str], keeper: str, **more: Any) -> Source:
    """Open a list. ``more``: any of ``CHANGEABLE``, ``is_hand``, ``is_survey``; raises Refused or ValidationError."""
    source = Source(code=code, names=dict(names), keeper=keeper, **more)
    _check(source)
    source.save()
    audit.record(by, "sources.source.create", f"sources.Source:{source.code}", {"keeper": keeper})
    return source


@transaction.atomic
def change_source(*, by: By, source: Source, **changes: Any) -> Source:
    """Change what is written about a list; what its records were trusted before stays with their statements.

    Raises Stale where the list has another version than ``source``: somebody saved it meanwhile.
    """
    if unknown := sorted(set(changes) - CHANGEABLE):
        raise Refused("unknown_column", value=unknown[0], accepted=", ".join(sorted(CHANGEABLE)))
    seen = source.version
    source = Source.objects.select_for_update().get(pk=source.pk)
    if set(changes.get("key_columns", source.key_columns)) != set(source.key_columns) and not keys_are_open(source):
        raise Refused("keys_fixed", name=source.name_in())
    changed = sorted(name for name, value in changes.items() if getattr(source, name) != value)
    for name in changed:
        setattr(source, name, changes[name])
    _check(source)
    if changed:
        source.version = seen
        source.keep(*changed)
    audit.record(by, "sources.source.change", f"sources.Source:{source.code}", {"fields": changed})
    return source


def _check(source: Source) -> None:
    if not 0 <= source.trust <= 100:
        raise Refused("trust_range", value=source.trust)
    from soyol.linkage.schema import RECORD_COLUMNS

    accepted = [*RECORD_COLUMNS, OWN_NUMBER, REGISTER_NUMBER]
    for column in source.key_columns:
        if column not in accepted:
            raise Refused("unknown_column", value=column, accepted=", ".join(accepted))
    source.full_clean()
