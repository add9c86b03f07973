"""What a holder asks about an entry: a value to be corrected, a row about somebody else, an end."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record as write
from soyol.claims.actions.opening import where_decided
from soyol.fields.versions import Stale
from soyol.registry.choices import ActorKind
from soyol.registry.models import Actor
from soyol.registry.queries.shown import current_identities
from soyol.registry.queries.typed import ADDABLE
from soyol.registry.rules import FIELDS
from soyol.rights.actions.evidence import Sent, keep_evidence, tidy_evidence
from soyol.rights.choices import RequestKind, RequestState, StepKind
from soyol.rights.models import Request
from soyol.rights.queries.requests import CORRECTABLE
from soyol.rights.rules import Refused, due_on, may_follow
from soyol.sources.models import SourceRecord


@transaction.atomic
def propose(
    *,
    by: By,
    user: User,
    actor: Actor,
    field: str,
    values: Mapping[str, Any],
    shown: Sequence[str] = (),
    why: str = "",
    evidence: Sequence[Sent] = (),
    language: str = "",
) -> Request:
    """Propose another value of one field. ``values``: record columns; ``shown``: what is shown now, in words.

    Raises Refused where the field is none that can be corrected, and where the same was asked and waits.
    """
    if field not in CORRECTABLE.intersection(ADDABLE[actor.kind]):
        raise Refused("request_field", field=FIELDS[field].label() if field in FIELDS else field)
    told = {"field": field, "values": dict(values), "shown": list(shown), "why": why, "language": language}
    return _ask(by, user, actor, RequestKind.CORRECTION, evidence, **told)


@transaction.atomic
def deny_row(
    *,
    by: By,
    user: User,
    actor: Actor,
    record: SourceRecord,
    why: str = "",
    evidence: Sequence[Sent] = (),
    language: str = "",
) -> Request:
    """Say that a row of a list is about somebody else."""
    if not current_identities().filter(actor=actor, record=record).exists():
        raise Refused("request_row", number=actor.number)
    told = {"record": record, "why": why, "language": language}
    return _ask(by, user, actor, RequestKind.NOT_ME, evidence, **told)


@transaction.atomic
def tell_closure(
    *,
    by: By,
    user: User,
    actor: Actor,
    day: date,
    why: str = "",
    evidence: Sequence[Sent] = (),
    language: str = "",
) -> Request:
    """Say that an organisation or group has closed on ``day``."""
    if actor.kind == ActorKind.PERSON:
        raise Refused("request_kind")
    told = {"values": {"closed": day.isoformat()}, "why": why, "language": language}
    return _ask(by, user, actor, RequestKind.CLOSURE, evidence, **told)


@transaction.atomic
def withdraw(*, by: By, request: Request) -> Request:
    """Take back a request of one's own that was not decided."""
    if not may_follow(request.state, RequestState.WITHDRAWN):
        raise Refused("request_decided", state=request.get_state_display())
    request.state, request.decided_at = RequestState.WITHDRAWN, timezone.now()
    try:
        request.keep("state", "decided_at", state=RequestState.OPEN)
    except Stale:
        raise Refused("request_decided", state=Request.rows().get(pk=request.pk).get_state_display()) from None
    add_step(by, request, StepKind.WITHDRAWN)
    write(by, "rights.request.withdraw", f"rights.Request:{request.pk}", {"kind": request.kind})
    return request


def _ask(by: By, user: User, actor: Actor, kind: RequestKind, evidence: Sequence[Sent], **told: Any) -> Request:
    kinds = tidy_evidence(evidence)
    made = Request(kind=kind, actor=actor, user=user, due_on=due_on(timezone.localdate()), **told)
    made.unit_id = where_decided(actor)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused("request_open") from None
    keep_evidence(by, made, evidence, kinds)
    add_step(by, made, StepKind.MADE)
    detail = {"kind": str(kind), "document": bool(evidence), **({"fields": [made.field]} if made.field else {})}
    write(by, "rights.request.make", f"rights.Request:{made.pk}", detail)
    return made


def add_step(by: By, request: Request, kind: StepKind) -> None:
    """One line of the trace: when, by whom (as a number), for which office."""
    user = int(by.id) if by.kind == "person" and by.id.isdecimal() else None
    request.steps.create(kind=kind, user_id=user, office=by.on_behalf)
