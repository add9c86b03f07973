"""Putting messages into the outbox, and what people decide about those that are there."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from soyol.audit import By
from soyol.audit.actions import record
from soyol.notices import queries, rules
from soyol.notices.choices import Channel, MessageState
from soyol.notices.models import Message
from soyol.notices.rules import Refused


@transaction.atomic
def send(
    *,
    by: By,
    channel: Channel,
    address: str,
    subject: str,
    body: str,
    purpose: str,
    about: str = "",
    expires_at: datetime | None = None,
    language: str | None = None,
    forget_body: bool = False,
    reply_to: str = "",
    way_out: str = "",
) -> Message:
    """Send a message: it leaves soon after the caller's transaction commits, and not at all if it does not.

    ``purpose`` is a code (``claims.code``); ``about`` the target whom it concerns. After ``expires_at`` it is not sent
    any more. ``forget_body`` is for codes and links: nobody reads them in the outbox of a site that others reach, and
    they are emptied once they were sent; without ``expires_at`` they are good for a day. A text message has no subject.
    ``reply_to``: where answers to a letter go; ``way_out``: the address by which its reader ends such letters.
    Raises Refused for an address that is none, an empty text, and a text message that is too long.
    """
    channel = Channel(channel)
    address = rules.tidy_address(channel, address)
    _require_text(channel, body)
    now, leaves = timezone.now(), queries.leaves(channel)
    message = Message(
        channel=channel,
        address=address,
        address_digest=queries.digest_of(channel, address),
        subject=" ".join(subject.split()),
        body=body,
        reply_to=rules.tidy_address(Channel.MAIL, reply_to) if reply_to else None,
        way_out=way_out or None,
        purpose=purpose,
        about=about,
        language=language or get_language() or "en",
        expires_at=expires_at or (now + rules.CODE_WORKS if forget_body else None),
        forget_body=forget_body,
        state=MessageState.WAITING if leaves else MessageState.KEPT,
        made_at=now,
        next_try_at=now if leaves else None,
    )
    message.full_clean()
    message.save()
    record(by, "notices.message.send", _target(message), {"way": str(channel), "purpose": purpose})
    return message


@transaction.atomic
def drop(*, by: By, message: Message) -> Message:
    """Decide that a message does not go out (any more)."""
    move(message, MessageState.DROPPED, next_try_at=None, lease="")
    record(by, "notices.message.drop", _target(message))
    return message


@transaction.atomic
def send_again(*, by: By, message: Message) -> Message:
    """Send a message once more that was not sent, or of which nobody knows whether it was.

    Raises Refused where its text is gone, what it says is over, or nothing leaves this site on its way.
    """
    now = timezone.now()
    if not queries.leaves(Channel(message.channel)):
        raise Refused("nothing_leaves")
    if message.address is None or message.body is None:
        raise Refused("gone")
    if message.expires_at is not None and message.expires_at <= now:
        raise Refused("too_old")
    move(message, MessageState.WAITING, next_try_at=now, lease="", tries=0, error_code="", begun_at=None)
    record(by, "notices.message.send_again", _target(message))
    return message


def move(message: Message, to: MessageState, **values: object) -> None:
    """Bring a message into another state, with the values that go with it; Refused where that may not follow.

    The condition stands in the UPDATE itself: of two people, or a person and the worker, one wins.
    """
    before = [state for state, after in rules.TRANSITIONS.items() if to in after and state != MessageState.SENDING]
    if not Message.objects.filter(pk=message.pk, state__in=before).update(state=to, **values):
        message.refresh_from_db()
        raise Refused("state", state=message.get_state_display())
    message.refresh_from_db()


def _require_text(channel: Channel, body: str) -> None:
    if not body.strip():
        raise Refused("empty")
    if channel == Channel.SMS and (parts := rules.parts_of(body)) > rules.MOST_PARTS:
        raise Refused("too_long", parts=parts, most=rules.MOST_PARTS)


def _target(message: Message) -> str:
    return f"notices.Message:{message.pk}"
