"""Ties between people and bodies that somebody states: added, ended, taken back. Nothing is overwritten."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.choices import ActorKind, ActorState
from soyol.registry.models import Actor, Identity, Membership
from soyol.registry.queries.shown import SAID_BY_ALL, consenting_records, stated
from soyol.registry.rules import Refused, is_open_row
from soyol.registry.rules.ties import STATED


@transaction.atomic
def add_membership(
    *,
    by: By,
    member: Actor,
    body: Actor,
    role: str = "",
    begins: date | None = None,
    ends: date | None = None,
    reason: str = "",
) -> Membership:
    """Say that ``member`` belongs to ``body``, an organisation or group.

    The tie hangs on a record of each: the oldest that may be public, else the oldest.
    """
    for actor in (member, body):
        if actor.state != ActorState.ACTIVE:
            raise Refused("not_active", number=actor.number, state=actor.get_state_display())
    if member.pk == body.pk:
        raise Refused("member_of_itself", number=member.number)
    if body.kind == ActorKind.PERSON:
        raise Refused("member_of_person", number=body.number)
    tie = Membership(
        member_record_id=_record_of(member), body_record_id=_record_of(body), origin=STATED, role=role.strip(),
        begins=begins, ends=ends, recorded_from=timezone.now(),
    )  # fmt: skip
    _check_free(tie)
    _keep(tie)
    told = {"member": member.number, "body": body.number, "reason": reason}
    audit.record(by, "registry.membership.add", f"registry.Actor:{member.number}", told)
    return tie


@transaction.atomic
def end_membership(*, by: By, tie: Membership, ends: date, reason: str) -> Membership:
    """Say when a tie ended; the same tie with its end replaces the open one, which stays in history."""
    _with_reason(reason)
    current = _locked(tie)
    if current.begins and ends < current.begins:
        raise Refused("membership_ends_early", begins=current.begins.isoformat(), ends=ends.isoformat())
    now = timezone.now()
    ended = _again(current, ends=ends, now=now)
    _close(current, now)
    _keep(ended)
    _write_down(by, "registry.membership.end", ended, reason)
    return ended


@transaction.atomic
def take_back_membership(*, by: By, tie: Membership, reason: str) -> Membership | None:
    """Undo the last word about a tie: an end is lifted, a tie that was only added goes. Returns what holds now.

    What was believed meanwhile stays in history; a tie read from a row does not come back by itself.
    """
    _with_reason(reason)
    current = _locked(tie)
    now = timezone.now()
    _close(current, now)
    former = current.replaces
    back = None
    if former is not None:
        back = _again(former, ends=former.ends, now=now)
        back.replaces = None
        _keep(back)
    _write_down(by, "registry.membership.take_back", current, reason)
    return back


def _record_of(actor: Actor) -> int:
    rows = Identity.objects.filter(actor=actor, valid_to__isnull=True).order_by("record_id")
    records = list(rows.values_list("record_id", "record__kind"))
    consenting = consenting_records(stated([actor.pk], SAID_BY_ALL)[actor.pk])
    first = [pk for pk, kind in records if is_open_row(kind, consents=pk in consenting)]
    return int(first[0] if first else records[0][0])


def _again(tie: Membership, *, ends: date | None, now: datetime) -> Membership:
    return Membership(
        member_record_id=tie.member_record_id, body_record_id=tie.body_record_id, origin=tie.origin, role=tie.role,
        begins=tie.begins, ends=ends, recorded_from=now, replaces=tie,
    )  # fmt: skip


def _check_free(tie: Membership) -> None:
    same = Membership.objects.filter(
        member_record_id=tie.member_record_id, body_record_id=tie.body_record_id, origin=tie.origin, role=tie.role,
        begins=tie.begins, recorded_to__isnull=True,
    )  # fmt: skip
    if same.exists():
        raise Refused("membership_known")


def _keep(tie: Membership) -> None:
    tie.full_clean()
    Membership.objects.bulk_create([tie])


def _close(tie: Membership, now: datetime) -> None:
    Membership.objects.filter(pk=tie.pk).update(recorded_to=now)


def _locked(tie: Membership) -> Membership:
    found: Membership = Membership.objects.select_for_update().get(pk=tie.pk)
    if found.recorded_to is not None:
        raise Refused("membership_changed")
    return found


def _with_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing")


def _write_down(by: By, action: str, tie: Membership, reason: str) -> None:
    ends = [tie.member_record_id, tie.body_record_id]
    rows = Identity.objects.filter(record_id__in=ends, valid_to__isnull=True).select_related("actor")
    numbers = {row.record_id: row.actor.number for row in rows}
    member, body = (numbers.get(record, "") for record in ends)
    told = {"member": member, "body": body, "tie": tie.pk, "reason": reason}
    audit.record(by, action, f"registry.Actor:{member or body}", told)
