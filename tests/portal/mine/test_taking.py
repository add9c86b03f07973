"""Taking along what is held about one."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.registry.models import Actor
from tests.factories import registry as make
from tests.factories.claims import a_citizen, a_holder

pytestmark = pytest.mark.django_db
NUMBER = "QQ80010199"


@pytest.fixture
def person() -> Actor:
    """An invented person whose row has the number in a column of the keeper's own as well."""
    record = make.a_record(make.a_source(), name="Invented Person", person_number=NUMBER, phones=["88001122"])
    type(record).objects.filter(pk=record.pk).update(raw={"Name": "Invented Person", "Register": NUMBER})
    return make.an_actor(record)


def test_the_file_is_everything_in_clear(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    answer = client_of(a_holder(person)).post(f"/me/{person.number}/take-along/file/")
    assert answer["Content-Disposition"].startswith("attachment")
    told = json.loads(answer.content)
    assert (told["schema"], told["entry"]["number"]) == ("soyol.everything-about", person.number)
    assert told["rows"][0]["as_received"]["Register"] == NUMBER


def test_the_page_tells_the_same_with_numbers_masked(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    told = client_of(a_holder(person)).get(f"/me/{person.number}/take-along/").content.decode()
    assert "88001122" in told.replace(" ", "").replace("-", "")
    assert NUMBER not in told


def test_each_time_is_written_down(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    client = client_of(a_holder(person))
    client.get(f"/me/{person.number}/take-along/")
    client.post(f"/me/{person.number}/take-along/file/")
    told = Entry.objects.filter(action="rights.data.take").order_by("pk")
    assert [json.loads(each.detail)["way"] for each in told] == ["page", "file"]


def test_who_does_not_hold_it_finds_nothing(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    stranger = client_of(a_citizen())
    assert stranger.get(f"/me/{person.number}/take-along/").status_code == 404
    assert stranger.post(f"/me/{person.number}/take-along/file/").status_code == 404
    assert not Entry.objects.filter(action="rights.data.take").exists()
