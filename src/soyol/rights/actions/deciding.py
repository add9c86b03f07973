"""What an officer decides about a request. The decision is carried out in the same transaction."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record as write
from soyol.notices.actions import send
from soyol.notices.choices import Channel
from soyol.registry import actions as registry
from soyol.registry.choices import DocumentKind, Standing
from soyol.registry.models import Actor
from soyol.registry.queries.numbers import end_of
from soyol.registry.queries.shown import current_identities
from soyol.registry.queries.stakes import staked_actors
from soyol.rights.actions.asking import add_step
from soyol.rights.actions.erasing import agree
from soyol.rights.actions.work import start_erasure
from soyol.rights.choices import RequestKind, RequestState, StepKind
from soyol.rights.models import Agreement, Request
from soyol.rights.rules import STEP_OF, Refused, is_part, may_follow

#: Why a row is there or a record moved. Reasons are kept as they are: no words of the person stand in them.
CORRECTED = gettext_noop("corrected at the person's request")


@transaction.atomic
def accept(
    *,
    by: By,
    officer: User,
    request: Request,
    version: int,
    decision: str = "",
    values: Mapping[str, Any] | None = None,
    document: str | None = None,
) -> Request:
    """Accept a request and do what it asks. ``values``: what the officer writes down instead of what was proposed.

    ``document``: kind of the one that proves it, "" for none; None: the files that were sent, where there are some.
    The person is told by letter, without the data. Raises Stale where somebody else decided meanwhile.
    """
    may_decide(officer, request)
    if request.kind == RequestKind.ERASURE and _wants_another(officer, request):
        agree(by=by, officer=officer, request=request, version=version)
        return request
    given = dict(request.values if values is None else values)
    state = RequestState.PART if is_part(request.values, given) else RequestState.ACCEPTED
    if state == RequestState.PART and not decision.strip():
        raise Refused("reason_missing")
    close(by, request, state, decision, version)
    if request.kind == RequestKind.ERASURE:
        start_erasure(by=by, request=request)
    elif request.kind == RequestKind.NOT_ME:
        _take_out(by, request)
    else:
        actor = end_of(Actor.objects.select_related("merged_into").get(pk=request.actor_id))
        proof = _by_evidence(request) if document is None else document
        registry.state_by_hand(
            by=by, actor=actor, values=given, reason=CORRECTED, standing=Standing.JUDGED, document=proof
        )
    tell(by, request)
    return request


@transaction.atomic
def refuse(*, by: By, officer: User, request: Request, version: int, decision: str) -> Request:
    """Refuse a request; the reason stands on the person's page."""
    may_decide(officer, request)
    if not decision.strip():
        raise Refused("reason_missing")
    close(by, request, RequestState.REFUSED, decision, version)
    tell(by, request)
    return request


def _wants_another(officer: User, request: Request) -> bool:
    """Whether somebody else must agree first: who holds money, an award or an office is erased by two officers."""
    actor = end_of(Actor.objects.select_related("merged_into").get(pk=request.actor_id))
    if not staked_actors([actor.pk]):
        return False
    first = Agreement.objects.filter(request=request).first()
    if first is not None and first.user_id == officer.pk:
        raise Refused("request_second")
    return first is None


def _by_evidence(request: Request) -> str:
    return DocumentKind.OTHER if request.evidence.exists() else ""


def may_decide(officer: User, request: Request) -> None:
    """Refuse whoever asked themselves."""
    if request.user_id == officer.pk:
        raise Refused("request_of_oneself")


def close(by: By, request: Request, state: RequestState, decision: str, version: int) -> None:
    """Bring a request into its last state, once; Stale where another version stands."""
    if not may_follow(request.state, state):
        raise Refused("request_decided", state=request.get_state_display())
    request.version = version
    request.state, request.decided_at, request.decision = state, timezone.now(), decision
    request.decided_by = by.name or by.kind
    request.keep("state", "decided_at", "decided_by", "decision", state=RequestState.OPEN)
    add_step(by, request, STEP_OF[state])
    told = {"kind": request.kind, "state": str(state)}
    write(by, "rights.request.decide", f"rights.Request:{request.pk}", told)


def _take_out(by: By, request: Request) -> None:
    record = request.record
    if record is None:
        raise Refused("request_row", number=request.actor.number)
    now = current_identities().filter(record=record).select_related("actor").first()
    asked = end_of(Actor.objects.select_related("merged_into").get(pk=request.actor_id))
    if now is None or now.actor_id != asked.pk:
        raise Refused("request_row", number=asked.number)
    if current_identities().filter(actor=asked).count() == 1:
        raise Refused("request_only_row", number=asked.number)
    registry.split(by=by, actor=asked, records=[record], reason=CORRECTED)


def tell(by: By, request: Request) -> None:
    """A letter in the person's language. What was asked and decided stands on their page, never in it."""
    language = request.language or settings.LANGUAGE_CODE
    with override(language):
        subject = gettext("Your request about your data was decided")
        words = gettext("Open your page to read what was decided, and why. There you can also see each step.")
        page = "erase" if request.kind == RequestKind.ERASURE else "corrections"
        body = f"{words}\n\n{settings.SOYOL_ORIGIN}/me/{request.actor.number}/{page}/\n"
    send(
        by=by,
        channel=Channel.MAIL,
        address=request.user.email,
        subject=subject,
        body=body,
        purpose="rights.decided",
        about=f"registry.Actor:{request.actor.number}",
        language=language,
    )
    add_step(by, request, StepKind.TOLD)
