"""Reading messages: by address, by whom they are about, what is due."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from soyol.fields import blind_index
from soyol.notices import rules
from soyol.notices.choices import Channel, MessageState
from soyol.notices.models import Message

#: Setting that says how messages of a way leave the site.
SETTINGS = {Channel.MAIL: "SOYOL_MAIL", Channel.SMS: "SOYOL_SMS"}
#: What it says where nothing leaves the site at all.
NOTHING_LEAVES = "outbox"
#: Days for which somebody is asked what becomes of a message that did not arrive.
ASKED_DAYS = 30


def digest_of(channel: Channel, address: str) -> str:
    """The keyed hash by which messages to an address are found. Raises Refused where it is none."""
    return blind_index(rules.compared(channel, address), f"address by {channel}")


def leaves(channel: Channel) -> bool:
    """Whether messages of this way leave the site, or are only kept in its outbox."""
    return bool(getattr(settings, SETTINGS[channel]) != NOTHING_LEAVES)


def to_address(channel: Channel, address: str) -> QuerySet[Message]:
    """Messages to an address, newest first."""
    return Message.objects.filter(channel=channel, address_digest=digest_of(channel, address))


def about(target: str) -> QuerySet[Message]:
    """Messages about somebody (a target as the audit writes it), newest first."""
    return Message.objects.filter(about=target)


def due(now: datetime) -> QuerySet[Message]:
    """Messages whose time has come, oldest first."""
    return Message.objects.filter(state=MessageState.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")


def undecided() -> list[tuple[str, int]]:
    """Messages of the last days that failed, or of which nobody knows whether they arrived: state and how many."""
    recent = Message.objects.filter(
        state__in=[MessageState.FAILED, MessageState.UNKNOWN], made_at__gte=timezone.now() - timedelta(days=ASKED_DAYS)
    )
    return list(recent.order_by("state").values_list("state").annotate(n=Count("pk")))
