"""Asking a register of the state about one entry: written down, asked, and kept as one more row. Never a silent edit.

Three steps, for the network is waited for outside of every transaction: that it is asked is written down first; then it
is asked; then what it said is kept, if the entry is still what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.audit.models import Entry
from soyol.exchange.offered import offered
from soyol.exchange.register import Answer, ExchangeFailed, NumberWrong, Question, Register
from soyol.registry.actions.directory import refresh
from soyol.registry.actions.identity import move, open_change, set_states
from soyol.registry.actions.judging import write_judgements
from soyol.registry.actions.questions import ask
from soyol.registry.actions.statements import write_proof, write_statements
from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import ActorKind, ActorState, ChangeKind, Standing, Verdict
from soyol.registry.masking import Masker
from soyol.registry.models import Actor, Identity
from soyol.registry.queries.exchanging import Held, differing, held_of, is_same
from soyol.registry.queries.shown import current_identities
from soyol.registry.rules import FIELDS, Refused
from soyol.registry.rules.reasons import ASKED_REGISTER
from soyol.sources import actions as sources
from soyol.sources import queries as understanding
from soyol.sources.choices import REGISTER
from soyol.sources.models import SourceRecord

ASK, KEEP, FAIL = "registry.register.ask", "registry.register.keep", "registry.register.fail"
#: Where somebody is registered is not where they work: shown where nobody else says a place, else asked about.
ASIDE = ("unit",)
#: Columns of a record that belong to those that a register tells.
_BESIDE = ("kind", "name_order", "org_name", "person_number_status", "company_number_status")


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question. ``differs``: fields about which the entry said otherwise before; ``unread``: fields of
    intake whose words nobody could understand.
    """

    record: SourceRecord
    differs: tuple[str, ...]
    has_ended: bool
    unread: tuple[str, ...]


def ask_register(*, by: By, actor: Actor, purpose: str, code: str = "") -> Asked:
    """Ask the register of this site about ``actor`` and keep what it says as a row of the list of such answers.

    ``purpose``: what for, which the person may read; ``code``: by which they agreed. Raises Refused, whose code says
    why nothing was kept. Not inside a transaction: RuntimeError.
    """
    register = offered()
    if register is None:
        raise Refused("register_off")
    held = _held(actor, register)
    _write_down(by, actor, register, purpose)
    try:
        answer = register.ask(Question(actor.kind, held.number, code))
    except ExchangeFailed as failed:
        _failed(by, actor, failed.code)
        raise Refused(_refusal(failed), number=actor.number) from None
    told = understanding.understood(answer.texts, actor.kind)
    values = {
        name: value
        for name, value in told.values.items()
        if name in (*register.tells[actor.kind], *_BESIDE) and value not in (None, "", [])
    }
    if not is_same(actor.kind, held, values):
        _failed(by, actor, "another")
        raise _another(actor, values)
    problems = [
        (code, column or "", value or "", params)
        for (code, column, value), params in zip(told.problems, told.params, strict=True)
    ]
    key = f"{answer.register}:{actor.number}"
    row = sources.AnswerRow(key, {**values, "kind": actor.kind}, dict(answer.texts), problems)
    record = _keep(by, actor, answer, row, purpose)
    return Asked(
        record,
        differing(actor.kind, held, values),
        answer.has_ended,
        tuple(column or "" for _code, column, _v in told.problems),
    )


def _held(actor: Actor, register: Register) -> Held:
    if actor.state != ActorState.ACTIVE:
        raise Refused("not_active", number=actor.number, state=actor.get_state_display())
    if actor.kind not in register.tells:
        raise Refused("register_kind")
    held = held_of(actor)
    if not held.number:
        raise Refused("register_number_wrong" if held.has_wrong_number else "register_number", number=actor.number)
    return held


def _write_down(by: By, actor: Actor, register: Register, purpose: str) -> None:
    """The look and the deed, before anything is sent; refused where this officer has asked too often today."""
    purpose = " ".join(purpose.split())
    if not purpose:
        raise Refused("purpose_missing")
    if Masker([purpose]).numbers:
        raise Refused("register_purpose_number")
    with transaction.atomic(durable=True):
        one_at_a_time()  # so that nobody asks twice at the same moment and is counted once
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        before = Entry.objects.filter(actor_id=by.id, action=ASK, at__gte=today).count()
        if before >= settings.SOYOL_EXCHANGE_PER_DAY:
            raise Refused("register_too_often", n=before)
        target, fields = f"registry.Actor:{actor.number}", register.tells[actor.kind]
        why = f"{ASKED_REGISTER}{purpose} ({settings.SOYOL_EXCHANGE_GROUND})"
        audit.looked(by, target, fields, why)
        detail = {"purpose": purpose, "ground": settings.SOYOL_EXCHANGE_GROUND, "register": register.name}
        audit.record(by, ASK, target, {**detail, "fields": list(fields)})


def _failed(by: By, actor: Actor, code: str) -> None:
    with transaction.atomic(durable=True):
        audit.record(by, FAIL, f"registry.Actor:{actor.number}", {"failure": code})


def _refusal(failed: ExchangeFailed) -> str:
    return "register_number_wrong" if isinstance(failed, NumberWrong) else f"register_{failed.code}"


def _another(actor: Actor, values: Mapping[str, Any]) -> Refused:
    """Of a person nothing is told: it is somebody else. What an organisation is called is public."""
    if actor.kind == ActorKind.PERSON:
        return Refused("register_another", number=actor.number)
    return Refused("register_other_body", number=actor.number, name=values.get("name", ""))


def _keep(by: By, actor: Actor, answer: Answer, row: sources.AnswerRow, purpose: str) -> SourceRecord:
    """The answer as a live row behind ``actor``; it replaces the one before."""
    with transaction.atomic(durable=True):
        one_at_a_time()
        actor.refresh_from_db()
        if actor.state != ActorState.ACTIVE:  # it became one with another, or was erased, while the register was asked
            raise Refused("not_active", number=actor.number, state=actor.get_state_display())
        source = sources.hand_source(REGISTER, by=by)
        record = sources.record_answers(by=by, source=source, rows=[row], day=answer.on)[0]
        checked = set(FIELDS) - set(ASIDE)
        write_statements([record.pk], standing=Standing.EXCHANGED, checked=checked, aside=ASIDE)
        write_proof(by, record, on=answer.on, register=answer.register, ground=settings.SOYOL_EXCHANGE_GROUND)
        _tie(by, actor, record, f"{ASKED_REGISTER}{' '.join(purpose.split())}")
        fields = sorted(set(row.values) - set(_BESIDE))
        audit.record(by, KEEP, f"registry.Actor:{actor.number}", {"record": record.pk, "fields": fields})
    return record


def _tie(by: By, actor: Actor, record: SourceRecord, reason: str) -> None:
    change = open_change(ChangeKind.BY_HAND, by=by, reason=reason, detail={"actors": [actor.pk]})
    gone = Identity.objects.filter(record__source=record.source, record__live=False, valid_to__isnull=True, actor=actor)
    moves: dict[int, int | None] = dict.fromkeys(gone.values_list("record_id", flat=True))
    touched = move(change, {**moves, record.pk: actor.pk})
    others = current_identities().filter(actor=actor).exclude(record=record).values_list("record_id", flat=True)
    write_judgements(change, [(record.pk, other) for other in others], Verdict.SAME)
    set_states(change, touched, stale=False)
    refresh(touched)
    ask(sorted(touched))
