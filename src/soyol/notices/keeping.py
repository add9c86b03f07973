"""How long messages that left the house are kept: codes, texts, addresses, and whom they were about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import ANSWERED, DONE, Row, keeps
from soyol.notices.choices import MessageState
from soyol.notices.models import Message

S = MessageState
NO_TEXT: dict[str, Any] = {"subject": None, "body": None, "reply_to": None, "way_out": None}
NO_ADDRESS: dict[str, Any] = {"address": None, "address_digest": ""}
HAS_TEXT = Q(body__isnull=False) | Q(subject__isnull=False)
_MADE = gettext_noop("the message was made")


def codes(before: datetime) -> QuerySet[Message]:
    """Codes and links that do not work any more."""
    over = Message.objects.filter(HAS_TEXT, expires_at__lte=before, forget_body=True)
    return over.exclude(state__in=[S.SENDING, S.WAITING])


def texts(before: datetime) -> QuerySet[Message]:
    """Old messages of which a text is kept; codes have a time of their own."""
    return _still(before).filter(HAS_TEXT, forget_body=False)


def addresses(before: datetime) -> QuerySet[Message]:
    """Old messages of which the address is kept."""
    return _still(before).filter(address__isnull=False)


def _about(before: datetime) -> QuerySet[Message]:
    return _still(before).exclude(about="")


def _still(before: datetime) -> QuerySet[Message]:
    return Message.objects.exclude(state__in=[S.WAITING, S.SENDING]).filter(made_at__lt=before)


def _no_text(by: Any, keys: Sequence[Any]) -> None:
    Message.objects.filter(pk__in=keys).update(**NO_TEXT)


def _no_address(by: Any, keys: Sequence[Any]) -> None:
    Message.objects.filter(pk__in=keys).update(**NO_ADDRESS)


def _nobody(by: Any, keys: Sequence[Any]) -> None:
    Message.objects.filter(pk__in=keys).update(about="")


MESSAGES = ("notices.Message",)
keeps(
    Row(
        "notices.code",
        MESSAGES,
        gettext_noop("codes and links in messages"),
        DONE,
        gettext_noop("the code or link ceased to work"),
        codes,
        _no_text,
        emptied=True,
    ),
    Row(
        "notices.text",
        MESSAGES,
        gettext_noop("subject and text of messages"),
        gettext_noop("So long somebody may ask what was written to them."),
        _MADE,
        texts,
        _no_text,
        emptied=True,
    ),
    Row(
        "notices.address",
        MESSAGES,
        gettext_noop("addresses of messages"),
        gettext_noop("So long somebody may ask why a message did not arrive."),
        _MADE,
        addresses,
        _no_address,
        emptied=True,
    ),
    Row(
        "notices.about",
        MESSAGES,
        gettext_noop("whom a message was about; what is left is a message of some day"),
        ANSWERED,
        _MADE,
        _about,
        _nobody,
        emptied=True,
    ),
)
