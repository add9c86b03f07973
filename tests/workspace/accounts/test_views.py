"""Pages of accounts: what the forms offer and what stands on the page of an account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from soyol.accounts import actions
from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, Invitation, User
from soyol.audit import queries as audit
from soyol.notices import queries
from soyol.notices.choices import Channel
from soyol.notices.models import Message
from soyol.places.models import Unit
from tests.factories import accounts as make
from tests.factories.asking import questions
from tests.factories.bodies import a_body

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]


def test_a_role_is_given_for_a_place_a_body_and_days(
    administrator: User, curator: User, here: Unit, client_of: Signed
) -> None:
    client, body, today = client_of(administrator), a_body(names={"en": "Film council"}), timezone.localdate()
    days = {"valid_from": today + timedelta(1), "valid_to": today + timedelta(9)}
    told = {"role": "registry_officer", "unit": here.pk, "body": body.pk}
    page = f"/desk/accounts/{curator.pk}/"
    assert client.post(f"{page}give/", told | {name: day.isoformat() for name, day in days.items()})["Location"] == page
    given = Grant.objects.latest("pk")
    assert (given.user, given.role, given.unit, given.body) == (curator, Role.REGISTRY_OFFICER, here, body)
    assert (given.valid_from, given.valid_to) == tuple(days.values())
    assert audit.about(f"accounts.Grant:{given.pk}").get().told["body"] == body.pk
    assert "Film council" in client.get(page).content.decode()
    assert "Film council" in client.get(f"/desk/grants/{given.pk}/").content.decode()


def test_an_account_without_a_role_is_found_by_its_address_only(administrator: User, client_of: Signed) -> None:
    User.objects.create(email="alone@example.org", name="Alone")
    client = client_of(administrator)
    shown = [
        [person.name for person, _standings in client.get("/desk/accounts/", asked).context["people"]]
        for asked in ({}, {"email": "ALONE@example.org"}, {"email": "other@example.org"})
    ]
    assert shown == [[administrator.name], ["Alone"], []]


def test_a_person_is_invited_for_a_body_from_a_day(administrator: User, client_of: Signed) -> None:
    client, body, day = client_of(administrator), a_body(names={"en": "Film council"}), timezone.localdate()
    told = {"name": "New", "email": "new@example.org", "role": "registry_officer", "body": body.pk}
    client.post("/desk/accounts/invite/", told | {"valid_from": (day + timedelta(2)).isoformat()})
    invitation = Invitation.objects.get()
    assert (invitation.body, invitation.valid_from) == (body, day + timedelta(2))
    assert queries.to_address(Channel.MAIL, "new@example.org").count() == 1
    assert "Film council" in client.get("/desk/accounts/").content.decode()


@override_settings(ALLOWED_HOSTS=["*"], SOYOL_ORIGIN="https://registry.example")
def test_the_link_of_an_invitation_leads_to_the_site_whatever_host_was_asked(
    administrator: User, client_of: Signed
) -> None:
    told = {"name": "New", "email": "new@example.org", "role": "curator"}
    client_of(administrator).post("/desk/accounts/invite/", told, headers={"host": "elsewhere.example"})
    letter = Message.objects.get()
    assert "https://registry.example/" in letter.body
    assert "elsewhere" not in letter.body


def test_a_last_day_before_the_first_comes_back_with_its_reason(
    administrator: User, curator: User, client_of: Signed
) -> None:
    told = {"role": "curator", "valid_from": "2026-05-05", "valid_to": "2026-05-04"}
    answer = client_of(administrator).post(f"/desk/accounts/{curator.pk}/give/", told)
    assert (answer.status_code, curator.grants.count()) == (422, 1)
    assert "error-summary" in answer.content.decode()


def test_bodies_that_are_dissolved_are_not_offered(administrator: User, client_of: Signed) -> None:
    there, gone = a_body(), a_body(founded=timezone.localdate() - timedelta(9))
    type(gone).objects.filter(pk=gone.pk).update(dissolved=timezone.localdate())
    offered = client_of(administrator).get("/desk/accounts/invite/").context["form"].fields["body"].queryset
    assert list(offered) == [there]


def test_ones_own_page_says_for_which_body(client_of: Signed, country: Unit) -> None:
    officer = make.user(Role.REGISTRY_OFFICER, body=a_body(names={"en": "Film council"}))
    assert "Film council" in client_of(officer).get("/desk/me/").content.decode()


def test_lists_of_accounts_ask_a_constant_number_of_questions(
    administrator: User, curator: User, here: Unit, client_of: Signed
) -> None:
    client, pages = client_of(administrator), ("/desk/accounts/", f"/desk/accounts/{curator.pk}/")

    def one_more(number: int) -> None:
        reach = {"unit": here, "body": a_body()}
        make.user(Role.CURATOR, **reach)
        Grant.objects.create(user=curator, role=Role.CURATOR, **reach)
        told = {"email": f"new{number}@example.org", "name": "New", "role": Role.CURATOR}
        actions.invite(by=administrator, **told, **reach)

    one_more(0)
    one = [questions(client, page) for page in pages]
    for number in range(1, 4):
        one_more(number)
    assert [questions(client, page) for page in pages] == one
