"""Several entries on one screen, decided at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.places.models import Unit
from soyol.registry.models import Actor, Judgement, Question
from tests.factories import registry as make
from tests.factories.questions import a_question, a_run
from tests.workspace.conftest import TOLD

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


@pytest.fixture
def chain(here: Unit) -> list[Actor]:
    """Three entries, the first in question with the second and the second with the third."""
    run = a_run()
    actors = make.people(make.a_source(), [{"name": f"{TOLD.shown} {n}", "unit": here.code} for n in range(3)])
    a_question(actors[0], actors[1], run=run)
    a_question(actors[1], actors[2], run=run)
    return actors


def _versions() -> str:
    return ",".join(f"{each.pk}:{each.version}" for each in Question.objects.filter(state="open").order_by("pk"))


def test_everybody_in_question_stands_side_by_side(
    chain: list[Actor], registry_officer: User, client_of: Signed
) -> None:
    asked = Question.objects.order_by("pk")[0]
    answer = client_of(registry_officer).get(f"/desk/review/{asked.pk}/together/")
    assert {head.number for head in answer.context["beside"].heads} == {actor.number for actor in chain}
    looks = Entry.objects.filter(kind=EntryKind.LOOKED).values_list("target", flat=True)
    assert sorted(looks) == sorted(f"registry.Actor:{actor.number}" for actor in chain)


def test_two_are_made_one_and_the_third_is_kept_apart(
    chain: list[Actor], registry_officer: User, client_of: Signed
) -> None:
    first, second, third = chain
    asked = Question.objects.order_by("pk")[0]
    told = {f"with_{second.pk}": str(first.pk), f"with_{third.pk}": "alone", "versions": _versions()}
    client_of(registry_officer).post(f"/desk/review/{asked.pk}/together/", told)
    assert list(Actor.objects.order_by("pk").values_list("state", flat=True)) == ["active", "merged", "active"]
    assert set(Judgement.objects.filter(ended_at__isnull=True).values_list("verdict", flat=True)) == {
        "same",
        "different",
    }
    assert not Question.objects.filter(state="open").exists()


def test_what_changed_meanwhile_is_looked_at_again(
    chain: list[Actor], registry_officer: User, client_of: Signed
) -> None:
    asked = Question.objects.order_by("pk")[0]
    told = {f"with_{each.pk}": "alone" for each in chain[1:]} | {"versions": _versions()}
    Question.objects.update(version=7)
    answer = client_of(registry_officer).post(f"/desk/review/{asked.pk}/together/", told)
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/review/{asked.pk}/together/")
    assert Question.objects.filter(state="open").count() == 2
