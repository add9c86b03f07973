"""Writing down what somebody has received or holds: for the parts of the house that give it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.questions import ask
from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import ActorState
from soyol.registry.models import Actor, Stake
from soyol.registry.queries.numbers import end_of
from soyol.registry.rules import Refused


@transaction.atomic
def add_stake(
    *,
    by: By,
    actor: Actor,
    kind: str,
    names: Mapping[str, str],
    origin: str,
    begins: date | None = None,
    ends: date | None = None,
) -> Stake:
    """Write down that an actor has received money or an award, or holds an office; ``names``: what, by language.

    ``origin`` (``app.Model:id``) is what it stands for; told again, the stake is as told now. Questions about the
    actor take two people from now on.
    """
    if actor.state == ActorState.EMPTY:
        raise Refused("not_active", number=actor.number, state=actor.get_state_display())
    one_at_a_time()  # whoever decides writes to the same questions
    there = Stake.objects.select_for_update().filter(origin=origin).first()
    before = there.actor if there else None
    stake = there or Stake(origin=origin, recorded_at=timezone.now())
    stake.actor, stake.kind, stake.names, stake.begins, stake.ends = actor, kind, names, begins, ends
    stake.ended_at = None
    stake.full_clean()
    stake.save()
    _ask_again(actor, *([before] if before else []))
    audit.record(by, "registry.stake.add", f"registry.Actor:{actor.number}", {"kind": kind, "origin": origin})
    return stake


@transaction.atomic
def end_stake(*, by: By, origin: str) -> None:
    """What was given was taken back, or was never given: the stake no longer counts."""
    one_at_a_time()
    stake = Stake.objects.select_for_update().filter(origin=origin, ended_at__isnull=True).first()
    if stake is None:
        return
    stake.ended_at = timezone.now()
    stake.save(update_fields=["ended_at"])
    _ask_again(stake.actor)
    audit.record(by, "registry.stake.end", f"registry.Actor:{stake.actor.number}", {"origin": origin})


def _ask_again(*actors: Actor) -> None:
    ask(sorted({end_of(actor).pk for actor in actors}))
