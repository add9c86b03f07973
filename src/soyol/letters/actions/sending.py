"""Sending a letter: released by a person, then handed to the outbox one by one, each person once.

Who has a ``Delivery`` was written to; it is written in one transaction with the message. Consent, address and the state
of the letter are asked in that transaction too: whoever says no, and whoever stops the letter, is obeyed at once.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.fields.versions import Stale
from soyol.jobs import actions as jobs
from soyol.jobs.models import Job
from soyol.jobs.registry import handles
from soyol.jobs.work import Cancelled, Later, Work
from soyol.jobs.work import Refused as WorkRefused
from soyol.letters.actions.wording import words_of
from soyol.letters.actions.writing import count
from soyol.letters.choices import LetterState
from soyol.letters.models import Delivery, Letter
from soyol.letters.queries.addresses import Address, addresses
from soyol.letters.queries.counting import entries_of
from soyol.letters.queries.finding import written_to
from soyol.letters.rules import ALONE, TRANSITIONS, Refused, needs_second, room_left
from soyol.notices.actions import send
from soyol.notices.choices import Channel
from soyol.registry.models import Actor
from soyol.sources.actions.work import require_still

SEND = "letters.send"
#: People looked at before rights, stopping and the minute's room are asked again.
AT_ONCE = 20
MINUTE = timedelta(minutes=1)
S = LetterState


@transaction.atomic
def release(*, by: By, user: User, letter: Letter, version: int) -> Letter:
    """Let a counted letter go out. It is counted anew first: Refused where nobody is left, and where it goes to so many
    that somebody else than its writer must release it. Raises Stale where somebody was quicker.
    """
    if letter.version != version:
        raise Stale(letter)
    told = count(by=by, letter=letter)
    if not told.people:
        raise Refused("nobody_to_write_to")
    if needs_second(told.people) and user.pk == letter.writer_id:
        raise Refused("second_officer", n=told.people, most=ALONE)
    letter.state, letter.released_at = S.SENDING, timezone.now()
    letter.released_by_id, letter.released_by = user.pk, user.name
    letter.job_id = jobs.enqueue(SEND, {"letter": letter.pk}, by=by, key=f"{SEND}:{letter.pk}").pk
    letter.keep("state", "released_at", "released_by_id", "released_by", "job_id", state=S.COUNTED)
    record(by, "letters.letter.release", f"letters.Letter:{letter.pk}", {"count": told.people})
    return letter


@transaction.atomic
def go_on(*, by: By, letter: Letter) -> Letter:
    """Send on where the work ended in the middle: by a fault, or because somebody cancelled it."""
    letter = Letter.rows().select_for_update(of=("self",)).get(pk=letter.pk)
    under_way = letter.job_id is not None and Job.objects.filter(pk=letter.job_id, ended_at__isnull=True).exists()
    if letter.state != S.SENDING or under_way:
        raise Refused("letter_state", state=letter.get_state_display())
    job = jobs.enqueue(SEND, {"letter": letter.pk}, by=by)
    Letter.rows().filter(pk=letter.pk).update(job_id=job.pk)
    letter.job_id = job.pk
    record(by, "letters.letter.go_on", f"letters.Letter:{letter.pk}")
    return letter


@transaction.atomic
def stop(*, by: By, letter: Letter) -> Letter:
    """Let nobody more have it. Whoever was written to stays written to. Raises Refused where it has ended."""
    _end(by, letter, S.STOPPED)
    return letter


def _end(by: By, letter: Letter, to: LetterState) -> None:
    """Bring a letter to one of its ends, with who was written to; of two who do so at once one does."""
    before = [state for state, after in TRANSITIONS.items() if to in after]
    ended = {"state": to, "ended_at": timezone.now(), "ended_by": by.name or by.kind, "version": letter.version + 1}
    if not Letter.rows().filter(pk=letter.pk, state__in=before).update(**ended):
        letter.refresh_from_db()
        raise Refused("letter_state", state=letter.get_state_display())
    letter.refresh_from_db()
    told = {"state": str(to), "count": written_to(letter)}
    record(by, "letters.letter.end", f"letters.Letter:{letter.pk}", told)


def may_write(user: User, letter: Letter) -> bool:
    """Whether an account may write to the people of a letter today."""
    return accounts.may(user, Permission.WRITE_LETTERS, letter.unit_id)


@handles(SEND)
def _send(work: Work, payload: dict[str, Any]) -> dict[str, Any] | None:
    letter = Letter.rows().get(pk=payload["letter"])
    try:
        return _send_all(work, letter)
    except (Cancelled, WorkRefused):
        # Nobody may let it lie half-sent without knowing: it is stopped, and says so.
        if Letter.rows().filter(pk=letter.pk, state=S.SENDING).exists():
            stop(by=work.by, letter=letter)
        raise


def _send_all(work: Work, letter: Letter) -> dict[str, Any] | None:
    """Write to everybody, as long as the letter goes out; what came of it, None where the work ended itself."""
    while letter.state == S.SENDING:
        require_still(work, lambda user: may_write(user, letter))
        work.check_cancelled()
        if not _send_some(work, letter):
            with transaction.atomic():
                _end(work.by, letter, S.SENT)
                work.finish({"letter": letter.pk, "count": written_to(letter)})
            return None
        letter.refresh_from_db()
    return {"letter": letter.pk, "count": written_to(letter)}


def _send_some(work: Work, letter: Letter) -> bool:
    """Write to the next few; False when there is nobody left. Raises Later where the minute is full."""
    room = room_left(Delivery.objects.filter(at__gt=timezone.now() - MINUTE).count())
    if not room:
        raise Later(MINUTE / 6)
    last = int(work.last_checkpoint.get("actor", 0))
    waiting = entries_of(letter).filter(actor_id__gt=last).order_by("actor_id")
    actors = list(waiting.values_list("actor_id", flat=True)[: min(AT_ONCE, room)])
    for actor in actors:
        with transaction.atomic():
            _write_to(work.by, letter.pk, actor)
            work.checkpoint({"actor": actor})
    work.progress(written_to(letter), letter.counts.get("mail", 0) + letter.counts.get("texts", 0))
    return bool(actors)


def _write_to(by: By, letter_pk: int, actor_pk: int) -> None:
    """Write to one person if, at this instant, the letter goes out, they agree, and they have an address."""
    letter = Letter.rows().select_for_update(of=("self",)).get(pk=letter_pk)
    # Whoever withdraws their consent at this moment locks the same row: one of the two comes first.
    actor = Actor.objects.select_for_update().get(pk=actor_pk)
    if letter.state != S.SENDING or Delivery.objects.filter(letter=letter, actor=actor).exists():
        return
    if not letter.has_second and needs_second(written_to(letter) + 1):
        raise WorkRefused("letters.second_officer")
    if not entries_of(letter).filter(actor=actor).exists():
        return
    address = addresses([actor.pk]).get(actor.pk)
    if address is not None and (address.channel == Channel.MAIL or letter.shorts):
        _deliver(by, letter, actor, address)


def _deliver(by: By, letter: Letter, actor: Actor, address: Address) -> None:
    delivery = Delivery(letter=letter, actor=actor, channel=address.channel, language=address.language)
    delivery.save(force_insert=True)
    words = words_of(letter, delivery)
    delivery.message = send(
        by=by,
        channel=address.channel,
        address=address.value,
        subject=words.subject,
        body=words.body,
        purpose="letters.letter",
        about=f"registry.Actor:{actor.number}",
        language=address.language,
        reply_to=letter.reply_to if address.channel == Channel.MAIL else "",
        way_out=words.way_out if address.channel == Channel.MAIL else "",
    )
    delivery.save(update_fields=["message"])
