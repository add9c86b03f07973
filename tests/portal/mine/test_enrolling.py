"""Enrolling through the page: a number at once, nothing told of others, values understood or asked about."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from soyol.accounts.models import User
from soyol.claims.models import Claim
from soyol.places.models import Unit
from soyol.registry.models import Actor
from tests.factories.claims import a_citizen
from tests.factories.country import written
from tests.factories.registry import a_record, a_source, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
Signed = Callable[[User | None], Client]
TOLD = written()


def _enrol(client: Client, unit: Unit, **more: object) -> tuple[int, object]:
    told = {"kind": "person", "name": TOLD.shown, "unit": unit.code, "phones": TOLD.phone(1234), **more}
    answer = client.post(reverse("portal:mine_enrol"), told)
    return answer.status_code, answer.context


def test_whoever_enrols_has_a_number_and_waits_for_the_officers_of_the_place(client_of: Signed, here: Unit) -> None:
    user = a_citizen()
    status, _context = _enrol(client_of(user), here, agreed=["profile", "calls"], websites="https://a.example")
    made = Claim.rows().get()
    assert (status, made.user, made.unit, made.agreed, made.enrolled) == (302, user, here, ["profile", "calls"], True)
    assert made.actor is not None
    assert made.told["websites"] == ["https://a.example"]
    page = client_of(user).get(reverse("portal:mine")).content.decode()
    assert made.actor.number in page


def test_what_cannot_be_understood_is_asked_about_and_nothing_is_made(client_of: Signed, here: Unit) -> None:
    status, context = _enrol(client_of(a_citizen()), here, birth_date="yesterday")
    assert (status, list(context["form"].errors)) == (422, ["birth_date"])  # type: ignore[index]
    assert not Actor.objects.exists()


def test_already_here_tells_of_public_entries_alone(client_of: Signed) -> None:
    an_actor(a_record(a_source(), name=TOLD.person))
    shown = an_actor(a_record(a_source(), name=TOLD.shown, consent=True))
    client = client_of(a_citizen())
    there = [
        client.post(reverse("portal:mine_enrol_here"), {"name": name, "kind": "person"}).content.decode()
        for name in (TOLD.person, "Nobody Anywhere", TOLD.shown)
    ]
    assert there[0] == there[1]
    assert shown.number in there[2]


def test_nothing_is_looked_for_below_three_letters(client_of: Signed) -> None:
    an_actor(a_record(a_source(), name=TOLD.shown, consent=True))
    client = client_of(a_citizen())
    told = {"name": TOLD.shown[:2], "kind": "person"}
    assert "/directory/" not in client.post(reverse("portal:mine_enrol_here"), told).content.decode()
