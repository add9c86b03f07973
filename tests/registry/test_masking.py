"""National numbers in free text are masked for whoever reads an entry, staff or public."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from soyol.accounts.models import User
from soyol.registry.masking import without_numbers
from soyol.registry.rules import mask
from tests.factories.registry import a_record, a_source, an_actor

#: Of the right shape in the country of the tests.
NUMBER = {"mn": "XY90121510"}.get(settings.SOYOL_PACK, "39012150236")


def test_only_free_text_is_looked_through() -> None:
    values = [("note", f"Came with {NUMBER}."), ("phones", NUMBER), ("name", "Bat"), ("role", "director")]
    assert without_numbers(values) == [f"Came with {mask(NUMBER)}.", NUMBER, "Bat", "director"]
    assert without_numbers([]) == []


@pytest.mark.django_db
def test_a_note_shows_no_number_at_the_desk(registry_officer: User, client_of: Callable[[User | None], Client]) -> None:
    found = an_actor(a_record(a_source(), name="Bat", note=f"Number {NUMBER} by telephone"))
    page = client_of(registry_officer).get(f"/desk/entries/{found.number}/").content.decode()
    assert (NUMBER in page, f"Number {mask(NUMBER)} by telephone" in page) == (False, True)


@pytest.mark.django_db
def test_an_address_shows_no_number_in_public(client: Client) -> None:
    found = an_actor(a_record(a_source(), kind="organisation", name="Theatre", address=f"Street 1, {NUMBER}"))
    page = client.get(f"/directory/{found.number}/", follow=True).content.decode()
    assert (NUMBER in page, f"Street 1, {mask(NUMBER)}" in page) == (False, True)
