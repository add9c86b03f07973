"""Asking once a year whether what is held is still right, and taking the answer.

It is no advertising: whoever keeps data of people must keep them right. So it does not hang on the consent to be
written to about calls. It goes by mail only, to addresses that letters go to.
"""

import secrets
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.jobs import actions as jobs
from soyol.jobs.models import Job
from soyol.jobs.registry import handles
from soyol.jobs.work import Later, Work
from soyol.letters.models import Asking, Delivery
from soyol.letters.queries.addresses import Address, addresses
from soyol.letters.queries.asking import asking_for, link_digest, to_be_asked
from soyol.letters.rules import ASK_DAYS, LINK_WORKS, STILL_PLACE, Refused, room_left
from soyol.notices.actions import send
from soyol.notices.choices import Channel
from soyol.registry.actions import confirm
from soyol.registry.choices import ActorState, ConfirmedBy
from soyol.registry.models import Actor, Confirmation
from soyol.registry.queries.numbers import end_of
from soyol.registry.queries.scope import Scope
from soyol.sources.actions.work import require_still

ASK = "letters.ask"
#: Entries looked at before rights and the room of the minute are asked again.
AT_ONCE = 20
MINUTE = timedelta(minutes=1)


@transaction.atomic
def start_asking(*, by: By, units: list[str] | None, limit: int | None = None) -> Job:
    """Ask in the background everybody whose turn it is in these places (None: in the country), ``limit`` at most.

    What was asked for and has not ended is the same work.
    """
    told = {"units": units, "limit": limit}
    under_way = Job.objects.filter(kind=ASK, ended_at__isnull=True).order_by("pk")
    return next((job for job in under_way if job.payload == told), None) or jobs.enqueue(ASK, told, by=by)


@transaction.atomic
def ask(*, by: By, actor_pk: int) -> bool:
    """Ask one person, if it is their turn and they have an address; whether they were asked."""
    actor = Actor.objects.select_for_update().get(pk=actor_pk)  # of two workers one asks
    if not to_be_asked(Scope.whole()).filter(actor=actor).exists():
        return False
    address = addresses([actor.pk]).get(actor.pk)
    if address is None or address.channel != Channel.MAIL:
        return False
    today, token = timezone.localdate(), secrets.token_urlsafe(32)
    lately = Asking.objects.filter(actor=actor, cycle__gt=today - timedelta(days=ASK_DAYS)).order_by("number").last()
    made = Asking.objects.create(
        actor=actor,
        cycle=lately.cycle if lately else today,
        number=lately.number + 1 if lately else 0,
        digest=link_digest(token),
        expires_at=timezone.now() + LINK_WORKS,
    )
    _send(by, actor, address, made, token)
    return True


def _send(by: By, actor: Actor, address: Address, made: Asking, token: str) -> None:
    with override(address.language):
        subject = gettext("Is what the registry holds about you still right?")
        lines = [
            gettext(
                "The registry of culture holds an entry about you or about what you represent. Nothing new was heard "
                "of it for more than a year. Please open this address and say whether it is still right:"
            ),
            f"{settings.SOYOL_ORIGIN}{STILL_PLACE}{token}/",
            gettext("The link works once, until %(day)s. It shows nothing of what is held.")
            % {"day": timezone.localdate(made.expires_at).strftime("%Y.%m.%d")},
            gettext(
                "This is no advertising: whoever keeps data of people must keep them right. You get one such letter a "
                "year, and two reminders at most."
            ),
        ]
    send(
        by=by,
        channel=Channel.MAIL,
        address=address.value,
        subject=subject,
        body="\n\n".join(lines) + "\n",
        purpose="letters.still_correct",
        about=f"registry.Actor:{actor.number}",
        expires_at=made.expires_at,
        language=address.language,
        forget_body=True,
    )


@transaction.atomic
def answer(*, token: str) -> Confirmation | None:
    """Say by the link of a letter that everything is still right; once. None where nobody stands there any more.

    Raises Refused for a link that was used, is too old, or is none.
    """
    asked = asking_for(token)
    if asked is None or not Asking.objects.filter(pk=asked.pk, answered_at__isnull=True).update(
        answered_at=timezone.now()
    ):
        raise Refused("link_over")
    actor = end_of(asked.actor)
    if actor.state != ActorState.ACTIVE:
        return None
    return confirm(by=By.public(), actor=actor, way=ConfirmedBy.LINK)


def _may_ask(user: User, units: list[str] | None) -> bool:
    held = accounts.scope(user, Permission.WRITE_LETTERS)
    return isinstance(held, accounts.Scope) or (bool(units) and held.issuperset(units or ()))


@handles(ASK)
def _ask_all(work: Work, payload: dict[str, Any]) -> dict[str, Any]:
    units, limit = payload["units"], payload.get("limit")
    scope = Scope(None if units is None else frozenset(units))
    while True:
        require_still(work, lambda user: _may_ask(user, units))
        work.check_cancelled()
        done = int(work.last_checkpoint.get("asked", 0))
        if (limit is not None and done >= limit) or not _ask_some(work, scope, done, limit):
            break
    asked = int(work.last_checkpoint.get("asked", 0))
    with transaction.atomic():
        record(work.by, "letters.asking.end", "registry", {"count": asked})
        work.finish({"count": asked})
    return {"count": asked}


def _ask_some(work: Work, scope: Scope, done: int, limit: int | None) -> bool:
    """Ask the next few, the longest unheard first; False when there is nobody left. Raises Later for a full minute."""
    since = timezone.now() - MINUTE
    room = room_left(Delivery.objects.filter(at__gt=since).count() + Asking.objects.filter(asked_at__gt=since).count())
    if not room:
        raise Later(MINUTE / 6)
    day, last = work.last_checkpoint.get("day"), int(work.last_checkpoint.get("entry", 0))
    waiting = to_be_asked(scope)
    if day:
        beyond = waiting.filter(confirmed_on=date.fromisoformat(day), pk__gt=last)
        waiting = (beyond | waiting.filter(confirmed_on__gt=date.fromisoformat(day))).order_by("confirmed_on", "pk")
    most = min(AT_ONCE, room, AT_ONCE if limit is None else limit - done)
    entries = list(waiting.values_list("pk", "actor_id", "confirmed_on")[:most])
    for pk, actor, confirmed_on in entries:
        with transaction.atomic():
            done += ask(by=work.by, actor_pk=actor)
            work.checkpoint({"asked": done, "entry": pk, "day": str(confirmed_on)})
    work.progress(done, limit or 0)
    return bool(entries)
