"""Signing in: sessions that die when they should, guessing that is stopped, a second factor that nothing skips."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from django.utils import timezone

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.places.models import Unit
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db

PASSWORD = "steppe-horses-forty-seven"  # pragma: allowlist secret
NEW = "another-river-of-nine-bends"  # pragma: allowlist secret
WRONG = "wrong-9-entirely"  # pragma: allowlist secret
SIGNED_IN = "_auth_user_id"


@pytest.fixture
def owner(country: Unit) -> User:
    """Somebody with a password and a confirmed address."""
    from allauth.account.models import EmailAddress

    user = make.user(Role.CURATOR, sample=False)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def _browser(address: str = "127.0.0.1") -> Client:
    return Client(headers={"Host": "localhost"}, REMOTE_ADDR=address)


def _sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def _inside(client: Client) -> bool:
    return client.get("/desk/me/").status_code == 200


def test_signing_in_gives_the_session_and_the_form_token_new_keys(owner: User) -> None:
    client = _browser()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["soyol_session"] = session.session_key
    before, token = session.session_key, client.cookies["soyol_csrf"].value
    _sign_in(client, owner)
    assert _inside(client)
    assert client.session.session_key != before
    assert client.cookies["soyol_csrf"].value != token
    thief = _browser()
    thief.cookies["soyol_session"] = before
    assert not _inside(thief)


def test_signing_out_ends_the_session_on_the_server(owner: User) -> None:
    client, copy = _browser(), _browser()
    _sign_in(client, owner)
    copy.cookies["soyol_session"] = client.cookies["soyol_session"].value
    assert _inside(copy)
    client.post("/accounts/logout/")
    assert [_inside(client), _inside(copy)] == [False, False]


def test_a_new_password_ends_every_other_session(owner: User) -> None:
    here, there = _browser(), _browser()
    for client in (here, there):
        _sign_in(client, owner)
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    assert not _inside(there)


def test_strangers_who_guess_are_stopped_and_lock_the_owner_out_of_no_known_browser(owner: User) -> None:
    mine = _browser("10.0.0.1")
    _sign_in(mine, owner)
    mine.post("/accounts/logout/")
    for number in range(8):
        _sign_in(_browser(f"10.0.1.{number}"), owner, WRONG)
    stranger = _browser("10.0.2.1")
    _sign_in(stranger, owner)
    assert SIGNED_IN not in stranger.session, "the account is closed to whoever is not known"
    _sign_in(mine, owner)
    assert _inside(mine)


def test_a_known_browser_is_one_for_its_owner_only_and_guesses_no_longer_than_others(owner: User) -> None:
    other = make.user(Role.CURATOR, sample=False)
    mine = _browser("10.0.0.1")
    _sign_in(mine, owner)
    mine.post("/accounts/logout/")
    other.set_password(PASSWORD)
    other.save()
    for number in range(8):
        _sign_in(_browser(f"10.0.1.{number}"), other, WRONG)
    _sign_in(mine, other)
    assert SIGNED_IN not in mine.session
    for _ in range(6):
        _sign_in(mine, owner, WRONG)
    _sign_in(mine, owner)
    assert SIGNED_IN not in mine.session


@pytest.mark.parametrize("forged", ["", "1", "1:x:y", "x" * 3000])
def test_a_forged_mark_makes_no_browser_known(forged: str, owner: User) -> None:
    for number in range(8):
        _sign_in(_browser(f"10.0.1.{number}"), owner, WRONG)
    client = _browser("10.0.0.9")
    client.cookies["soyol_known"] = forged
    _sign_in(client, owner)
    assert SIGNED_IN not in client.session


def test_one_address_is_stopped_whatever_accounts_it_tries(owner: User) -> None:
    client = _browser("10.0.3.1")
    for number in range(11):
        client.post("/accounts/login/", {"login": f"nobody{number}@example.org", "password": WRONG})
    _sign_in(client, owner)
    assert SIGNED_IN not in client.session


def test_eleven_guesses_are_told_the_same_with_and_without_an_account(owner: User) -> None:
    told = {}
    for email in (owner.email, "x" * (len(owner.email) - len("@example.org")) + "@example.org"):
        answers = [
            _browser(f"10.0.{len(told)}.{number}").post("/accounts/login/", {"login": email, "password": WRONG})
            for number in range(11)
        ]
        told[email] = [(answer.status_code, _plain(answer, email)) for answer in answers]
    with_account, without = told.values()
    assert with_account == without
    assert len(set(with_account[:5])) == 1
    assert with_account[5:] == [with_account[5]] * 6 != [with_account[0]] * 6, "from the sixth on nothing is tried"


def test_eleven_letters_for_a_new_password_are_three_for_an_account_and_ten_for_an_address(owner: User) -> None:
    statuses = [_ask_for_a_letter(owner.email, f"10.1.0.{number}") for number in range(11)]
    assert (statuses, len(mail.outbox)) == ([302] * 3 + [429] * 8, 3)
    unknown = [_ask_for_a_letter("nobody@example.org", f"10.1.1.{number}") for number in range(11)]
    assert unknown == statuses, "an address without an account is told the same"
    one_network = [_ask_for_a_letter(f"nobody{number}@example.org", "10.1.2.1") for number in range(11)]
    assert one_network == [302] * 10 + [429]


def test_after_eleven_wrong_codes_the_right_one_opens_nothing(owner: User) -> None:
    secret, client = _with_second_factor(owner), _browser("10.2.0.1")
    _sign_in(client, owner)
    wrong = f"{(int(_code(secret)) + 1) % 1_000_000:06}"
    for _ in range(11):
        client.post("/accounts/2fa/authenticate/", {"code": wrong})
    client.post("/accounts/2fa/authenticate/", {"code": _code(secret)})
    assert not _inside(client)


def _ask_for_a_letter(email: str, address: str) -> int:
    return int(_browser(address).post("/accounts/password/reset/", {"email": email}).status_code)


def _plain(answer: Any, email: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode()).replace(email, "")


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
def test_a_known_and_an_unknown_address_get_the_same_answer(address: str, owner: User) -> None:
    answers = []
    for email in (owner.email, "x" * (len(owner.email) - len("@example.org")) + "@example.org"):
        answer = _browser().post(address, {"login": email, "email": email, "password": WRONG}, follow=True)
        answers.append((answer.status_code, answer.redirect_chain, _plain(answer, email)))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("short-11-xyz"[:11], False),
        ("password1234", False),
        ("aaaaaaaaaaab", True),
        ("a long sentence of plain words", True),
        ("ө" * 12, True),
        ("x7" * 64, True),
    ],
)
def test_a_password_is_judged_by_length_and_by_lists_not_by_its_signs(password: str, taken: bool, owner: User) -> None:
    client = _browser()
    _sign_in(client, owner)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password})
    owner.refresh_from_db()
    assert owner.check_password(password) is taken


def _with_second_factor(owner: User) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(owner, secret)
    return str(secret)


def _code(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))))


def test_the_second_factor_is_asked_for_and_a_code_works_once(owner: User) -> None:
    secret = _with_second_factor(owner)
    code = _code(secret)
    client, second = _browser(), _browser()
    assert _sign_in(client, owner)["Location"].startswith("/accounts/2fa/authenticate/")
    assert not _inside(client)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert _inside(client)
    _sign_in(second, owner)
    second.post("/accounts/2fa/authenticate/", {"code": code})
    assert not _inside(second)


def test_the_code_by_which_an_app_is_set_up_opens_nothing_else(owner: User) -> None:
    client = _browser()
    _sign_in(client, owner)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    code = _code(page.context["form"].secret)
    assert client.post("/accounts/2fa/totp/activate/", {"code": code})["Location"] == "/accounts/2fa/recovery-codes/"
    thief = _browser()
    _sign_in(thief, owner)
    thief.post("/accounts/2fa/authenticate/", {"code": code})
    assert not _inside(thief)


def test_a_new_password_by_letter_skips_no_second_factor(owner: User) -> None:
    _with_second_factor(owner)
    client = _browser()
    client.post("/accounts/password/reset/", {"email": owner.email})
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link
    page = client.get(link[0], follow=True)
    there = page.redirect_chain[-1][0]
    client.post(there, {"password1": NEW, "password2": NEW})
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    assert not _inside(client)
    assert _sign_in(client, owner, NEW)["Location"].startswith("/accounts/2fa/authenticate/")
    assert not _inside(client)
    assert Authenticator.objects.filter(user=owner).count() == 1


def test_no_link_of_a_letter_signs_in_past_the_second_factor(owner: User) -> None:
    _with_second_factor(owner)
    client = _browser()
    client.post("/accounts/login/code/confirm/", {"code": "123456"})
    assert not _inside(client)
    assert owner.joined_at <= timezone.now()
