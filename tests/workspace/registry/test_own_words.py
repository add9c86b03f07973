"""What people say of themselves, as officers see it."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.notices.models import Message
from soyol.profiles.queries import profile_of
from soyol.registry.models import Actor
from tests.factories.claims import a_holder
from tests.factories.profiles import WORDS, photographed, wrote
from tests.factories.registry import a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]


@pytest.fixture
def actor(here: object) -> Actor:
    """An invented person of the first province, who is not public and says something."""
    made = an_actor(a_record(a_source(), name="Dorj Bat", unit=here.code))  # type: ignore[attr-defined]
    user = a_holder(made)
    wrote(user, made)
    photographed(user, made)
    return made


def test_an_officer_hides_with_a_reason_and_shows_again(
    actor: Actor, province_officer: User, client_of: Signed
) -> None:
    client, page = client_of(province_officer), f"/desk/entries/{actor.number}/"
    assert WORDS in client.get(page).content.decode()
    assert client.post(page + "words/hide/", {"reason": ""}).status_code == 422
    assert client.post(page + "words/hide/", {"reason": "It names a child"}).status_code == 302
    assert "It names a child" in client.get(page).content.decode()
    assert client.post(page + "words/hide/", {"reason": "Again"}).status_code == 422
    assert client.post(page + "words/show/").status_code == 302
    found = profile_of(actor)
    assert found is not None
    assert (found.hidden_at, Message.objects.filter(purpose="profiles.hidden").count()) == (None, 2)


def test_officers_of_another_province_neither_see_nor_hide(
    actor: Actor, officer_elsewhere: User, client_of: Signed
) -> None:
    client, page = client_of(officer_elsewhere), f"/desk/entries/{actor.number}/"
    profile = profile_of(actor)
    assert profile is not None
    assert profile.picture is not None
    photo = f"{page}photo/small/{profile.picture.digest}.jpg"
    answers = [
        client.get(photo),
        client.post(page + "words/hide/", {"reason": "Why"}),
        client.post(page + "words/show/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_look_at_the_photograph_is_written_down(actor: Actor, province_officer: User, client_of: Signed) -> None:
    profile = profile_of(actor)
    assert profile is not None
    assert profile.picture is not None
    client = client_of(province_officer)
    answer = client.get(f"/desk/entries/{actor.number}/photo/small/{profile.picture.digest}.jpg")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    look = Entry.objects.filter(target=f"registry.Actor:{actor.number}", action="audit.data.look").latest("pk")
    assert look.told["fields"] == ["photo"]
    wrong = client.get(f"/desk/entries/{actor.number}/photo/small/{'0' * 32}.jpg")
    assert wrong.status_code == 404
