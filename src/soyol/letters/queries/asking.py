"""Who is asked whether what is held is still right, and whom a link of such a letter is about."""

import hashlib
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from soyol.fields import reach
from soyol.letters.models import Asking
from soyol.letters.rules import ASK_DAYS, REMIND_AFTER, REMINDERS
from soyol.registry.choices import ActorState, Face
from soyol.registry.models import DirectoryEntry
from soyol.registry.queries.scope import Scope


def link_digest(token: str) -> str:
    """What is kept of a link: tokens are long and random, so a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


def asking_for(token: str) -> Asking | None:
    """The question that a link answers, while it can: in time, and none of its year was answered."""
    found = Asking.objects.filter(digest=link_digest(token), answered_at__isnull=True, expires_at__gt=timezone.now())
    with reach.opened("a question is found by its key alone"):
        asked = found.select_related("actor__merged_into").first()
    if asked is not None:
        reach.unlock("whoever has the link of a question answers it")
    return asked


def unconfirmed_for_a_year(scope: Scope, today: date | None = None) -> QuerySet[DirectoryEntry]:
    """Entries of which nothing was heard for a year, the oldest first; of most no address is known."""
    before = (today or timezone.localdate()) - timedelta(days=ASK_DAYS)
    there = DirectoryEntry.objects.filter(
        scope.condition(), face=Face.STAFF, ended=False, confirmed_on__lt=before, actor__state=ActorState.ACTIVE
    )
    return there.order_by("confirmed_on", "pk")


def to_be_asked(scope: Scope, now: datetime | None = None) -> QuerySet[DirectoryEntry]:
    """Those of ``unconfirmed_for_a_year`` whose turn it is: not asked for a year, or a reminder is due.

    Who said no to letters about calls is asked too, for lists must be right; they are not reminded.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    lately = Asking.objects.filter(actor=OuterRef("actor"), cycle__gt=today - timedelta(days=ASK_DAYS))
    last = lately.filter(Q(number__gte=REMINDERS) | Q(asked_at__gt=now - REMIND_AFTER) | Q(answered_at__isnull=False))
    reminded = Exists(lately) & ~Exists(last) & ~Q(actor__calls=False)
    return unconfirmed_for_a_year(scope, today).filter(~Exists(lately) | reminded)
