"""Adding by hand: who is here already, told while somebody types, and where one may add."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.places.models import Unit
from soyol.registry.models import Actor
from tests.factories.places import provinces
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


def test_what_is_typed_is_sent_though_the_form_is_not_filled_in_yet(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    page = client.get("/desk/entries/add/").content.decode()
    form, asks = (
        re.search(pattern, page) for pattern in (r'<form[^>]*id="by-hand"[^>]*>', r"<section[^>]*hx-post[^>]*>")
    )
    assert form
    assert asks
    # htmx sends no form that a browser would hold back: whoever asks is no form, and takes what the form holds so far.
    assert "hx-" not in form[0]
    assert 'hx-include="#by-hand"' in asks[0]
    assert "from:#by-hand" in asks[0]
    assert CANARY in client.post(HERE, {"name": CANARY}).content.decode()


def test_one_written_with_an_initial_is_told_while_typing_and_when_sent(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    short = {"kind": "person", "name": f"{TOLD.surname[0]}.{TOLD.given}", "reason": "A letter"}
    assert [each.entry.number for each in client.post(HERE, short).context["likely"]] == [world.person.number]
    sent = client.post("/desk/entries/add/", short)
    assert (sent.status_code, sent.context["ask"], Actor.objects.count()) == (200, True, 2)
    # Whoever sent it stands at the top of the page: what holds it up is told there, with the ways on.
    summary = re.search(r'<div class="error-summary".*?</div>', sent.content.decode(), re.DOTALL)
    assert summary
    assert "data-focus" in summary[0]
    assert re.findall(r'href="#(\w+)"', summary[0]) == ["already", "sure"]


def test_two_letters_and_another_kind_find_nobody(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    asked = ({"name": TOLD.given[:2], "kind": "person"}, {"name": CANARY, "kind": "organisation"}, {})
    assert [client.post(HERE, told).context["likely"] for told in asked] == [[], [], []]


@pytest.mark.long
def test_an_officer_of_a_province_adds_nobody_without_a_place(
    province_officer: User, registry_officer: User, here: Unit, client_of: Signed
) -> None:
    told = {"kind": "person", "name": TOLD.shown, "reason": "A letter"}
    answer = client_of(province_officer).post("/desk/entries/add/", told)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])
    assert not Actor.objects.exists()
    assert client_of(province_officer).post("/desk/entries/add/", {**told, "unit": here.code}).status_code == 302
    assert client_of(registry_officer).post("/desk/entries/add/", {**told, "sure": "1"}).status_code == 302


def test_nobody_is_said_to_be_missing_before_a_name_was_typed(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    nobody = "Nobody like this so far."
    client.cookies["soyol_language"] = "en"
    assert nobody not in client.get("/desk/entries/add/").content.decode()
    told = {name: nobody in client.post(HERE, {"name": name}).content.decode() for name in ("", "Qu", "Quirinquorin")}
    assert told == {"": False, "Qu": False, "Quirinquorin": True}


@pytest.mark.usefixtures("here")
def test_a_district_says_its_province_where_one_is_chosen(registry_officer: User, client_of: Signed) -> None:
    form = client_of(registry_officer).get("/desk/entries/add/").context["form"]
    _nothing, *groups = form.fields["unit"].choices
    assert all(len(lines) > 1 for _province, lines in groups)
    assert all(label.startswith(f"{province}, ") for province, lines in groups for _code, label in lines)
    assert [lines[0][0] for _province, lines in groups] == [each.code for each in provinces()]
