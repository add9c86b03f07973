"""People who can be written to, and letters, for tests."""

from typing import Any

from django.conf import settings

from soyol.accounts.models import User
from soyol.letters import actions
from soyol.letters.actions import Written
from soyol.letters.models import Letter
from soyol.registry.actions import choose_consent
from soyol.registry.models import Actor
from soyol.sources.models import Source
from tests.factories.registry import BY, a_record, a_source, an_actor

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def agree(actor: Actor, *, given: bool = True) -> None:
    """Let somebody say whether they want to be written to."""
    choose_consent(by=BY, actor=actor, purpose="calls", given=given, language="en", channel="own")


def a_reader(name: str, *, source: Source | None = None, agreed: bool = True, **values: Any) -> Actor:
    """Somebody of whom a believable list holds an address (``emails=[]``: none), and who agreed."""
    address = f"{name.lower().replace(' ', '.')}@example.org"
    actor = an_actor(a_record(source or a_source(), name=name, **{"emails": [address], **values}))
    if agreed:
        agree(actor)
    return actor


def written(**values: Any) -> Written:
    """A letter as an officer wrote it; ``values`` replace what is usual."""
    words = {
        "subjects": {code: f"Open call ({code})" for code in LANGUAGES},
        "texts": {code: f"Dear colleague,\n\ncome and sing ({code})." for code in LANGUAGES},
        "reply_to": "office@example.org",
    }
    return Written(**{**words, **values})


def a_letter(user: User, **values: Any) -> Letter:
    """A letter that nobody has counted yet."""
    return actions.write(by=user.by, user=user, written=written(**values))


def released(user: User, **values: Any) -> Letter:
    """A letter that is going out."""
    letter = a_letter(user, **values)
    actions.count(by=user.by, letter=letter)
    return actions.release(by=user.by, user=user, letter=letter, version=letter.version)
