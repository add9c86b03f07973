"""What is taken away from messages: by erasure, because it is over, because it is old, after a restore."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from soyol.audit import By
from soyol.audit.actions import record
from soyol.fields.keeping import period
from soyol.notices.choices import MessageState
from soyol.notices.keeping import NO_ADDRESS, NO_TEXT, addresses, codes, texts
from soyol.notices.models import Message

S = MessageState
#: What the audit calls all messages together.
ALL = "notices.Message"


@transaction.atomic
def forget(*, by: By, about: str = "", digests: Collection[str] = (), sparing: str = "") -> int:
    """Take address, subject and text out of all messages about somebody, or to addresses; returns out of how many.

    ``about`` is a target (``registry.Actor:A000000123``), ``digests`` are those of ``queries.digest_of``. What waits is
    not sent any more, but for letters of the purpose ``sparing``, which go out first. The rows stay, with state and
    dates, so that counts stay true. Harmless when done twice.
    """
    whose = Q(address_digest__in=[digest for digest in digests if digest])
    if about:
        whose |= Q(about=about)
    held = Q(address__isnull=False) | Q(subject__isnull=False) | Q(body__isnull=False)
    spared = Q(purpose=sparing, state__in=[S.WAITING, S.SENDING]) if sparing else Q(pk__in=[])
    found = list(Message.objects.filter(whose, held).exclude(spared).values_list("pk", flat=True))
    mine = Message.objects.filter(pk__in=found)
    mine.filter(state=S.WAITING).update(state=S.DROPPED, next_try_at=None, error_code="notices.erased")
    mine.update(**NO_ADDRESS, **NO_TEXT)
    record(by, "notices.outbox.forget", about or ALL, {"count": len(found)})
    return len(found)


def tidy() -> int:
    """Empty what is over or old; returns how many messages lost something. The worker does it every hour."""
    now = timezone.now()
    with transaction.atomic():
        count = _empty_codes(now) + _empty_old(now)
        if count:
            record(By.system("outbox"), "notices.outbox.tidy", ALL, {"count": count})
    return count


def _empty_codes(now: datetime) -> int:
    """Codes and links that do not work any more, and whatever waits too long."""
    over = Message.objects.filter(expires_at__lte=now)
    over.filter(state=S.WAITING).update(state=S.DROPPED, next_try_at=None, error_code="notices.too_old")
    return codes(period("notices.code").before(now)).update(**NO_TEXT)


def _empty_old(now: datetime) -> int:
    told = texts(period("notices.text").before(now)).update(**NO_TEXT)
    return told + addresses(period("notices.address").before(now)).update(**NO_ADDRESS)


@transaction.atomic
def hold_back(*, by: By) -> int:
    """Let a person decide about what waited when a backup was made: it went out since. Returns how many."""
    waiting = Message.objects.filter(state__in=[S.WAITING, S.SENDING])
    count = waiting.update(state=S.UNKNOWN, next_try_at=None, lease="", error_code="notices.restored")
    if count:
        record(by, "notices.outbox.hold_back", ALL, {"count": count})
    return count
