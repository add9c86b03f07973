"""The page of the audit."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit import By, actions
from soyol.places.models import Unit
from tests.factories import accounts as make
from tests.factories.asking import questions
from tests.factories.bodies import a_body

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


@pytest.fixture
def entries(country: Unit) -> None:
    """Something done by one and a look by another."""
    with transaction.atomic():
        actions.record(By(kind="person", id="1", name="Anna"), "tests.thing.make", "tests.Thing:1")
        actions.looked(By(kind="person", id="2", name="Bold"), "tests.Person:7", ["phones"], "a call")


def _shown(client: Client, **asked: str) -> list[str]:
    return [entry.action for entry in client.get("/desk/audit/", asked).context["entries"]]


@pytest.mark.usefixtures("entries")
def test_entries_are_narrowed_by_kind_account_and_what_they_are_about(administrator: User, client_of: Signed) -> None:
    client = client_of(administrator)
    look, deed = "audit.data.look", "tests.thing.make"
    assert _shown(client) == [look, deed]
    assert (_shown(client, kind="looked"), _shown(client, kind="nonsense")) == ([look], [look, deed])
    assert (_shown(client, who="anna"), _shown(client, what="tests.Person:")) == ([deed], [look])
    assert _shown(client, what="tests.thing") == [deed]


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
