"""What lists say differently waits for a person, and stays settled as they said."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from soyol.registry import actions, queries
from soyol.registry.actions.directory import refresh_stale
from soyol.registry.choices import Face
from soyol.registry.models import Actor, DirectoryEntry, Statement, TrustRule
from soyol.registry.queries import Scope
from soyol.registry.queries.contradictions import counts_by_field, in_contradiction
from soyol.registry.rules import Refused
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Whatever stands inside is refused for this reason."""
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.code == code


def _conflicts(actor: Actor) -> list[str]:
    return DirectoryEntry.objects.get(actor=actor, face=Face.STAFF).conflicts


def _shown(actor: Actor, field: str) -> list[str]:
    return [one.value for one in queries.statements_of(actor.number) if one.field == field and one.is_shown]


def _film_and_survey(**differing: tuple[object, object]) -> Actor:
    film, survey = a_source("film", trust=80), a_source("survey", trust=40)
    told = {"name": "Dorj Bat"}
    return an_actor(
        a_record(film, **told, **{name: pair[0] for name, pair in differing.items()}),
        a_record(survey, **told, **{name: pair[1] for name, pair in differing.items()}),
    )


def test_lists_that_say_different_birth_days_numbers_or_phones_wait_for_a_person() -> None:
    actor = _film_and_survey(
        birth_date=("1980", "1981"), phones=(["+97699001122"], ["+97699003344"]), person_number=("QQ1", "QQ2")
    )
    assert _conflicts(actor) == ["person_number", "birth_date", "phones"]
    assert list(in_contradiction(Scope.whole(), field="phones").values_list("actor", flat=True)) == [actor.pk]
    assert counts_by_field(Scope.whole()) == {"person_number": 1, "birth_date": 1, "phones": 1}
    assert not in_contradiction(Scope.of(["nowhere"])).exists()


def test_what_agrees_waits_for_nobody() -> None:
    phones = (["+97699001122"], ["+97699001122", "+97699003344"])
    assert _conflicts(_film_and_survey(birth_date=("1980", "1980-02-03"), phones=phones)) == []


def test_a_value_that_a_person_chose_is_shown_and_nobody_is_asked_again() -> None:
    actor = _film_and_survey(birth_date=("1980", "1981"))
    assert _shown(actor, "birth_date") == ["1980"]
    said = Statement.objects.get(field="birth_date", record__source__code="survey")
    actions.choose_value(by=BY, actor=actor, statement=said, reason="saw the passport")
    assert (_shown(actor, "birth_date"), _conflicts(actor)) == (["1981"], [])


def test_a_value_of_somebody_else_cannot_be_chosen() -> None:
    actor = _film_and_survey(birth_date=("1980", "1981"))
    other = an_actor(a_record(a_source(), name="Dorj Bold", birth_date="1990"))
    theirs = Statement.objects.get(record__identities__actor=other, field="birth_date")
    with refused("value_of_another"):
        actions.choose_value(by=BY, actor=actor, statement=theirs, reason="x")


def test_both_may_be_left_until_another_value_comes() -> None:
    actor = _film_and_survey(birth_date=("1980", "1981"))
    actions.leave_both(by=BY, actor=actor, field="birth_date", reason="nobody knows")
    assert _conflicts(actor) == []
    with refused("no_contradiction"):
        actions.leave_both(by=BY, actor=actor, field="birth_date", reason="again")
    actions.state_by_hand(by=BY, actor=actor, values={"birth_date": "1979"}, reason="his sister says")
    assert _conflicts(actor) == ["birth_date"]


def test_a_rule_lets_one_list_be_believed_before_a_more_trusted_one_everywhere() -> None:
    actor = _film_and_survey(birth_date=("1980", "1981"), phones=(["+97699001122"], ["+97699003344"]))
    film, survey = (row.record.source for row in actor.identities.order_by("record__source__code"))
    rule = actions.believe(by=BY, field="phones", better=survey, worse=film, reason="the survey is of 2019")
    assert Actor.objects.get(pk=actor.pk).stale
    refresh_stale()
    assert (_shown(actor, "phones"), _conflicts(actor)) == (["+97699003344"], ["birth_date"])
    assert _shown(actor, "birth_date") == ["1980"], "another field is weighed as before"
    actions.end_belief(by=BY, rule=rule)
    refresh_stale()
    assert (set(_shown(actor, "phones")), _conflicts(actor)) == (
        {"+97699001122", "+97699003344"},
        ["birth_date", "phones"],
    )
    with refused("rule_ended"):
        actions.end_belief(by=BY, rule=rule)


def test_rules_that_contradict_each_other_are_refused() -> None:
    a, b, c = (a_source() for _ in "abc")
    actions.believe(by=BY, field="unit", better=a, worse=b, reason="x")
    actions.believe(by=BY, field="unit", better=b, worse=c, reason="x")
    with refused("rule_in_circles"):
        actions.believe(by=BY, field="unit", better=c, worse=a, reason="x")
    with refused("rule_known"):
        actions.believe(by=BY, field="unit", better=a, worse=b, reason="x")
    with refused("rule_of_nothing"):
        actions.believe(by=BY, field="unit", better=a, worse=a, reason="x")
    with refused("reason_missing"):
        actions.believe(by=BY, field="unit", better=a, worse=c, reason=" ")
    assert TrustRule.objects.count() == 2
