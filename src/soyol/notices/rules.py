"""What an address is, how long a text is, which states follow which, how long a message waits and is kept."""

import re
from datetime import timedelta

from django.utils.translation import gettext_noop

from soyol import fields
from soyol.notices.choices import Channel, MessageState

S = MessageState

#: From a state to those that may follow. UNKNOWN to SENT or FAILED: whoever was thought dead came back and knows.
TRANSITIONS: dict[MessageState, frozenset[MessageState]] = {
    S.WAITING: frozenset({S.SENDING, S.KEPT, S.UNKNOWN, S.DROPPED}),
    S.SENDING: frozenset({S.SENT, S.WAITING, S.UNKNOWN, S.FAILED}),
    S.SENT: frozenset(),
    S.KEPT: frozenset({S.WAITING, S.DROPPED}),
    S.UNKNOWN: frozenset({S.WAITING, S.SENT, S.FAILED, S.DROPPED}),
    S.FAILED: frozenset({S.WAITING, S.DROPPED}),
    S.DROPPED: frozenset({S.WAITING}),
}
#: What a person may send once more, and what a person may decide not to send.
AGAIN = frozenset(state for state, to in TRANSITIONS.items() if S.WAITING in to and state != S.SENDING)
DROPPABLE = frozenset(state for state, to in TRANSITIONS.items() if S.DROPPED in to)

#: Minutes to wait after each try that did not succeed; after as many tries as there are pauses, a message has failed.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
#: How long a code or link is kept for which nobody said how long it works.
CODE_WORKS = timedelta(hours=24)
#: Text messages of more parts are refused: they cost as many messages, and arrive in pieces.
MOST_PARTS = 6

REFUSALS: dict[str, str] = {
    "mail_address": gettext_noop("“%(address)s” is no e-mail address. Write it as name@example.org."),
    "number": gettext_noop("“%(address)s” is no telephone number. Write it with its digits, such as +976 9911 2233."),
    "empty": gettext_noop("The message says nothing. Write its text."),
    "too_long": gettext_noop("The text makes %(parts)d text messages, and at most %(most)d are sent. Shorten it."),
    "state": gettext_noop("This cannot be done with a message that is “%(state)s”. Look at the page again."),
    "gone": gettext_noop("The text of this message is not kept any more, so it cannot be sent again. Make a new one."),
    "too_old": gettext_noop("What this message says does not work any more. Make a new one."),
    "nothing_leaves": gettext_noop("Nothing leaves this site on this way. Whoever runs it must set up sending first."),
}
#: One sign before it, one after it, a domain after the at sign; what it may be beyond that only its server knows.
_MAIL = re.compile(r"[^@\s<>\"'(),:;\\\[\]]{1,64}@[^@\s<>\"'(),:;\\\[\]]{1,250}")
_NUMBER = re.compile(r"\+?\d{4,15}")
_BETWEEN_DIGITS = re.compile(r"[\s().\-/\u2010-\u2015]+")


class Refused(fields.Refused):
    """An action about messages that the rules do not allow."""

    texts = REFUSALS


def tidy_address(channel: Channel, address: str) -> str:
    """An address as it is kept and compared: a domain in lower case, a number as digits. Raises Refused."""
    if channel == Channel.MAIL:
        tidy = address.strip()
        name, _at, domain = tidy.rpartition("@")
        if not _MAIL.fullmatch(tidy):
            raise Refused("mail_address", address=address)
        return f"{name}@{domain.lower()}"
    tidy = _BETWEEN_DIGITS.sub("", address)
    if not _NUMBER.fullmatch(tidy):
        raise Refused("number", address=address)
    return tidy


def compared(channel: Channel, address: str) -> str:
    """A tidy address as it is looked for: nobody's post office tells names apart by capitals."""
    return tidy_address(channel, address).lower()


def masked(channel: Channel, address: str) -> str:
    """As much of an address as tells its owner that it is theirs: b…@example.org, …33."""
    if channel == Channel.MAIL:
        return f"{address[:1]}…@{address.rpartition('@')[2]}"
    return f"…{address[-2:]}"


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after the ``tries``-th try that did not succeed (from 1); None: no more tries."""
    return timedelta(minutes=PAUSES[tries - 1]) if tries <= len(PAUSES) else None


# -- Length of text messages (3GPP TS 23.038): one alphabet of 7 bits, and UCS-2 for everything else ------------------
_SEVEN_BITS = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("\f^{}\\[~]|€")
#: Letters that fit into the only part, and into each of several.
SEVEN_BIT_LETTERS = (160, 153)
CYRILLIC_LETTERS = (70, 67)


def is_seven_bit(text: str) -> bool:
    """Whether a text fits the short alphabet of telephones; one Cyrillic letter is enough that it does not."""
    return _SEVEN_BITS.union(_TWICE).issuperset(text)


def parts_of(text: str) -> int:
    """How many text messages a text makes; 0 for none. A sign of two units is never split between two of them."""
    if is_seven_bit(text):
        (alone, each), sizes = SEVEN_BIT_LETTERS, [2 if sign in _TWICE else 1 for sign in text]
    else:
        (alone, each), sizes = CYRILLIC_LETTERS, [2 if ord(sign) > 0xFFFF else 1 for sign in text]
    if sum(sizes) <= alone:
        return 1 if sizes else 0
    parts, room = 1, each
    for size in sizes:
        if size > room:
            parts, room = parts + 1, each
        room -= size
    return parts
