"""Messages as the pages show them: addresses masked, and texts only to those who may read them.

Whoever reads somebody's code or link can act as them. So a text that holds one is shown to nobody but at the machine on
which the site runs, where nothing leaves it, so that invented people can be signed in there. Other texts concern
persons: who administers a site does not see data of persons, and who may see those of the whole country does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.here import from_this_machine
from soyol.audit import actions as audit
from soyol.notices.choices import Channel, MessageState
from soyol.notices.models import Message
from soyol.notices.reasons import reason
from soyol.notices.rules import masked
from soyol.workspace import looks
from soyol.workspace.acting import account, by, held
from soyol.workspace.audit.targets import Target, names_of
from soyol.workspace.outbox.words import message_words

S = MessageState
#: State → tone and glyph of its badge.
TONES: dict[str, tuple[str, str]] = {
    S.WAITING: ("ochre", "…"),
    S.SENDING: ("blue", "▸"),
    S.SENT: ("pine", "✓"),
    S.KEPT: ("plum", "○"),
    S.UNKNOWN: ("ochre", "?"),
    S.FAILED: ("vermilion", "×"),
    S.DROPPED: ("", "–"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message in words; ``address`` is masked, and empty where it was taken away."""

    message: Message
    title: str
    address: str
    about: Target
    why: str
    tone: str
    glyph: str


def shown(request: HttpRequest, messages: Iterable[Message]) -> list[Shown]:
    """Messages in words, with links to what the reader may open; a few questions, however many messages."""
    told = list(messages)
    targets = (message.about.partition(":") for message in told)
    names = names_of((model, number) for model, _colon, number in targets if number)
    may = held(request)
    return [
        Shown(
            message=message,
            title=message_words(message.purpose),
            address=masked(Channel(message.channel), message.address) if message.address else "",
            about=names.target(message.about, may),
            why=reason(message),
            tone=TONES[message.state][0],
            glyph=TONES[message.state][1],
        )
        for message in told
    ]


def may_read(request: HttpRequest, message: Message) -> bool:
    """Whether the reader may see subject and text of a message, where it still has them."""
    if settings.SOYOL_LOOPBACK and message.state == S.KEPT and from_this_machine(request):
        return True
    return not message.forget_body and accounts.may(account(request), Permission.SEE_PERSONAL, None)


def looked(request: HttpRequest, messages: Iterable[Message], *fields: str) -> None:
    """Write down whose messages are on a page, before it is answered."""
    # The address goes last: where it is gone, nothing of a person is left.
    whose = [message.about or f"notices.Message:{message.pk}" for message in messages if message.address is not None]
    if whose:
        with transaction.atomic():
            audit.looked(by(request), whose, fields, looks.OUTBOX)
