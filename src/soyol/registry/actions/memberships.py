"""Ties between people and bodies: stated by lists as a name, tied where that name means exactly one body."""

from datetime import date

import polars as pl
from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.choices import ActorKind, ActorState
from soyol.registry.models import Actor, Identity, Membership, Statement
from soyol.registry.packing import pack
from soyol.registry.rules import Refused


def tie_memberships() -> int:
    """Tie "works at" statements to the one active organisation that bears the name; returns how many ties are new.

    A name that two organisations bear ties nobody: a person has to say which.
    """
    stated = Statement.objects.filter(
        field="employer", recorded_to__isnull=True, record__live=True, record__kind=ActorKind.PERSON
    )
    people = [(row.record_id, row.text) for row in stated.only("record_id", "value", "sealed").iterator(2000)]
    if not people:
        return 0
    bodies = _bodies_by_name()
    tied = set(
        Membership.objects.filter(recorded_to__isnull=True, role="").values_list("member_record_id", "body_record_id")
    )
    now = timezone.now()
    found = [
        (record, bodies[key])
        for (record, _name), key in zip(people, _keys([name for _record, name in people]), strict=True)
        if key in bodies
    ]
    made = [
        Membership(member_record_id=record, body_record_id=body, role="", recorded_from=now)
        for record, body in dict.fromkeys(found)
        if (record, body) not in tied
    ]
    Membership.objects.bulk_create(made, 2000)
    return len(made)


def _bodies_by_name() -> dict[str, int]:
    """Key of an organisation's name → its oldest record, for names that only one actor bears."""
    rows = Statement.objects.filter(
        field="name", recorded_to__isnull=True, record__live=True, record__kind=ActorKind.ORGANISATION
    )
    named = [
        (row.record_id, row.text)
        for row in rows.only("record_id", "value", "sealed").order_by("record_id").iterator(2000)
    ]
    actor_of = dict(
        Identity.objects.filter(valid_to__isnull=True, record__kind=ActorKind.ORGANISATION).values_list(
            "record_id", "actor_id"
        )
    )
    bearers: dict[str, dict[int, int]] = {}
    for (record, _name), key in zip(named, _keys([name for _record, name in named]), strict=True):
        actor = actor_of.get(record)
        if key and actor is not None:
            bearers.setdefault(key, {}).setdefault(actor, record)
    return {key: next(iter(actors.values())) for key, actors in bearers.items() if len(actors) == 1}


def _keys(names: list[str]) -> list[str]:
    """Latin keys of the cores of organisations' names: without legal form and quotes."""
    cores = pack().organisation_names.parse(pl.Series("name", names, dtype=pl.String))["core"]
    return [key or "" for key in pack().scripts.latin_key(cores).to_list()]


@transaction.atomic
def add_membership(
    *, by: By, member: Actor, body: Actor, role: str = "", begins: date | None = None, ends: date | None = None
) -> Membership:
    """Say that ``member`` belongs to ``body``; the tie hangs on the oldest record of each."""
    for actor in (member, body):
        if actor.state != ActorState.ACTIVE:
            raise Refused("not_active", number=actor.number, state=actor.get_state_display())
    first = {
        actor.pk: Identity.objects.filter(actor=actor, valid_to__isnull=True)
        .order_by("record_id")
        .values_list("record_id", flat=True)[0]
        for actor in (member, body)
    }
    tie = Membership(
        member_record_id=first[member.pk], body_record_id=first[body.pk], role=role, begins=begins, ends=ends,
        recorded_from=timezone.now(),
    )  # fmt: skip
    tie.full_clean()
    Membership.objects.bulk_create([tie])
    told = {"member": member.number, "body": body.number}
    audit.record(by, "registry.membership.add", f"registry.Actor:{member.number}", told)
    return tie
