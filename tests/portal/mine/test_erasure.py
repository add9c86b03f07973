"""Asking to be erased on one's own page."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.registry.models import Actor
from soyol.rights.models import Request
from tests.factories import registry as make
from tests.factories.claims import a_citizen, a_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Actor:
    """An invented person in a list that a law keeps."""
    source = make.a_source("register", legal_basis="Law on registers, article 7", kept_by_law=True)
    return make.an_actor(make.a_record(source, name="Invented Person"))


def test_what_must_stay_is_told_with_its_ground(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    page = client_of(a_holder(person)).get(f"/me/{person.number}/erase/").content.decode()
    assert "Law on registers, article 7" in page


def test_who_is_sure_asks(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    client = client_of(a_holder(person))
    assert client.post(f"/me/{person.number}/erase/", {}).status_code == 422
    answer = client.post(f"/me/{person.number}/erase/", {"sure": "on", "account_too": "on"})
    assert answer.status_code == 302
    made = Request.rows().get()
    assert (made.kind, made.account_too) == ("erasure", True)
    assert client.post(f"/me/{person.number}/erase/", {"sure": "on"}).status_code == 422


def test_who_does_not_hold_it_finds_nothing(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    stranger = client_of(a_citizen())
    assert stranger.get(f"/me/{person.number}/erase/").status_code == 404
    assert stranger.post(f"/me/{person.number}/erase/", {"sure": "on"}).status_code == 404
