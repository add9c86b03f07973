"""The desk at which an account is given back: found exactly, looked at on record, sent, listed, withdrawn."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts import queries
from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.notices.models import Message
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db
SHORT = "short"

Signed = Callable[[User | None], Client]
PASSWORD = "another-river-of-nine-bends"  # pragma: allowlist secret
TOLD = {"document": "passport", "compared": "The face with the picture", "email": "found@example.org"}


def test_an_account_is_found_sent_and_taken_over(registry_officer: User, client_of: Signed) -> None:
    client, person = client_of(registry_officer), make.alone()
    there = client.get("/desk/accounts/recover/", {"who": person.email})["Location"]
    assert there == f"/desk/accounts/{person.pk}/recover/"
    assert client.get(there).status_code == 200
    assert client.post(there, TOLD)["Location"] == "/desk/accounts/recover/"
    link = re.search(r"http://localhost:8000(/accounts/recover/\S+)", str(Message.objects.latest("pk").body))
    assert link
    visitor = Client(headers={"Host": "localhost"})
    for _ in range(2):
        assert "found@example.org" in visitor.get(link[1]).content.decode()
    assert visitor.post(link[1], {"password": SHORT}).context["form"].errors.keys() == {"password"}
    assert visitor.post(link[1], {"password": PASSWORD})["Location"] == "/accounts/login/"
    assert visitor.get(link[1]).status_code == 410
    visitor.post("/accounts/login/", {"login": "found@example.org", "password": PASSWORD})
    assert visitor.session["_auth_user_id"] == str(person.pk)


def test_part_of_an_address_finds_nobody(registry_officer: User, client_of: Signed) -> None:
    person = make.alone()
    answer = client_of(registry_officer).get("/desk/accounts/recover/", {"who": person.email[:-1]})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["who"])


@pytest.mark.parametrize("missing", ["document", "compared", "email"])
def test_without_saying_how_one_made_sure_nothing_is_sent(
    registry_officer: User, client_of: Signed, missing: str
) -> None:
    person = make.alone()
    answer = client_of(registry_officer).post(f"/desk/accounts/{person.pk}/recover/", TOLD | {missing: " "})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [missing])
    assert Message.objects.count() == 0


def test_who_is_looked_at_is_written_down(registry_officer: User, client_of: Signed) -> None:
    person = make.alone()
    client_of(registry_officer).get(f"/desk/accounts/{person.pk}/recover/")
    told = Entry.objects.get(action="audit.data.look", target=f"accounts.User:{person.pk}").told
    assert told == {"fields": ["email", "name"], "purpose": "giving an account back"}


def test_an_account_with_a_role_gets_no_form_but_the_way_out(
    registry_officer: User, curator: User, client_of: Signed
) -> None:
    client = client_of(registry_officer)
    answer = client.get(f"/desk/accounts/{curator.pk}/recover/")
    assert answer.context["refusal"]
    assert 'name="compared"' not in answer.content.decode()
    refused = client.post(f"/desk/accounts/{curator.pk}/recover/", TOLD)
    assert (refused.status_code, Message.objects.count()) == (422, 0)


def test_any_officer_with_the_right_withdraws_what_is_open(registry_officer: User, client_of: Signed) -> None:
    recovery, token = make.a_recovery(by=registry_officer)
    client = client_of(make.user(Role.REGISTRY_OFFICER))
    assert [one.pk for one in client.get("/desk/accounts/recover/").context["recoveries"]] == [recovery.pk]
    assert client.post(f"/desk/recoveries/{recovery.pk}/withdraw/")["Location"] == "/desk/accounts/recover/"
    assert client.post(f"/desk/recoveries/{recovery.pk}/withdraw/").status_code == 404
    assert not queries.open_recoveries().exists()
    assert Client(headers={"Host": "localhost"}).get(f"/accounts/recover/{token}/").status_code == 410


def test_the_link_leads_to_the_site_whatever_host_was_asked(registry_officer: User, client_of: Signed) -> None:
    client_of(registry_officer).post(
        f"/desk/accounts/{make.alone().pk}/recover/", TOLD, headers={"Host": "127.0.0.1:99"}
    )
    assert "127.0.0.1" not in str(Message.objects.latest("pk").body)
