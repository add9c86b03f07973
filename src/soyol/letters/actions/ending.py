"""The way out: whoever got a letter says that they want no more of them."""

from django.db import transaction

from soyol.audit import By
from soyol.letters.queries.finding import actor_behind
from soyol.letters.rules import Refused
from soyol.registry.actions import choose_consent
from soyol.registry.choices import ActorState, Channel, Purpose


@transaction.atomic
def end_letters(*, token: str, language: str) -> None:
    """Withdraw the consent to be written to about calls, by the secret in a letter and nothing else. Harmless when done
    twice. Raises Refused for what is no secret of a letter.
    """
    actor = actor_behind(token)
    if actor is None:
        raise Refused("way_out_unknown")
    if actor.state != ActorState.ACTIVE:  # nobody stands there who could be written to
        return
    choose_consent(
        by=By.public(), actor=actor, purpose=Purpose.CALLS, given=False, language=language, channel=Channel.LETTER
    )
