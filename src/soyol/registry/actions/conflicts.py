"""Settling what lists say differently: choose a value, believe one list before another, or leave both."""

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.by_hand import state_by_hand
from soyol.registry.actions.directory import refresh
from soyol.registry.choices import ActorState, Standing
from soyol.registry.models import Actor, Identity, LeftBoth, Statement, TrustRule
from soyol.registry.queries.contradictions import contradictions
from soyol.registry.queries.entries import ENTRY_FIELDS
from soyol.registry.queries.shown import beliefs, stated
from soyol.registry.rules import FIELDS, Refused
from soyol.registry.rules.believing import goes_in_circles
from soyol.sources.models import Source, SourceRecord


@transaction.atomic
def choose_value(*, by: By, actor: Actor, statement: Statement, reason: str) -> SourceRecord:
    """Let the value of ``statement`` be the one that is shown: a person chose it. What others say stays beside it."""
    if not Identity.objects.filter(record=statement.record_id, actor=actor, valid_to__isnull=True).exists():
        raise Refused("value_of_another", number=actor.number)
    value = [statement.text] if FIELDS[statement.field].many else statement.text
    return state_by_hand(by=by, actor=actor, values={statement.field: value}, reason=reason, standing=Standing.JUDGED)


@transaction.atomic
def leave_both(*, by: By, actor: Actor, field: str, reason: str) -> LeftBoth:
    """Leave what lists say about a field as it is; nobody is asked again until another value comes."""
    _with_reason(reason)
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    told = contradictions(stated([actor.pk], ENTRY_FIELDS))[actor.pk]
    if field not in told:
        raise Refused("no_contradiction", number=actor.number)
    left = LeftBoth.objects.create(
        actor=actor, field=field, digest=told[field], reason=reason, by_name=by.name or by.kind, at=timezone.now()
    )
    refresh([actor.pk])
    audit.record(by, "registry.conflict.leave", f"registry.Actor:{actor.number}", {"fields": [field]})
    return left


@transaction.atomic
def believe(*, by: By, field: str, better: Source, worse: Source, reason: str) -> TrustRule:
    """For ``field`` believe one list before another, everywhere; entries follow with the next renewal."""
    _with_reason(reason)
    if field not in FIELDS or better.pk == worse.pk:
        raise Refused("rule_of_nothing")
    TrustRule.objects.select_for_update().filter(field=field).count()
    if TrustRule.objects.filter(field=field, better=better, worse=worse, ended_at__isnull=True).exists():
        raise Refused("rule_known")
    if goes_in_circles(beliefs(), field, better.pk, worse.pk):
        raise Refused("rule_in_circles", better=better.name_in(), worse=worse.name_in())
    rule = TrustRule(
        field=field, better=better, worse=worse, reason=reason, by_name=by.name or by.kind, at=timezone.now()
    )
    rule.full_clean()
    rule.save()
    _mark(better, worse)
    told = {"fields": [field], "better": better.code, "worse": worse.code}
    audit.record(by, "registry.rule.write", f"registry.TrustRule:{rule.pk}", told)
    return rule


@transaction.atomic
def end_belief(*, by: By, rule: TrustRule) -> None:
    """End a rule: lists are weighed by their trust again. It stays in the history."""
    ended = TrustRule.objects.filter(pk=rule.pk, ended_at__isnull=True).update(ended_at=timezone.now())
    if not ended:
        raise Refused("rule_ended")
    _mark(rule.better, rule.worse)
    audit.record(by, "registry.rule.end", f"registry.TrustRule:{rule.pk}", {"fields": [rule.field]})


def _mark(better: Source, worse: Source) -> None:
    """Let the entries of which both lists speak be made anew."""
    now = Identity.objects.filter(valid_to__isnull=True)
    ends = [now.filter(record__source=each).values("actor_id") for each in (better, worse)]
    Actor.objects.filter(state=ActorState.ACTIVE, pk__in=ends[0]).filter(pk__in=ends[1]).update(stale=True)


def _with_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing")
