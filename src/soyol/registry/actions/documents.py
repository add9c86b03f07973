"""Checking what is shown of an entry against a document, without a word of it being typed anew."""

from django.db import transaction

from soyol.audit import By
from soyol.registry.actions.by_hand import state_by_hand
from soyol.registry.choices import Standing
from soyol.registry.models import Actor
from soyol.registry.queries.shown import stated
from soyol.registry.rules import choose
from soyol.registry.rules.levels import SHOWN_BY_DOCUMENT
from soyol.sources.models import SourceRecord


@transaction.atomic
def check_shown(*, by: By, actor: Actor, document: str, reason: str) -> SourceRecord:
    """Write down that an officer saw the document, and that it says what is shown: name, number, first day.

    A number that was found wrong is not checked by that.
    """
    rows = stated([actor.pk], SHOWN_BY_DOCUMENT[actor.kind])[actor.pk]
    shown = choose(each.candidate for each in rows if each.candidate.trust)
    values = {field: told[0].value for field, told in shown.items()}
    return state_by_hand(
        by=by, actor=actor, values=values, reason=reason, standing=Standing.VERIFIED, document=document
    )
