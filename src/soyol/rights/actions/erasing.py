"""Erasing somebody: asked for, decided, done in short steps that can be repeated, and done again after a restore."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from soyol.accounts.actions import erase_account
from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record as write
from soyol.certificates.actions import forget_facts
from soyol.claims.actions.erasing import empty_claims_of, erase_claims
from soyol.claims.actions.opening import where_decided
from soyol.files import actions as files
from soyol.files.models import StoredFile
from soyol.jobs.models import Job
from soyol.jobs.registry import leaving_files
from soyol.notices.actions.forgetting import forget
from soyol.notices.choices import Channel
from soyol.notices.models import Message
from soyol.notices.queries import digest_of
from soyol.notices.rules import Refused as NoAddress
from soyol.profiles.actions.writing import erase as erase_profile
from soyol.registry.actions.erasing import erase_entry
from soyol.registry.models import Actor, Statement
from soyol.rights.actions.asking import add_step
from soyol.rights.choices import RequestKind, RequestState, StepKind
from soyol.rights.models import Agreement, Request
from soyol.rights.queries import erasures
from soyol.rights.queries.erasable import numbers_of, whole
from soyol.rights.rules import Refused, due_on
from soyol.sources.actions.erasing import close_rows, empty_rows, take_out_of_files
from soyol.surveys.actions.erasing import erase_answers

ROWS = 200
#: What the letter about the decision is for: it goes out before it is forgotten.
LETTER = "rights.decided"
#: Fields whose values are addresses, and the way by which something was sent there.
ADDRESSES = {"emails": Channel.MAIL, "phones": Channel.SMS}


@transaction.atomic
def ask_erasure(
    *, by: By, user: User, actor: Actor, why: str = "", account_too: bool = False, language: str = ""
) -> Request:
    """Ask that everything is erased that the law lets us erase. Raises Refused where it was asked for already."""
    made = Request(kind=RequestKind.ERASURE, actor=actor, user=user, why=why, account_too=account_too)
    made.language, made.due_on, made.unit_id = language, due_on(timezone.localdate()), where_decided(actor)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused("request_open") from None
    add_step(by, made, StepKind.MADE)
    write(by, "rights.request.make", f"rights.Request:{made.pk}", {"kind": made.kind, "document": False})
    return made


@transaction.atomic
def agree(*, by: By, officer: User, request: Request, version: int) -> None:
    """The first of two officers agrees; the request waits for another one."""
    if Agreement.objects.filter(request=request).exists():
        raise Refused("request_second")
    request.version = version
    request.keep(state=RequestState.OPEN)
    Agreement.objects.create(request=request, user_id=officer.pk)
    add_step(by, request, StepKind.AGREED)
    write(by, "rights.request.agree", f"rights.Request:{request.pk}", {"kind": request.kind})


def erase(
    *, by: By, actor: Actor, account: User | None = None, at: str = "", tell: Callable[[int, int], None] | None = None
) -> None:
    """Erase an actor with every number that leads to it; ``account``: goes as well.

    Each step is a transaction of its own and harmless when done again, so that a killed erasure is finished by the
    next one. First of all the list outside of the database names it: whatever comes after, a restore erases again.
    """
    at = at or timezone.now().isoformat()
    actors, free, legal = whole(actor)
    actors |= _named_before(actor, at)
    erasures.add(at, numbers_of(actors), account.pk if account else 0)
    digests = _digests([*free, *legal])
    parts: list[Callable[[], object]] = [
        lambda: _forget_messages(by, _targets(actors, account), digests),
        *(partial(erase_profile, by=by, actor=each) for each in Actor.objects.filter(pk__in=actors)),
        lambda: forget_facts(by=by, actors=actors),
        lambda: erase_claims(by=by, actors=actors),
        lambda: _erase_requests(by, actors),
        lambda: _forget_workbooks(by),
        lambda: take_out_of_files(by=by, records=free),
        lambda: erase_answers(by=by, records=free),
        lambda: erase_entry(by=by, actors=actors, records=[*free, *legal]),
        lambda: _in_parts(free, lambda part: empty_rows(by=by, records=part)),
        lambda: _in_parts(legal, lambda part: close_rows(by=by, records=part)),
        *([lambda: erase_account(by=by, user=account)] if account is not None else []),
        files.sweep,
        empty_log,
    ]
    for done, part in enumerate(parts, start=1):
        part()
        if tell is not None:
            tell(done, len(parts))


def _named_before(actor: Actor, at: str) -> set[int]:
    """Numbers that a killed erasure had named already, of which nobody knows by now that they led here."""
    named = [each.numbers for each in erasures.erasures() if each.at == at and actor.number in each.numbers]
    return set(Actor.objects.filter(number__in={one for each in named for one in each}).values_list("pk", flat=True))


def again(*, by: By) -> int:
    """Erase everybody again whom the list names: after a restore of a backup that still held them. How many lines."""
    told = erasures.erasures()
    for each in told:
        account = User.objects.filter(pk=each.account, is_active=True).first() if each.account else None
        for actor in Actor.objects.filter(number__in=each.numbers, merged_into__isnull=True):
            erase(by=by, actor=actor, account=account, at=each.at)
        if account is not None and not each.numbers:
            remove_account(by=by, user=account)
    if told:
        with transaction.atomic():
            write(by, "rights.erasure.repeat", "rights.Request", {"count": len(told)})
    return len(told)


@transaction.atomic
def remove_account(*, by: By, user: User) -> None:
    """Take an account away that holds nothing, with its claims and all messages to it; harmless when done again."""
    forget(by=by, about=f"accounts.User:{user.pk}", digests=[_digest(Channel.MAIL, user.email)])
    empty_claims_of(by=by, user=user)
    erase_account(by=by, user=user)


def _in_parts(records: Sequence[int], act: Callable[[Sequence[int]], object]) -> None:
    for start in range(0, len(records), ROWS):
        act(records[start : start + ROWS])


def _digests(records: Collection[int]) -> set[str]:
    """What messages to addresses of theirs are found by."""
    told = Statement.objects.filter(record_id__in=records, field__in=ADDRESSES)
    return {digest for each in told if (digest := _digest(ADDRESSES[each.field], each.text))}


def _digest(channel: Channel, address: str) -> str:
    try:
        return digest_of(channel, address)
    except NoAddress:  # a list may hold anything in a column of addresses, and nothing was ever sent to that
        return ""


def _forget_messages(by: By, targets: Sequence[str], digests: Collection[str]) -> None:
    for at, target in enumerate(targets):
        forget(by=by, about=target, digests=() if at else digests, sparing=LETTER)


def _targets(actors: Collection[int], account: User | None) -> list[str]:
    found = [f"registry.Actor:{number}" for number in numbers_of(actors)]
    return [*found, f"accounts.User:{account.pk}"] if account is not None else found


@transaction.atomic
def _erase_requests(by: By, actors: Collection[int]) -> None:
    """What was written and sent with requests; that there were some, when and how they ended, stays."""
    for request in Request.rows().filter(actor__in=actors).prefetch_related("evidence__file"):
        for proof in request.evidence.all():
            proof.delete()
            files.forget(by=by, stored=proof.file)
    every = Request.rows().filter(actor__in=actors)
    every.filter(state=RequestState.OPEN).update(state=RequestState.WITHDRAWN, decided_at=timezone.now())
    every.update(values={}, shown=[], why="", decision="", version=F("version") + 1)


@transaction.atomic
def _forget_workbooks(by: By) -> None:
    """Every workbook that somebody had made: whom one contains is not known, and it is made again in a minute."""
    made = [str((job.result or {}).get("file", "")) for job in Job.objects.filter(kind__in=leaving_files())]
    for stored in StoredFile.objects.filter(pk__in=[pk for pk in made if pk], forgotten_at__isnull=True):
        files.forget(by=by, stored=stored)


def forget_letters() -> int:
    """Forget the letters by which people were told that they are erased, once they went out; at a worker's start."""
    erased = Request.rows().filter(kind=RequestKind.ERASURE, steps__kind=StepKind.ERASED)
    about = [f"registry.Actor:{number}" for number in erased.values_list("actor__number", flat=True)]
    still = [target for target in about if Message.objects.filter(about=target, body__isnull=False).exists()]
    _forget_messages(By.system("erasure"), still, ())
    return len(still)


def empty_log() -> None:
    """Let what was written and is no more leave SQLite's write-ahead log; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
