"""The way out of letters works with the link alone, by one click of a person or a mail program, and tells nobody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.models import User
from soyol.jobs.worker import Worker
from soyol.letters import actions
from soyol.letters.models import Delivery
from soyol.letters.queries import way_out
from soyol.letters.rules import END_PLACE, STILL_PLACE
from soyol.notices.models import Message
from soyol.registry.models import Actor, Confirmation
from tests.factories.claims import a_holder
from tests.factories.letters import a_reader, released
from tests.factories.registry import BY, a_batch, a_record, a_source, an_actor

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


@pytest.fixture
def asked(db: None) -> tuple[Actor, str]:
    """Somebody who was asked whether everything is still right, and the address in the letter."""
    source = a_source()
    batch = a_batch(source, observed_on=timezone.localdate() - timedelta(days=700))
    actor = an_actor(a_record(source, batch, name="Dorj Bat", emails=["dorj@example.org"]))
    assert actions.ask(by=BY, actor_pk=actor.pk)
    body = Message.objects.get().body or ""
    return actor, STILL_PLACE + body.partition(STILL_PLACE)[2].partition("/")[0] + "/"


def test_the_question_shows_nothing_of_what_is_held_and_looking_answers_nothing(
    asked: tuple[Actor, str], client: Client
) -> None:
    actor, address = asked
    page = client.get(address)
    told = page.content.decode()
    assert (page.status_code, "Dorj" in told, actor.number in told) == (200, False, False)
    assert Confirmation.objects.count() == 0


def test_yes_is_said_once_by_the_link(asked: tuple[Actor, str], client: Client) -> None:
    actor, address = asked
    assert [client.post(address).status_code for _time in range(2)] == [200, 410]
    assert Confirmation.objects.get().actor == actor


def test_a_holder_says_on_their_own_page_that_everything_is_still_right(
    client_of: Callable[[User | None], Client],
) -> None:
    actor = a_reader("Dorj Bat")
    mine = client_of(a_holder(actor))
    place = f"/me/{actor.number}/"
    assert f"{place}still-correct/" in mine.get(place).content.decode()
    answer = mine.post(f"{place}still-correct/")
    assert (answer.status_code, Confirmation.objects.get().way) == (302, "own")
