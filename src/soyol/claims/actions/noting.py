"""Noting what somebody told an officer about what they agree to."""

from collections.abc import Mapping

from django.db import transaction

from soyol.accounts.models import User
from soyol.audit import By
from soyol.claims.queries import held_by, holders_of
from soyol.claims.rules import Refused, officer_may_note
from soyol.registry.actions import AtDesk, choose_consent
from soyol.registry.choices import Channel, Purpose
from soyol.registry.models import Actor, ConsentChoice
from soyol.registry.queries.consents import current_texts, last_choices


@transaction.atomic
def note_consent(
    *,
    by: By,
    officer: User,
    actor: Actor,
    choices: Mapping[str, bool],
    words: Mapping[str, int],
    desk: AtDesk,
    language: str,
) -> list[ConsentChoice]:
    """Note yes or no by purpose, all or nothing; ``words``: the ids of the texts that were read to the person.

    Raises Refused for an entry of the officer's own, for a yes over the no of whoever holds the entry, and where the
    words are others by now.
    """
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    if held_by(officer, actor):
        raise Refused("consent_of_oneself")
    texts, own = current_texts(), last_choices([actor.pk], own_only=True).get(actor.pk, {})
    is_held = bool(holders_of([actor.pk])[actor.pk])
    for purpose, given in choices.items():
        if purpose not in texts or texts[purpose].pk != words.get(purpose):
            raise Refused("consent_words_changed")
        last = own.get(purpose)
        if not officer_may_note(given=given, held=is_held, own=last.given if last else None):
            raise Refused("consent_own_no", purpose=Purpose(purpose).label)
    return [
        choose_consent(
            by=by, actor=actor, purpose=purpose, given=given, language=language, channel=Channel.DESK, desk=desk
        )
        for purpose, given in choices.items()
    ]
