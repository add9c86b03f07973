"""What accounts write to their owners when an officer gives one back: to the old address, and to the new one."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from soyol.accounts.models import User
from soyol.audit import By
from soyol.notices.actions import send
from soyol.notices.choices import Channel

#: Purposes by which the outbox knows them.
BEGUN, LINK, DONE = "accounts.recovery_begun", "accounts.recovery_link", "accounts.recovery_done"


def recovery_begun(*, by: By, user: User, expires_at: datetime) -> None:
    """To the old address: somebody came to a desk and said that it is lost."""
    with override(settings.LANGUAGE_CODE):
        told = _(
            "Good day,\n\nsomebody came to one of our offices, said that this address is lost, and asked for your "
            "account in Soyol to be given to a new address. An officer compared their papers. Until %(until)s the "
            "account changes hands when a link that went to the new address is opened.\n\nIf it was you, do nothing."
            "\n\nIf it was not you, tell us at once, so that an officer stops it: %(contact)s. Give the number of your "
            "account: %(number)s."
        )
        words = told % {"until": _moment(expires_at), "contact": _contact(), "number": user.pk}
        _send(by, user, user.email, _("Your account in Soyol is being given to a new address"), words, BEGUN)


def recovery_link(*, by: By, user: User, email: str, link: str, expires_at: datetime) -> None:
    """To the new address: the link, which nobody reads in the outbox."""
    with override(settings.LANGUAGE_CODE):
        told = _(
            "Good day,\n\nan officer made sure who you are. Open this address, once, until %(until)s, and set a new "
            "password for your account in Soyol:\n\n%(link)s\n\nThe account then has this e-mail address. Passkeys and "
            "authenticator apps are taken off it, and it is signed out everywhere.\n\nIf you did not ask for this, do "
            "nothing."
        )
        words = told % {"until": _moment(expires_at), "link": link}
        send(
            by=by,
            channel=Channel.MAIL,
            address=email,
            subject=_("Your account in Soyol: set a new password"),
            body=words,
            purpose=LINK,
            about=_about(user),
            expires_at=expires_at,
            language=settings.LANGUAGE_CODE,
            forget_body=True,
        )


def recovery_done(*, by: By, user: User, old: str) -> None:
    """To the old address: the account has a new one."""
    with override(settings.LANGUAGE_CODE):
        told = _(
            "Good day,\n\nyour account in Soyol has a new e-mail address and a new password since today; nobody signs "
            "in with this address any more.\n\nIf it was not you who did this at one of our offices, tell us at once: "
            "%(contact)s. Give the number of the account: %(number)s."
        )
        words = told % {"contact": _contact(), "number": user.pk}
        _send(by, user, old, _("Your account in Soyol has a new address"), words, DONE)


def _send(by: By, user: User, address: str, subject: str, body: str, purpose: str) -> None:  # noqa: PLR0917 - a letter
    send(
        by=by,
        channel=Channel.MAIL,
        address=address,
        subject=subject,
        body=body,
        purpose=purpose,
        about=_about(user),
        language=settings.LANGUAGE_CODE,
    )


def _about(user: User) -> str:
    return f"accounts.User:{user.pk}"


def _moment(at: datetime) -> str:
    return localtime(at).strftime("%Y.%m.%d %H:%M")


def _contact() -> str:
    """Whom to tell: the address of the site, or the site itself where it has none."""
    return str(settings.SOYOL_CONTACT or settings.SOYOL_ORIGIN)
