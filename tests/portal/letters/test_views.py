"""The way out of letters works with the link alone, by one click of a person or a mail program, and tells nobody."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.jobs.worker import Worker
from soyol.letters.models import Delivery
from soyol.letters.queries import way_out
from soyol.letters.rules import END_PLACE
from soyol.registry.models import Actor
from tests.factories.letters import a_reader, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(registry_officer: User) -> Actor:
    """Somebody who got a letter."""
    actor = a_reader("Dorj Bat")
    released(registry_officer)
    Worker().run_one()
    return actor


def _address() -> str:
    return END_PLACE + way_out(Delivery.objects.get()).partition(END_PLACE)[2]


def _agrees(actor: Actor) -> bool | None:
    actor.refresh_from_db()
    return actor.calls


def test_looking_does_nothing_and_tells_nobody_whose_link_it_is(reader: Actor, client: Client) -> None:
    page = client.get(_address())
    told = page.content.decode()
    assert (page.status_code, _agrees(reader), "Dorj" in told, reader.number in told) == (200, True, False, False)
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex")


def test_a_mail_program_posts_without_a_page_and_a_cookie(reader: Actor) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(_address(), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    assert (answer.status_code, _agrees(reader)) == (200, False)
    assert strict.post(_address()).status_code == 200, "twice is as good as once"


def test_whoever_is_signed_in_ends_the_letters_of_the_link_and_nobody_elses(
    reader: Actor, client_of: Callable[[User | None], Client], artist: User
) -> None:
    other = a_reader("Somebody Else")
    client_of(artist).post(_address())
    assert (_agrees(reader), _agrees(other)) == (False, True)


def test_a_forged_link_does_nothing(reader: Actor, client: Client) -> None:
    answer = client.post(f"{END_PLACE}{Delivery.objects.get().pk}-{'0' * 25}/")
    assert (answer.status_code, _agrees(reader)) == (404, True)
