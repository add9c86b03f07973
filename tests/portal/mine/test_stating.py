"""Holding one's entry by the state's word, through the fake of its sign-in."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from soyol import packs
from soyol.accounts.models import User
from soyol.claims import queries
from soyol.registry.models import Actor
from tests.accounts.state.conftest import server, with_dan
from tests.factories.claims import a_citizen
from tests.factories.registry import a_record, a_source, an_actor
from tests.factories.state import StateServer

__all__ = ["server", "with_dan"]
pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]
#: The citizen whom the fake knows.
NUMBER = "ТТ90010112"


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing used up, and numbers of the country whose sign-in it is."""
    cache.clear()
    monkeypatch.setattr("soyol.portal.mine.stating.pack", lambda: packs.load("mn"))


def _listed(**more: object) -> Actor:
    return an_actor(a_record(a_source(trust=70, **more), name="Dorj Bat", person_number=NUMBER))


def _prove(client: Client, server: StateServer) -> None:
    begun = client.post(reverse("state_begin"), {"next": reverse("portal:mine_by_state")})
    parts = urlsplit(server.approve(begun["Location"]))
    assert client.get(f"{parts.path}?{parts.query}")["Location"] == reverse("portal:mine_by_state")


def test_whose_number_a_list_holds_has_the_entry_at_once(client_of: Signed, with_dan: StateServer) -> None:
    actor, user = _listed(), a_citizen()
    client, address = client_of(user), reverse("portal:mine_by_state")
    _prove(client, with_dan)
    assert "Тэмүүлэн" in client.get(address).content.decode()
    assert client.post(address)["Location"] == reverse("portal:mine_entry", args=[actor.number])
    assert [(each.actor, each.hold.claim.proof) for each in queries.holds_of(user)] == [(actor, "state")]
    assert "Тэмүүлэн" not in client.get(address).content.decode()


def test_a_number_that_anybody_could_have_written_gives_nobody_an_entry(
    client_of: Signed, with_dan: StateServer
) -> None:
    _listed(is_survey=True)
    user = a_citizen()
    client = client_of(user)
    _prove(client, with_dan)
    assert client.post(reverse("portal:mine_by_state")).status_code == 200
    assert queries.holds_of(user) == []


def test_without_a_proof_nothing_is_taken(client_of: Signed, with_dan: StateServer) -> None:
    del with_dan
    _listed()
    user = a_citizen()
    assert client_of(user).post(reverse("portal:mine_by_state")).status_code == 200
    assert queries.holds_of(user) == []


def test_where_no_state_signs_in_there_is_no_such_page(client_of: Signed) -> None:
    assert client_of(a_citizen()).get(reverse("portal:mine_by_state")).status_code == 404
