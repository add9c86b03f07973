"""Ties on the page of an entry: added, ended and taken back through their forms."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.places.models import Unit
from soyol.registry.models import Membership
from tests.factories import registry as make
from tests.workspace.conftest import TOLD, World

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


def held() -> list[tuple[str, date | None, date | None]]:
    return list(Membership.objects.filter(recorded_to=None).values_list("role", "begins", "ends"))


def test_a_tie_is_added_ended_and_taken_back_on_the_page_of_its_member(world: World, client_of: Signed) -> None:
    client, page = client_of(world.cast["province_officer"]), f"/desk/entries/{world.person.number}/"
    told = {"body": world.company.number, "role": "director", "begins": "2016.05.01", "reason": "A letter"}
    assert client.post(f"{page}memberships/", told)["Location"] == page
    assert held() == [("director", date(2016, 5, 1), None)]
    shown = client.get(page).content.decode()
    assert ("2016" in shown, TOLD.company_word in shown) == (True, True)
    tie = Membership.objects.get()
    client.post(f"{page}memberships/{tie.pk}/end/", {"ends": "2020.01.01", "reason": "Retired"})
    assert held() == [("director", date(2016, 5, 1), date(2020, 1, 1))]
    ended = Membership.objects.get(recorded_to=None)
    client.post(f"{page}memberships/{ended.pk}/take-back/", {"reason": "Still there"})
    assert held() == [("director", date(2016, 5, 1), None)]
    again = Membership.objects.get(recorded_to=None)
    client.post(f"/desk/entries/{world.company.number}/memberships/{again.pk}/take-back/", {"reason": "A namesake"})
    assert held() == []
    assert Entry.objects.filter(action__startswith="registry.membership").count() == 4


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"body": "00000000X"}, "body"),
        ({"reason": ""}, "reason"),
        ({"begins": "2020.01.01", "ends": "2019.12.31"}, "ends"),
        ({"begins": "soon"}, "begins"),
        ({"body": "person"}, "__all__"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(more: dict[str, str], wrong: str, world: World, client_of: Signed) -> None:
    told = {"body": world.company.number, "reason": "A letter", **more}
    told["body"] = world.person.number if told["body"] == "person" else told["body"]
    address = f"/desk/entries/{world.person.number}/memberships/"
    answer = client_of(world.cast["registry_officer"]).post(address, told)
    assert (answer.status_code, list(answer.context["membership_form"].errors), held()) == (422, [wrong], [])


def test_an_officer_of_another_province_ties_and_ends_nothing(world: World, elsewhere: Unit, client_of: Signed) -> None:
    client, page = client_of(world.cast["officer_elsewhere"]), f"/desk/entries/{world.person.number}/memberships/"
    told = {"body": world.company.number, "reason": "A letter"}
    assert client.post(page, told).status_code == 404
    make_tie = client_of(world.cast["registry_officer"])
    make_tie.post(page, told)
    tie = Membership.objects.get()
    answers = [client.post(f"{page}{tie.pk}/{end}/", {"reason": "x", "ends": "2020"}) for end in ("end", "take-back")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len(held()) == 1


def test_a_body_of_another_province_that_is_public_can_be_tied(
    world: World, elsewhere: Unit, client_of: Signed
) -> None:
    body = make.an_actor(make.a_record(world.national, kind="organisation", name="Far House", unit=elsewhere.code))
    address = f"/desk/entries/{world.person.number}/memberships/"
    client_of(world.cast["province_officer"]).post(address, {"body": body.number, "reason": "A letter"})
    assert len(held()) == 1


@pytest.mark.long
def test_a_tie_of_others_is_not_ended_from_here(world: World, client_of: Signed) -> None:
    member, body = make.people(world.national, [{"name": "A"}])[0], world.company
    client = client_of(world.cast["registry_officer"])
    client.post(f"/desk/entries/{member.number}/memberships/", {"body": body.number, "reason": "A letter"})
    tie = Membership.objects.get()
    page = f"/desk/entries/{world.person.number}/memberships/{tie.pk}/take-back/"
    assert (client.post(page, {"reason": "x"}).status_code, len(held())) == (404, 1)
