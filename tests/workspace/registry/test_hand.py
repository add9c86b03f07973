"""Adding by hand: who is here already, told while somebody types, and where one may add."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.places.models import Unit
from soyol.registry.models import Actor
from tests.workspace.conftest import CANARY, TOLD, World

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]
HERE = "/desk/entries/add/here/"


def test_who_is_here_already_is_told_to_whoever_may_see_them(world: World, client_of: Signed) -> None:
    told = {"kind": "person", "name": f"{TOLD.given} {TOLD.surname}"}
    shown = {
        who: CANARY in client_of(world.cast[who]).post(HERE, told).content.decode()
        for who in ("registry_officer", "province_officer", "officer_elsewhere", "coordinator")
    }
    assert shown == {
        "registry_officer": True,
        "province_officer": True,
        "officer_elsewhere": False,
        "coordinator": False,
    }


def test_what_is_typed_never_stands_in_an_address(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    assert client.get(HERE, {"name": CANARY}).status_code == 405
    page = client.get("/desk/entries/add/").content.decode()
    assert f'hx-post="{HERE}"' in page


def test_two_letters_and_another_kind_find_nobody(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    asked = ({"name": TOLD.given[:2], "kind": "person"}, {"name": CANARY, "kind": "organisation"}, {})
    assert [client.post(HERE, told).context["likely"] for told in asked] == [[], [], []]


def test_an_officer_of_a_province_adds_nobody_without_a_place(
    province_officer: User, registry_officer: User, here: Unit, client_of: Signed
) -> None:
    told = {"kind": "person", "name": TOLD.shown, "reason": "A letter"}
    answer = client_of(province_officer).post("/desk/entries/add/", told)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])
    assert not Actor.objects.exists()
    assert client_of(province_officer).post("/desk/entries/add/", {**told, "unit": here.code}).status_code == 302
    assert client_of(registry_officer).post("/desk/entries/add/", {**told, "sure": "1"}).status_code == 302
