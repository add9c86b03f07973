"""What is held follows numbers, is contested where two hold one, ends, and is handed over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from soyol.claims import actions, queries
from soyol.claims.actions import opening
from soyol.claims.choices import Capacity
from soyol.claims.models import Handover, Hold
from soyol.claims.rules import Refused
from soyol.registry.actions import merge, undo
from soyol.registry.models import Actor
from soyol.registry.queries import Scope
from tests.factories.accounts import user as an_officer
from tests.factories.claims import a_citizen, a_holder, hold_of
from tests.factories.questions import two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def _studio() -> Actor:
    return an_actor(a_record(a_source(), kind="organisation", name="Studio"))


def _represented(actor: Actor) -> Hold:
    user = a_citizen()
    made = opening.new_claim(user, Capacity.REPRESENTATIVE, "document", actor=actor)
    made.save()
    return actions.accept(
        by=BY, officer=an_officer(), claim=made, actor=actor, reason="charter seen", version=made.version
    )


def test_what_is_held_follows_the_number_into_a_merge_and_back() -> None:
    one, other = two(a_source())
    user = a_holder(other)
    change = merge(by=BY, keep=one, absorb=other, reason="the same")
    assert [each.actor for each in queries.holds_of(user)] == [one]
    assert queries.held(user, other.number).actor == one
    undo(by=BY, change=change, reason="no")
    assert [each.actor for each in queries.holds_of(user)] == [other]
    with pytest.raises(Hold.DoesNotExist):
        queries.held(user, one.number)


def test_two_who_say_of_one_entry_that_it_is_them_are_for_an_officer() -> None:
    one, other = two(a_source())
    users = a_holder(one), a_holder(other)
    merge(by=BY, keep=one, absorb=other, reason="the same")
    assert [each.contested for user in users for each in queries.holds_of(user)] == [True, True]
    assert [queries.held_by(user, one) for user in users] == [False, False]
    assert [each.number for each in queries.contested_entries(Scope.whole())] == [one.number]
    actions.end_hold(by=BY, hold=hold_of(users[1]), reason="not them")
    assert [queries.held_by(user, one) for user in users] == [True, False]


def test_only_one_account_is_somebody() -> None:
    actor = an_actor(a_record(a_source(), name="Dorj Bat"))
    a_holder(actor)
    with pytest.raises(Refused) as refusal:
        a_holder(actor)
    assert refusal.value.code == "held_already"


def test_what_is_held_until_a_day_is_not_held_after_it() -> None:
    actor = an_actor(a_record(a_source(), name="Dorj Bat"))
    user = a_holder(actor)
    Hold.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert queries.holds_of(user) == []


def test_an_entry_is_handed_over_once_and_whoever_leaves_holds_nothing() -> None:
    former = _represented(_studio())
    offered = actions.offer_handover(by=former.user.by, hold=former, leaving=True)
    user, late = a_citizen(), a_citizen()
    made = actions.accept_handover(by=user.by, user=user, token=offered.token)
    assert (made.actor, made.claim.proof, queries.holds_of(former.user)) == (former.actor, "handover", [])
    with pytest.raises(Refused) as refusal:
        actions.accept_handover(by=late.by, user=late, token=offered.token)
    assert refusal.value.code == "handover_over"


def test_somebody_else_comes_to_represent_it_too() -> None:
    former = _represented(_studio())
    token = actions.offer_handover(by=former.user.by, hold=former, leaving=False).token
    user = a_citizen()
    actions.accept_handover(by=user.by, user=user, token=token)
    assert [len(queries.holds_of(each)) for each in (former.user, user)] == [1, 1]


def test_a_link_is_dead_when_it_was_withdrawn_is_too_old_or_its_owner_left() -> None:
    told = []
    for spoil in (
        lambda offer: actions.withdraw_handover(by=BY, handover=offer),
        lambda offer: Handover.objects.filter(pk=offer.pk).update(expires_at=timezone.now()),
        lambda offer: actions.end_hold(by=BY, hold=offer.hold),
    ):
        former = _represented(_studio())
        offered = actions.offer_handover(by=former.user.by, hold=former, leaving=False)
        spoil(offered.handover)
        user = a_citizen()
        with pytest.raises(Refused) as refusal:
            actions.accept_handover(by=user.by, user=user, token=offered.token)
        told.append(refusal.value.code)
    assert told == ["handover_over"] * 3


def test_nobody_hands_themselves_over_nor_takes_from_themselves() -> None:
    actor = an_actor(a_record(a_source(), name="Dorj Bat"))
    own = hold_of(a_holder(actor))
    with pytest.raises(Refused) as refusal:
        actions.offer_handover(by=BY, hold=own, leaving=True)
    assert refusal.value.code == "handover_self"
    body = _represented(_studio())
    token = actions.offer_handover(by=BY, hold=body, leaving=False).token
    with pytest.raises(Refused) as refusal:
        actions.accept_handover(by=BY, user=body.user, token=token)
    assert refusal.value.code == "handover_oneself"
