"""What somebody has received stays with its number and counts wherever the number leads."""

from datetime import date

import pytest

from soyol.registry import actions
from soyol.registry.choices import StakeKind
from soyol.registry.models import Actor, Question, Stake
from soyol.registry.queries.stakes import staked_actors, stakes_of
from tests.factories.questions import a_question, two
from tests.factories.registry import BY, a_source

pytestmark = pytest.mark.django_db


def _stake(actor: Actor, origin: str = "tests.Grant:1") -> Stake:
    return actions.add_stake(
        by=BY, actor=actor, kind=StakeKind.MONEY, names={"en": "Grant"}, origin=origin, begins=date(2019, 5, 1)
    )


def test_a_stake_follows_its_number_into_a_merge_and_back() -> None:
    one, other = two(a_source())
    _stake(other)
    change = actions.merge(by=BY, keep=one, absorb=other, reason="the same")
    assert staked_actors([one.pk]) == {one.pk}
    assert [(each.name, each.number) for each in stakes_of([one.pk])[one.pk]] == [("Grant", other.number)]
    actions.undo(by=BY, change=change, reason="no")
    assert (staked_actors([one.pk, other.pk]), stakes_of([one.pk])) == ({other.pk}, {one.pk: []})


def test_a_question_takes_two_people_as_long_as_there_is_a_stake() -> None:
    one, other = two(a_source())
    asked = a_question(one, other)
    low = asked.value
    _stake(one)
    assert (fresh := Question.objects.get()).staked
    assert fresh.value == low + 8
    actions.end_stake(by=BY, origin="tests.Grant:1")
    assert not Question.objects.get().staked
    actions.end_stake(by=BY, origin="tests.Grant:1")


def test_told_again_a_stake_is_as_told_now() -> None:
    one, other = two(a_source())
    _stake(one)
    _stake(other)
    assert list(Stake.objects.values_list("actor", "begins")) == [(other.pk, date(2019, 5, 1))]
