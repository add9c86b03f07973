"""Making an account by oneself: a code out of a letter, nothing told of who has one, and limits on trying."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from soyol.accounts import actions, queries
from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.accounts.sign_in import home_of
from soyol.audit.models import Entry
from soyol.places.models import Unit
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db
SHORT = "short"

PASSWORD = "steppe-horses-forty-seven"  # pragma: allowlist secret
ANOTHER = "another-river-of-nine-bends"  # pragma: allowlist secret
NEW = "new@example.org"
SIGNED_IN = "_auth_user_id"
CODE_PAGE = "/accounts/confirm-email/"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """No test is stopped by what another one tried."""
    cache.clear()


@pytest.fixture
def known(country: Unit) -> User:
    """Somebody with an account that is in use."""
    user = make.user(Role.ARTIST, sample=False)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def _browser(address: str = "127.0.0.1") -> Client:
    return Client(headers={"Host": "localhost", "Accept-Language": "en"}, REMOTE_ADDR=address)


def _sign_up(client: Client, email: str = NEW, *, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/signup/", {"name": "Бат", "email": email, "password1": password, **more})


def _code() -> str:
    found = re.search(r"^    (\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_somebody_signs_up_and_is_inside_without_leaving_the_page() -> None:
    client = _browser()
    assert _sign_up(client)["Location"] == CODE_PAGE
    assert SIGNED_IN not in client.session
    answer = client.post(CODE_PAGE, {"code": _code()})
    made = User.objects.get(email=NEW)
    assert (answer.status_code, answer["Location"]) == (302, home_of(made))
    assert client.session[SIGNED_IN] == str(made.pk)
    assert (made.name, made.check_password(PASSWORD)) == ("Бат", True)
    assert EmailAddress.objects.get(user=made).verified
    told = Entry.objects.values_list("action", "target")
    assert list(told) == [("accounts.user.sign_up", f"accounts.User:{made.pk}")]


def test_who_signed_up_has_no_right_and_sees_nothing_of_the_desk() -> None:
    client = _browser()
    _sign_up(client)
    client.post(CODE_PAGE, {"code": _code()})
    made = User.objects.get(email=NEW)
    assert queries.permissions(made) == frozenset()
    assert [client.get(page).status_code for page in ("/desk/", "/desk/me/", "/desk/entries/")] == [403, 403, 403]
    body = client.get("/").content.decode()
    assert ('href="/desk/"' in body, 'action="/accounts/logout/"' in body) == (False, True)


@pytest.mark.parametrize("page", ["/accounts/password/change/", "/accounts/email/", "/accounts/2fa/"])
def test_ones_own_keys_are_reached_without_a_desk(page: str, known: User) -> None:
    client = _browser()
    client.post("/accounts/login/", {"login": known.email, "password": PASSWORD})
    answer = client.get(page)
    assert answer.status_code == 200
    assert 'class="desk"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "there"), [("/directory/?q=x", "/directory/?q=x"), ("https://evil.example/", ""), ("//evil.example/", "")]
)
def test_where_one_wanted_to_go_is_kept_on_this_site(told: str, there: str) -> None:
    client = _browser()
    _sign_up(client, next=told)
    answer = client.post(CODE_PAGE, {"code": _code()})
    assert answer["Location"] == (there or home_of(User.objects.get(email=NEW)))


def test_the_way_from_signing_in_to_signing_up_keeps_where_one_wanted_to_go() -> None:
    body = _browser().get("/accounts/login/?next=/directory/").content.decode()
    assert 'href="/accounts/signup/?next=%2Fdirectory%2F"' in body
    page = _browser().get("/accounts/signup/?next=/directory/").content.decode()
    assert '<input type="hidden" name="next" value="/directory/">' in page


def test_boxes_tell_a_browser_what_they_are_for_and_cut_nothing() -> None:
    page = _browser().get("/accounts/signup/").content.decode()
    boxes = dict(re.findall(r'<input[^>]*name="(name|email|password1)"[^>]*?autocomplete="([^"]*)"', page))
    assert boxes == {"name": "name", "email": "email", "password1": "new-password"}  # pragma: allowlist secret
    password = re.search(r'<input[^>]*name="password1"[^>]*>', page)
    assert password
    assert "maxlength" not in password[0]
    assert "data-show" in password[0]


# -- A known and an unknown address --


def _told(answer: Any, email: str) -> tuple[Any, ...]:
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode()).replace(email, "")
    return answer.status_code, answer.redirect_chain, body


def test_a_known_and_an_unknown_address_get_the_same_answers_all_the_way(known: User) -> None:
    told = []
    for email in (known.email, "x" * (len(known.email) - len("@example.org")) + "@example.org"):
        client = _browser()
        answers = [client.post("/accounts/signup/", {"name": "B", "email": email, "password1": ANOTHER}, follow=True)]
        answers += [client.post(CODE_PAGE, {"code": "000000"}, follow=True)]
        answers += [client.post(CODE_PAGE, {"action": "resend"}, follow=True)]
        answers += [client.get(CODE_PAGE, follow=True), client.get("/accounts/signup/", follow=True)]
        answers += [client.post(CODE_PAGE, {"code": "000000"}, follow=True) for _ in range(5)]
        told.append([_told(answer, email) for answer in answers])
    assert told[0] == told[1]


def test_both_addresses_get_one_letter_and_only_the_unknown_one_a_code(known: User) -> None:
    for email in (known.email, NEW):
        _sign_up(_browser(), email, password=ANOTHER)
    assert [letter.to for letter in mail.outbox] == [[known.email], [NEW]]
    have_code = [bool(re.search(r"\d{6}", f"{letter.subject} {letter.body}")) for letter in mail.outbox]
    assert have_code == [False, True]
    assert "/accounts/password/reset/" in str(mail.outbox[0].body)
    known.refresh_from_db()
    assert (known.check_password(PASSWORD), User.objects.filter(email=known.email).count()) == (True, 1)


def test_not_even_a_lucky_guess_tells_of_an_account(known: User) -> None:
    client = _browser()
    _sign_up(client, known.email)
    kept = client.session["account_email_verification_code"]["code"]
    answer = client.post(CODE_PAGE, {"code": kept})
    assert answer.context["form"].errors == {"code": answer.context["form"].errors["code"]}
    assert SIGNED_IN not in client.session


def test_a_refused_password_is_refused_alike(known: User) -> None:
    told = [
        _browser().post("/accounts/signup/", {"name": "B", "email": email, "password1": SHORT}).context["form"].errors
        for email in (known.email, NEW)
    ]
    assert told[0] == told[1]
    assert list(told[0]) == ["password1"]
    assert mail.outbox == []


# -- Passwords --


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("short-11-xy", False),
        ("password1234", False),
        ("Ганболд-Ганболд", False),  # like the name
        ("a long sentence of plain words", True),
        ("ө" * 12, True),
        ("x7" * 64, True),
        ("x7" * 64 + "x", False),
    ],
)
def test_a_password_is_judged_by_length_by_lists_and_by_the_name(password: str, taken: bool) -> None:
    _browser().post("/accounts/signup/", {"name": "Ганболд-Ганболд", "email": NEW, "password1": password})
    assert User.objects.filter(email=NEW).exists() is taken


# -- Codes --


def test_after_five_wrong_codes_the_right_one_no_longer_counts() -> None:
    client = _browser()
    _sign_up(client)
    code = _code()
    answers = [client.post(CODE_PAGE, {"code": _wrong(code)}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 302]
    client.post(CODE_PAGE, {"code": code})
    assert SIGNED_IN not in client.session


def test_a_code_counts_for_a_quarter_of_an_hour() -> None:
    client = _browser()
    _sign_up(client)
    session = client.session
    session["account_email_verification_code"]["at"] -= actions.CODE_SECONDS + 1
    session.save()
    client.post(CODE_PAGE, {"code": _code()})
    assert SIGNED_IN not in client.session


def test_a_code_counts_in_the_browser_that_asked_for_it() -> None:
    _sign_up(_browser())
    stranger = _browser()
    assert stranger.post(CODE_PAGE, {"code": _code()})["Location"] == "/accounts/login/"
    assert SIGNED_IN not in stranger.session


def test_a_new_code_is_sent_after_a_pause_and_the_old_one_is_dead() -> None:
    client = _browser()
    _sign_up(client)
    old = _code()
    assert client.post(CODE_PAGE, {"action": "resend"}).status_code == 429
    assert len(mail.outbox) == 1
    cache.clear()  # half a minute later
    client.post(CODE_PAGE, {"action": "resend"})
    assert len(mail.outbox) == 2
    new = _code()
    client.post(CODE_PAGE, {"code": old})
    assert (SIGNED_IN in client.session) is (old == new)
    client.post(CODE_PAGE, {"code": new})
    assert SIGNED_IN in client.session


def test_an_address_gets_six_letters_an_hour_whoever_asks() -> None:
    refused = 0
    for number in range(8):
        client = _browser(f"10.0.9.{number}")
        answer = _sign_up(client)
        refused += answer.status_code == 200
        for key in _pauses():
            cache.delete(key)
    assert (refused, len(mail.outbox)) == (2, 6)


def _pauses() -> list[str]:
    """Keys under which the cache counts the pause between two letters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM accounts_cache WHERE cache_key LIKE %s", ["%confirm_email:1/30%"])
        return [row[0].split(":", 2)[2] for row in cursor.fetchall()]


def test_one_address_of_the_network_signs_up_sixty_times_an_hour() -> None:
    client = _browser("10.0.8.1")
    told = [client.post("/accounts/signup/", {"email": "no address"}).status_code for _ in range(61)]
    assert told == [200] * 60 + [429]


# -- Accounts that nobody finished --


def _left_behind(minutes: int) -> User:
    _sign_up(_browser(), password=ANOTHER)
    left = User.objects.get(email=NEW)
    User.objects.filter(pk=left.pk).update(joined_at=timezone.now() - timedelta(minutes=minutes))
    cache.clear()
    return left


def test_who_comes_back_later_begins_again_with_the_new_password() -> None:
    left = _left_behind(16)
    client = _browser()
    _sign_up(client)
    client.post(CODE_PAGE, {"code": _code()})
    made = User.objects.get(email=NEW)
    assert (made.pk != left.pk, made.check_password(PASSWORD), SIGNED_IN in client.session) == (True, True, True)


def test_while_a_code_counts_nobody_else_takes_the_address() -> None:
    left = _left_behind(14)
    _sign_up(_browser())
    left.refresh_from_db()
    assert left.check_password(ANOTHER)
    assert "/accounts/password/reset/" in str(mail.outbox[-1].body)


def test_who_proved_an_address_or_has_a_role_is_never_dropped(known: User) -> None:
    User.objects.update(joined_at=timezone.now() - timedelta(days=1))
    assert actions.drop_unfinished(email=known.email) == 0
    EmailAddress.objects.update(verified=False)
    assert actions.drop_unfinished(email=known.email) == 0
    assert User.objects.filter(pk=known.pk).exists()


def test_whoever_signed_up_with_anothers_address_is_not_let_in_when_its_owner_proves_it() -> None:
    thief = _browser()
    _sign_up(thief, password=ANOTHER)
    cache.clear()
    owner = _browser()
    owner.post("/accounts/password/reset/", {"email": NEW})
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link
    there = owner.get(link[0], follow=True).redirect_chain[-1][0]
    owner.post(there, {"password1": PASSWORD, "password2": PASSWORD})
    made = User.objects.get(email=NEW)
    assert made.check_password(PASSWORD)
    for page in ("/accounts/login/", "/accounts/signup/", CODE_PAGE):
        thief.get(page, follow=True)
        thief.post(page, {"login": NEW, "password": ANOTHER, "code": "000000"}, follow=True)
        assert SIGNED_IN not in thief.session
