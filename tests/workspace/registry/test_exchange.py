"""Asking a register of the state from the page of an entry."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.exchange import register
from soyol.exchange.khur import CARD
from soyol.registry.actions import state_by_hand
from soyol.rights.queries import looks
from soyol.sources.choices import REGISTER
from soyol.sources.models import SourceRecord
from soyol.workspace.audit.labels import FAILURES
from tests.factories import accounts as make_accounts
from tests.factories import registry as make
from tests.factories.country import a_number
from tests.factories.registers import GROUND, RegisterServer, register_server, use
from tests.workspace.conftest import TOLD, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]

Signed = Callable[[User | None], Client]
WHY = {"purpose": "A grant is decided"}


@pytest.fixture
def server(settings: Any, world: World) -> Iterator[RegisterServer]:
    """A register that knows the private person with another day of birth than lists say."""
    with register_server() as running:
        use(settings, running)
        number = a_number("person")
        running.person(number, TOLD.surname, TOLD.given, born="1990-01-01")
        state_by_hand(by=make.BY, actor=world.person, values={"person_number": number}, reason="An identity card")
        yield running


def _address(world: World) -> str:
    return f"/desk/entries/{world.person.number}/register/"


def _page(client: Client, world: World) -> str:
    return client.get(f"/desk/entries/{world.person.number}/", headers={"accept-language": "en"}).content.decode()


def _messages(answer: Any) -> list[str]:
    return [str(each) for each in answer.context["messages"]]


def test_an_officer_asks_and_sees_what_came_with_its_level_and_day(
    world: World, server: RegisterServer, client_of: Signed
) -> None:
    client = client_of(world.cast["province_officer"])
    assert GROUND in _page(client, world)
    answer = client.post(_address(world), WHY, headers={"accept-language": "en"})
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/entries/{world.person.number}/")
    page = _page(client, world)
    assert "from a register of the state, answer of " in page
    assert "the register of the state says otherwise" in page
    assert a_number("person") not in page


def test_that_somebody_died_is_told_and_nothing_is_gone(
    world: World, server: RegisterServer, client_of: Signed
) -> None:
    server.person(a_number("person"), TOLD.surname, TOLD.given, born="1990-01-01", died="2024-05-06")
    client = client_of(world.cast["registry_officer"])
    answer = client.post(_address(world), WHY, follow=True, headers={"accept-language": "en"})
    assert any("has died" in said for said in _messages(answer))


def test_who_looked_tells_the_person_that_the_state_was_asked_by_which_office_and_why(
    world: World, server: RegisterServer, client_of: Signed
) -> None:
    officer = make_accounts.user(Role.PROVINCE_OFFICER, unit=world.local.unit)
    client_of(officer).post(_address(world), WHY)
    told = [each for each in looks(world.person).looks if WHY["purpose"] in each.purpose]
    assert [(each.purpose, bool(each.receiver), len(each.fields) > 3) for each in told] == [
        (f"{WHY['purpose']} ({GROUND})", True, True)
    ]
    assert told[0].action not in {each.action for each in looks(world.person).looks if each not in told}


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer_elsewhere", 404), ("curator", 403), ("coordinator", 403), ("administrator", 403), ("artist", 403)],
)
def test_nobody_else_asks(world: World, server: RegisterServer, client_of: Signed, who: str, status: int) -> None:
    assert client_of(world.cast[who]).post(_address(world), WHY).status_code == status
    assert (server.asked, SourceRecord.objects.filter(source__code=REGISTER.code).count()) == ([], 0)


def test_it_is_only_posted_and_only_where_a_register_is_set_up(
    world: World, server: RegisterServer, client_of: Signed, settings: Any
) -> None:
    client = client_of(world.cast["registry_officer"])
    assert client.get(_address(world)).status_code == 405
    settings.SOYOL_EXCHANGE = "none"
    assert client.post(_address(world), WHY).status_code == 404
    assert "register/" not in _page(client, world)


@pytest.mark.parametrize("told", [{"purpose": ""}, {**WHY, "code": "abc"}, {"purpose": "x" * 201}])
def test_what_is_not_filled_in_rightly_comes_back_and_nothing_is_asked(
    world: World, server: RegisterServer, client_of: Signed, told: dict[str, str]
) -> None:
    answer = client_of(world.cast["registry_officer"]).post(_address(world), told)
    assert (answer.status_code, server.asked) == (422, [])
    assert answer.context["register_form"].errors


@pytest.mark.parametrize("result", [1, 3, 200, 401, 801])
def test_a_failure_stands_on_the_page_with_its_way_out_and_in_the_audit_in_words(
    world: World, server: RegisterServer, client_of: Signed, result: int
) -> None:
    server.results[CARD.operation] = result
    answer = client_of(world.cast["registry_officer"]).post(_address(world), WHY)
    assert (answer.status_code, a_number("person") in answer.content.decode()) == (422, False)
    failure = json.loads(Entry.objects.get(action="registry.register.fail").detail)["failure"]
    assert failure in FAILURES
    audit = client_of(world.cast["administrator"]).get("/desk/audit/", headers={"accept-language": "en"})
    assert FAILURES[failure] in audit.content.decode()


def test_a_code_of_the_person_goes_along_and_is_kept_nowhere(
    world: World, server: RegisterServer, client_of: Signed
) -> None:
    client_of(world.cast["registry_officer"]).post(_address(world), {**WHY, "code": "48 15 16"})
    assert server.asked[0][1]["auth"]["citizen"]["otp"] == "481516"
    kept = [f"{entry.detail}{entry.target}" for entry in Entry.objects.all()]
    assert [each for each in kept if "481516" in each] == []
    assert Entry.objects.filter(kind=EntryKind.LOOKED, target__startswith="registry.Actor").exists()


def test_every_failure_has_words() -> None:
    failures = {each.code for each in register.ExchangeFailed.__subclasses__()}
    assert set(FAILURES) == failures | {"another"}
