"""The page of the audit."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit import By, actions
from soyol.places.models import Unit
from soyol.workspace.audit.labels import ACTIONS
from tests.factories import accounts as make
from tests.factories.asking import questions
from tests.factories.bodies import a_body
from tests.workspace.conftest import World
from tests.workspace.house import furnished

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


@pytest.fixture
def entries(country: Unit) -> None:
    """Something done by one and a look by another."""
    with transaction.atomic():
        actions.record(By(kind="person", id="10001", name="Anna"), "tests.thing.make", "tests.Thing:1")
        actions.looked(By(kind="person", id="10002", name="Болд"), "tests.Person:7", ["phones"], "a call")


def _shown(client: Client, **asked: str) -> list[str]:
    return [entry.action for entry in client.get("/desk/audit/", asked).context["entries"]]


@pytest.mark.usefixtures("entries")
def test_entries_are_narrowed_by_kind_action_account_day_and_what_they_are_about(
    administrator: User, client_of: Signed
) -> None:
    client = client_of(administrator)
    look, deed, gave = "audit.data.look", "tests.thing.make", "accounts.grant.give"
    assert _shown(client)[:2] == [look, deed]
    assert _shown(client, kind="looked") == [look]
    assert (_shown(client, action=look), set(_shown(client, action=gave))) == ([look], {gave} & set(_shown(client)))
    assert (_shown(client, who="anna"), _shown(client, who="Болд")) == ([deed], [look])
    assert (_shown(client, what="7"), _shown(client, what="tests.Person:7")) == ([look], [look])
    today = timezone.localdate()
    assert look in _shown(client, day=today.isoformat())
    assert _shown(client, day=(today - timedelta(days=1)).isoformat()) == []


@pytest.mark.usefixtures("entries")
def test_an_account_is_found_under_the_name_it_has_today(administrator: User, client_of: Signed) -> None:
    with transaction.atomic():
        actions.record(By(kind="person", id=str(administrator.pk), name="Former Name"), "tests.thing.make", "tests.X:1")
    User.objects.filter(pk=administrator.pk).update(name="Цэцэг")
    assert _shown(client_of(administrator), who="цЭЦЭГ") == ["tests.thing.make"]


def test_what_the_audit_cannot_be_narrowed_by_is_said(administrator: User, client_of: Signed) -> None:
    client = client_of(administrator)
    for asked in ({"kind": "nonsense"}, {"action": "nonsense"}, {"day": "yesterday"}):
        answer = client.get("/desk/audit/", asked)
        assert (answer.status_code, b"error-summary" in answer.content) == (422, True), asked


@pytest.mark.parametrize("language", ["mn", "en"])
def test_the_page_says_no_code_and_no_json(world: World, client_of: Signed, language: str, reads_here: None) -> None:
    furnished(world)
    client = client_of(world.cast["administrator"])
    client.cookies["soyol_language"] = language
    page = client.get("/desk/audit/").content.decode()
    body = page[page.index('class="rows"') :]
    assert [code for code in ACTIONS if code in body] == []
    assert "&quot;" not in body


@pytest.mark.usefixtures("entries")
def test_the_chain_is_checked_when_asked(administrator: User, client_of: Signed) -> None:
    client = client_of(administrator)
    assert client.get("/desk/audit/").context["verdict"] is None
    actions.seal()
    verdict = client.get("/desk/audit/", {"verify": "1"}).context["verdict"]
    assert (verdict.breaks, verdict.checked > 0) == ((), True)


def test_an_administrator_of_a_place_or_a_body_reads_no_audit(here: Unit, client_of: Signed) -> None:
    for reach in ({"unit": here}, {"body": a_body()}):
        client = client_of(make.user(Role.ADMINISTRATOR, **reach))
        answers = [client.get(page).status_code for page in ("/desk/audit/", "/desk/accounts/")]
        assert answers == [403, 200], reach


@pytest.mark.usefixtures("entries")
def test_the_audit_asks_a_constant_number_of_questions(administrator: User, client_of: Signed) -> None:
    client = client_of(administrator)
    few = questions(client, "/desk/audit/")
    with transaction.atomic():
        for number in range(5):
            actions.record(By.system("tests"), "tests.thing.make", f"tests.Thing:{number}")
    assert questions(client, "/desk/audit/") == few


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_has_no_entries(day: str, administrator: User, client_of: Signed) -> None:
    assert _shown(client_of(administrator), day=day) == []
