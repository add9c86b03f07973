"""From numbers to whoever lives under them now."""

import pytest
from pytest_django import DjangoAssertNumQueries

from soyol.registry.choices import ActorState
from soyol.registry.models import Actor
from soyol.registry.queries.numbers import leads_to
from tests.factories.registry import a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def _four() -> list[Actor]:
    source = a_source()
    return [an_actor(a_record(source, name=name)) for name in ("Bat", "Bold", "Dorj", "Saran")]


def _became(one: Actor, other: Actor) -> None:
    Actor.objects.filter(pk=one.pk).update(state=ActorState.MERGED, merged_into=other)


def test_all_that_became_one_with_an_actor_lead_there(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    top, former, earlier, alone = _four()
    _became(former, top)
    _became(earlier, former)
    with django_assert_num_queries(1):
        led = leads_to([top.pk, alone.pk])
    assert led == {top.pk: top.pk, former.pk: top.pk, earlier.pk: top.pk, alone.pk: alone.pk}


def test_whoever_is_asked_about_leads_to_itself_with_all_below() -> None:
    top, former, earlier, _alone = _four()
    _became(former, top)
    _became(earlier, former)
    assert leads_to({top.pk, former.pk}) == {top.pk: top.pk, former.pk: former.pk, earlier.pk: former.pk}


def test_nobody_leads_nowhere(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert leads_to([]) == {}
