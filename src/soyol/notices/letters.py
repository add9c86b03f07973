"""Ways by which letters leave the house: a mail server, a file for each, or the worker's own output."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend

from soyol.notices.gateways import UNREACHABLE, NotSent, Unclear

#: SOYOL_MAIL → Django's backend, which is told where to send by the EMAIL_… settings.
WAYS = {
    "console": "django.core.mail.backends.console.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "smtp": "soyol.notices.letters.SmtpBackend",
}
Hand = Callable[[EmailMessage], None]


class WatchedSmtp(smtplib.SMTP):
    """Remembers whether the text of a letter was begun: until then nothing was handed over, after it who knows."""

    text_begun = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the text over."""
        self.text_begun = True
        try:
            answer = super().data(msg)
        except smtplib.SMTPResponseException:  # it did not want to hear the text
            self.text_begun = False
            raise
        self.text_begun = False
        return answer


class SmtpBackend(smtp.EmailBackend):
    """Django's backend over a watched connection."""

    connection: WatchedSmtp | None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The class of its connections."""
        return WatchedSmtp

    @property
    def text_begun(self) -> bool:
        """Whether the server has the text of a letter and has not said what it thinks of it."""
        return self.connection is not None and self.connection.text_begun


def letter(
    *, address: str, subject: str, body: str, language: str, key: str, reply_to: str = "", way_out: str = ""
) -> EmailMessage:
    """A letter as it leaves; ``key`` becomes its Message-ID, the same for each try.

    ``way_out``: an address to which mail programs post when their user wants no more such letters (RFC 8058).
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    headers = {
        "Message-ID": f"<{key}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    if way_out:
        headers |= {"List-Unsubscribe": f"<{way_out}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject, body, to=[address], reply_to=[reply_to] if reply_to else None, headers=headers)


@contextmanager
def opened() -> Iterator[Hand]:
    """A function that hands letters over, one after the other, through one connection.

    Raises NotSent where no connection is made; the function raises NotSent or Unclear.
    """
    backend: Any = get_connection(WAYS[settings.SOYOL_MAIL])
    try:
        _open(backend)
        yield lambda one: _hand(backend, one)
    finally:
        with suppress(OSError):  # they are sent, and saying goodbye changes nothing
            backend.close()


def _open(backend: BaseEmailBackend) -> None:
    try:
        backend.open()
    except OSError:  # smtplib's exceptions too
        raise NotSent(UNREACHABLE, again=True) from None


def _hand(backend: BaseEmailBackend, one: EmailMessage) -> None:
    try:
        backend.send_messages([one])
    except smtplib.SMTPRecipientsRefused as fault:
        raise NotSent(
            "notices.address_refused", again=_later(code for code, _why in fault.recipients.values())
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise NotSent("notices.not_supported", again=False) from None
    except smtplib.SMTPResponseException as fault:  # it said no: to the sender, or to the whole text
        raise NotSent("notices.refused", again=_later([fault.smtp_code])) from None
    except OSError:
        if getattr(backend, "text_begun", False):
            raise Unclear("notices.silent") from None
        raise NotSent(UNREACHABLE, again=True) from None


def _later(codes: Any) -> bool:
    """Whether a server that answered so may take the letter later: 4xx says so."""
    return all(400 <= code < 500 for code in codes)
