"""Sessions end in time."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_session(client_of: Callable[[User | None], Client], curator: User) -> Client:
    """A browser whose session has just been used."""
    client = client_of(curator)
    client.get("/healthz")
    return client


def _age(client: Client, **seconds: int) -> None:
    session = client.session
    for name, ago in seconds.items():
        session[name] = int(time.time()) - ago
    session.save()


def _signed_in(client: Client) -> bool:
    client.get("/healthz")
    return "_auth_user_id" in client.session


def test_a_session_in_use_goes_on(open_session: Client) -> None:
    _age(open_session, began=11 * 3600, used=2 * 3600)
    assert _signed_in(open_session)
    assert time.time() - open_session.session["used"] < 5


def test_a_session_that_nobody_used_ends(open_session: Client) -> None:
    _age(open_session, began=4 * 3600, used=3 * 3600 + 5)
    assert not _signed_in(open_session)


def test_a_session_ends_after_twelve_hours_whatever_happens(open_session: Client) -> None:
    _age(open_session, began=12 * 3600 + 5, used=10)
    assert not _signed_in(open_session)
