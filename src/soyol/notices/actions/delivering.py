"""What is due leaves the house: once, or nobody claims that it did.

A message is taken by an UPDATE with a fresh secret, then handed over, then settled by an UPDATE that names the secret.
A worker that is killed in between leaves it SENDING; after a while it becomes UNKNOWN, and a person decides. So nothing
is sent twice without somebody knowing, and what was never begun is sent by the next worker.
"""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from soyol.audit import By
from soyol.audit.actions import record
from soyol.fields import blind_index
from soyol.notices import gateways, letters, queries, rules
from soyol.notices.choices import Channel, MessageState
from soyol.notices.gateways import NotSent, Unclear
from soyol.notices.models import Message

log = logging.getLogger("soyol.notices")

#: Messages taken in one round: a round holds one connection, and a worker that is to stop waits for its end.
AT_ONCE = 10
#: After so long a message that is being sent is nobody's any more: each answer may take 20 seconds, and there are few.
SILENT_AFTER = timedelta(minutes=5)

S = MessageState
#: Hands one message over and returns what the other side calls it; raises NotSent or Unclear.
Hand = Callable[[Message], str]


def deliver(channel: Channel) -> int:
    """Send what is due by one way; returns how many messages were taken up. Safe beside other workers."""
    now = timezone.now()
    _give_up_silent(channel, now)
    due = list(queries.due(now).filter(channel=channel)[:AT_ONCE])
    if not due:
        return 0
    if not queries.leaves(channel):
        ours = Message.objects.filter(pk__in=[message.pk for message in due], state=S.WAITING)
        return ours.update(state=S.KEPT, next_try_at=None)
    try:
        with _opened(channel) as hand:
            return _deliver_all(due, hand)
    except NotSent as fault:  # no connection at all
        log.warning("messages wait for a connection", extra={"code": fault.code, "count": len(due)})
        for message in due:
            _deliver_one(message, _refusing(fault))
    return len(due)


def deliver_letters() -> int:
    """Send the letters that are due."""
    return deliver(Channel.MAIL)


def deliver_texts() -> int:
    """Send the text messages that are due."""
    return deliver(Channel.SMS)


@contextmanager
def _opened(channel: Channel) -> Iterator[Hand]:
    if channel == Channel.SMS:
        gateway = gateways.gateway()
        yield lambda one: gateway.send(number=one.address or "", text=one.body or "", key=_key(one))
        return
    with letters.opened() as hand:

        def hand_letter(one: Message) -> str:
            told = letters.letter(
                address=one.address or "",
                subject=one.subject or "",
                body=one.body or "",
                language=one.language,
                key=_key(one),
                reply_to=one.reply_to or "",
                way_out=one.way_out or "",
            )
            hand(told)
            return str(told.extra_headers["Message-ID"])

        yield hand_letter


def _refusing(fault: NotSent) -> Hand:
    def refuse(_message: Message) -> str:
        raise fault

    return refuse


def _key(message: Message) -> str:
    """The same for each try of a message, of no other message of any site, and telling nothing."""
    return blind_index(str(message.pk), "key of a message")[:32]


def _deliver_all(due: list[Message], hand: Hand) -> int:
    """How many were taken up: all, or those up to the one at which the connection broke; the others are due still."""
    for place, message in enumerate(due, start=1):
        if not _deliver_one(message, hand):
            return place
    return len(due)


def _deliver_one(message: Message, hand: Hand) -> bool:
    """Take a message if it still waits, hand it over and settle it; whether the connection can take the next one."""
    now = timezone.now()
    if message.expires_at is not None and message.expires_at <= now:
        _settle(message, (S.WAITING,), S.DROPPED, error_code="notices.too_old", next_try_at=None)
        return True
    lease = secrets.token_hex(16)
    taken = {"state": S.SENDING, "lease": lease, "begun_at": now, "next_try_at": None, "tries": F("tries") + 1}
    if not Message.objects.filter(pk=message.pk, state=S.WAITING).update(**taken):
        return True  # another worker was quicker, or somebody dropped it
    message.lease, message.tries = lease, message.tries + 1
    try:
        reference = hand(message)
    except NotSent as fault:
        _not_sent(message, fault)
        return fault.code != gateways.UNREACHABLE
    except Unclear as fault:
        _settle(message, (S.SENDING,), S.UNKNOWN, error_code=fault.code)
        return False
    except Exception:  # whatever it is, the message may be on its way
        log.exception("a message was left in the middle", extra={"code": message.purpose})
        _settle(message, (S.SENDING,), S.UNKNOWN, error_code="notices.unexpected")
        return False
    _settle(message, (S.SENDING, S.UNKNOWN), S.SENT, sent_at=timezone.now(), reference=reference, error_code="")
    return True


def _not_sent(message: Message, fault: NotSent) -> None:
    pause = rules.pause_after(message.tries) if fault.again else None
    if pause is None:
        _settle(message, (S.SENDING, S.UNKNOWN), S.FAILED, error_code=fault.code)
        return
    mine = Message.objects.filter(pk=message.pk, lease=message.lease, state=S.SENDING)
    waits = {"state": S.WAITING, "lease": "", "next_try_at": timezone.now() + pause, "error_code": fault.code}
    if not mine.filter(address__isnull=False, body__isnull=False).update(**waits):
        # Whom it was for was erased meanwhile: there is nothing to try again with.
        _settle(message, (S.SENDING,), S.DROPPED, error_code=fault.code)


@transaction.atomic
def _settle(message: Message, before: tuple[MessageState, ...], state: MessageState, **values: object) -> bool:
    """Write how it ended, if it is still ours, and the entry of the audit; a code that is over is emptied."""
    over = message.forget_body and state in {S.SENT, S.DROPPED}
    emptied: dict[str, object] = {"subject": None, "body": None, "way_out": None} if over else {}
    mine = Message.objects.filter(pk=message.pk, lease=message.lease, state__in=before)
    if not mine.update(state=state, **values, **emptied):
        return False
    detail = {"way": message.channel, "outcome": str(state), "error_code": values.get("error_code", "")}
    record(By.system("outbox"), "notices.message.deliver", f"notices.Message:{message.pk}", detail)
    return True


def _give_up_silent(channel: Channel, now: datetime) -> None:
    """Messages whose sender fell silent: perhaps they went out, so a person decides."""
    silent = Message.objects.filter(channel=channel, state=S.SENDING, begun_at__lt=now - SILENT_AFTER)
    for message in silent[:AT_ONCE]:
        _settle(message, (S.SENDING,), S.UNKNOWN, error_code="notices.silent")
