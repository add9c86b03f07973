"""Sign-in pages: invitations, one-time links, and that allauth's work with a password."""

import re
from collections.abc import Callable
from time import time

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override

from soyol.accounts import actions
from soyol.accounts.choices import Role
from soyol.accounts.models import EntryLink, User
from soyol.audit import By
from soyol.places.models import Unit
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db

PASSWORD = "steppe-horses-forty-seven"  # pragma: allowlist secret
WRONG = "wrong-9-entirely"  # pragma: allowlist secret
SIGNED_IN = "_auth_user_id"


@pytest.fixture
def client() -> Client:
    """A browser on this machine."""
    return Client(headers={"Host": "localhost"})


@pytest.fixture
def token(curator: User, by: By) -> str:
    """Secret of a one-time link of the curator."""
    return actions.mint_sample_link(by=by, user=curator)


def test_looking_at_a_one_time_link_uses_nothing_up(client: Client, token: str) -> None:
    for _ in range(2):
        assert client.get(f"/enter/{token}/").status_code == 200
    assert SIGNED_IN not in client.session
    assert EntryLink.objects.filter(used_at__isnull=True).count() == 1


def test_the_button_of_a_one_time_link_signs_in_once(client: Client, token: str, curator: User) -> None:
    response = client.post(f"/enter/{token}/")
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert client.session[SIGNED_IN] == str(curator.pk)
    assert Client(headers={"Host": "localhost"}).post(f"/enter/{token}/").status_code == 410


def test_an_old_one_time_link_says_that_it_is_over(client: Client, token: str) -> None:
    EntryLink.objects.update(expires_at=timezone.now())
    assert client.post(f"/enter/{token}/").status_code == 410
    assert SIGNED_IN not in client.session


def test_a_one_time_link_from_another_machine_is_not_there(token: str) -> None:
    for address in ("10.0.0.5", "203.0.113.9", ""):
        client = Client(REMOTE_ADDR=address, headers={"Host": "localhost"})
        assert client.get(f"/enter/{token}/").status_code == 404
        assert client.post(f"/enter/{token}/").status_code == 404


def test_a_one_time_link_through_a_proxy_is_not_there(client: Client, token: str, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["soyol.example"]
    assert client.get(f"/enter/{token}/", headers={"Host": "soyol.example"}).status_code == 404
    assert client.post(f"/enter/{token}/", headers={"Host": "soyol.example"}).status_code == 404


def test_a_one_time_link_needs_the_csrf_token(token: str) -> None:
    assert Client(enforce_csrf_checks=True, headers={"Host": "localhost"}).post(f"/enter/{token}/").status_code == 403


@pytest.fixture
def invited(administrator: User) -> str:
    """Secret of an invitation."""
    told = {"email": "new@example.org", "name": "New Person", "role": Role.CURATOR}
    return actions.invite(by=administrator, **told).token


def test_an_invited_person_makes_an_account_and_signs_in_with_it(client: Client, invited: str) -> None:
    address = f"/accounts/invitation/{invited}/"
    assert "new@example.org" in client.get(address).content.decode()
    response = client.post(address, {"name": "Бат", "password": PASSWORD, "again": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/")
    response = client.post("/accounts/login/", {"login": "NEW@example.org", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert client.session[SIGNED_IN] == str(User.objects.get(email="new@example.org").pk)
    assert client.get(address).status_code == 410


def test_a_second_invitation_says_that_the_account_is_there(client: Client, administrator: User, invited: str) -> None:
    told = {"email": "new@example.org", "name": "New Person", "role": Role.CURATOR}
    second = actions.invite(by=administrator, **told).token
    form = {"name": "New", "password": PASSWORD, "again": PASSWORD}
    client.post(f"/accounts/invitation/{invited}/", form)
    address = f"/accounts/invitation/{second}/"
    answers = [client.get(address), client.post(address, form)]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert all('href="/accounts/login/"' in answer.content.decode() for answer in answers)
    assert User.objects.filter(email="new@example.org").count() == 1


def test_whoever_holds_no_fresh_link_learns_of_no_account(client: Client, invited: str) -> None:
    client.post(f"/accounts/invitation/{invited}/", {"name": "New", "password": PASSWORD, "again": PASSWORD})
    stranger = Client(headers={"Host": "localhost"})
    used, invented = (stranger.get(f"/accounts/invitation/{token}/") for token in (invited, "invented"))
    assert (used.status_code, invented.status_code) == (410, 410)
    assert used.content.decode().replace(invited, "invented") == invented.content.decode()


def test_two_different_passwords_are_refused(client: Client, invited: str) -> None:
    told = {"name": "Бат", "password": PASSWORD, "again": "another-one-entirely"}
    response = client.post(f"/accounts/invitation/{invited}/", told)
    assert list(response.context["form"].errors) == ["again"]
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_weak_password_is_refused_with_its_reason(client: Client, invited: str) -> None:
    told = {"name": "Бат", "password": "short", "again": "short"}  # pragma: allowlist secret
    response = client.post(f"/accounts/invitation/{invited}/", told)
    assert list(response.context["form"].errors) == ["password"]


def test_an_account_that_nobody_finished_bars_no_invitation(client: Client, administrator: User) -> None:
    Client(headers={"Host": "localhost"}).post(
        "/accounts/signup/", {"name": "Squatter", "email": "new@example.org", "password1": "x" * 12}
    )
    told = {"email": "new@example.org", "name": "New Person", "role": Role.CURATOR}
    token = actions.invite(by=administrator, **told).token
    client.post(f"/accounts/invitation/{token}/", {"name": "Бат", "password": PASSWORD, "again": PASSWORD})
    made = User.objects.get(email="new@example.org")
    assert (made.name, made.check_password(PASSWORD), made.grants.count()) == ("Бат", True, 1)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, country: Unit) -> None:
    known = make.user(Role.CURATOR, sample=False)
    known.set_password(PASSWORD)
    known.save()
    errors = [
        client.post("/accounts/login/", {"login": login, "password": WRONG}).context["form"].errors
        for login in (known.email, "nobody@example.org")
    ]
    assert errors[0] == errors[1] != {}


def test_guessing_is_stopped(client: Client, country: Unit) -> None:
    known = make.user(Role.CURATOR, sample=False)
    known.set_password(PASSWORD)
    known.save()
    for _ in range(6):
        client.post("/accounts/login/", {"login": known.email, "password": WRONG})
    client.post("/accounts/login/", {"login": known.email, "password": PASSWORD})
    assert SIGNED_IN not in client.session


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
def test_pages_of_signing_in_open_for_visitors(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_a_passkey_can_be_asked_for_without_a_password(client: Client) -> None:
    response = client.get("/accounts/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.json()["request_options"]["publicKey"]["challenge"]


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/2fa/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
    ],
)
def test_pages_of_ones_own_account_need_a_sign_in(
    address: str, client: Client, client_of: Callable[[User | None], Client], curator: User
) -> None:
    assert client.get(address)["Location"].startswith("/accounts/login/?next=")
    assert client_of(curator).get(address).status_code in (200, 302)


@pytest.mark.parametrize("language", ["mn", "en"])
def test_the_form_of_a_passkey_speaks_the_language_of_the_reader(
    client_of: Callable[[User | None], Client], curator: User, language: str
) -> None:
    client = client_of(curator)
    session = client.session
    now = time()
    session["account_authentication_methods"] = [{"method": "password", "at": now, "email": curator.email}]
    session.save()
    client.cookies["soyol_language"] = language
    page = client.get("/accounts/2fa/webauthn/add/").content.decode()
    label = re.search(r'<label for="id_name">([^<]*)<', page)
    assert label
    with override(language):
        assert label[1].strip() == gettext("Name of the passkey")
