"""Showing a secret value: the look is written down before the value is read."""

from django.db import transaction

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.choices import FieldClass
from soyol.registry.models import Identity, Statement
from soyol.registry.rules import Refused, field_class


@transaction.atomic
def reveal(*, by: By, statement_pk: int, purpose: str) -> str:
    """A secret value in clear. The caller has checked that ``by`` may see the actor."""
    if not purpose.strip():
        raise Refused("purpose_missing")
    statement = Statement.objects.select_related("record").get(pk=statement_pk)
    if field_class(statement.field, statement.record.kind) != FieldClass.SECRET:
        raise Refused("not_secret")
    behind = Identity.objects.filter(record=statement.record, valid_to__isnull=True).select_related("actor").first()
    whose = f"registry.Actor:{behind.actor.number}" if behind else f"sources.SourceRecord:{statement.record_id}"
    audit.looked(by, whose, [statement.field], purpose)
    return str(statement.text)
