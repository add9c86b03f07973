"""Django's door for mail: whatever is sent through it goes into the outbox (allauth's letters, above all)."""

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.notices.actions import Refused, send
from soyol.notices.choices import Channel

log = logging.getLogger("soyol.notices")

#: What letters of signing in are for, and the header by which whoever writes one says whom it is about.
PURPOSE = "accounts.mail"
ABOUT = "X-Soyol-About"


class OutboxBackend(BaseEmailBackend):
    """Puts letters into the outbox, one message for each address. They hold links: they are forgotten once sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many letters were put there. ValueError for a letter with attachments: nobody here writes such."""
        return sum(_put(letter) for letter in _with_readers(email_messages))


def _with_readers(letters: Iterable[EmailMessage]) -> list[EmailMessage]:
    return [letter for letter in letters if letter.recipients()]


def _put(letter: EmailMessage) -> int:
    """1, or 0 where an address of it is none that letters are sent to."""
    if letter.attachments:
        raise ValueError("the outbox takes letters without attachments: put a link into the text instead")
    works_until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    try:
        with transaction.atomic():
            for address in letter.recipients():
                send(
                    by=By.system("account mail"),
                    channel=Channel.MAIL,
                    address=address,
                    subject=str(letter.subject),
                    body=str(letter.body),
                    purpose=PURPOSE,
                    about=letter.extra_headers.get(ABOUT, ""),
                    expires_at=works_until,
                    forget_body=True,
                )
    except Refused as refused:
        log.warning("a letter was not taken into the outbox", extra={"code": refused.code})
        return 0
    return 1
