"""Deleting one's account through the page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from soyol.accounts.models import User
from tests.factories.claims import a_citizen, a_holder
from tests.factories.registry import a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]


def test_whoever_is_sure_is_signed_out_and_gone(client_of: Signed) -> None:
    user = a_citizen()
    client, address = client_of(user), reverse("portal:delete_account")
    assert address in client.get(reverse("portal:mine")).content.decode()
    assert client.post(address).status_code == 422
    assert client.post(address, {"sure": "on"})["Location"] == reverse("portal:home")
    user.refresh_from_db()
    assert not user.is_active
    assert "/accounts/login/" in client.get(reverse("portal:mine"))["Location"]


def test_whoever_holds_an_entry_is_told_what_to_do_first(client_of: Signed) -> None:
    user = a_holder(an_actor(a_record(a_source(), name="Somebody")))
    answer = client_of(user).post(reverse("portal:delete_account"), {"sure": "on"})
    user.refresh_from_db()
    assert (answer.status_code, user.is_active, bool(answer.context["form"].non_field_errors())) == (422, True, True)
