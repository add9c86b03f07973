"""The way to the state's sign-in and back: once, in one browser, for one account, and nothing in clear."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone

from soyol.accounts import state
from soyol.accounts.models import User
from soyol.accounts.state import keeping
from soyol.audit.models import Entry
from soyol.lib import fetching
from tests.factories.state import CITIZEN, StateServer, answer_of

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]
BEGIN, BACK = "/accounts/state/begin/", "/accounts/state/back/"


@pytest.fixture(autouse=True)
def _nothing_used_up() -> None:
    cache.clear()


@pytest.fixture
def client(artist: User, client_of: Signed) -> Client:
    """A browser in which the artist is signed in."""
    return client_of(artist)


def _begin(client: Client, there: str = "/directory/") -> str:
    answer = client.post(BEGIN, {"next": there})
    assert answer.status_code == 302
    return str(answer["Location"])


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def _proven(client: Client, user: User) -> Any:
    request = RequestFactory().get("/")
    request.user, request.session = user, client.session
    return state.proven(request)


def test_who_agrees_is_proven_and_goes_on(client: Client, artist: User, with_dan: StateServer) -> None:
    answer = client.get(_path(with_dan.approve(_begin(client))))
    assert (answer.status_code, answer["Location"]) == (302, "/directory/")
    proof = _proven(client, artist)
    assert (proof.national_number, proof.given_name) == ("ТТ90010112", "Тэмүүлэн")
    entry = Entry.objects.get(action="accounts.user.prove")
    assert (entry.target, entry.told) == (f"accounts.User:{artist.pk}", {"provider": "dan"})


def test_nothing_of_a_proof_stands_in_the_session_table_or_the_logs(
    client: Client, artist: User, with_dan: StateServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.get(_path(with_dan.approve(_begin(client))))
    kept = json.dumps([one.get_decoded() for one in Session.objects.all()], ensure_ascii=False)
    for value in ("ТТ90010112", "Тэмүүлэн", "Жишээ", "1990"):
        assert value not in kept + caplog.text + json.dumps(Entry.objects.get(action="accounts.user.prove").told)


def test_a_proof_ends_after_a_quarter_of_an_hour_and_when_it_is_forgotten(
    client: Client, artist: User, with_dan: StateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(_path(with_dan.approve(_begin(client))))
    request = RequestFactory().get("/")
    request.user, request.session = artist, client.session
    assert state.proven(request) is not None
    later = timezone.now() + timedelta(seconds=keeping.PROOF_SECONDS + 1)
    with monkeypatch.context() as patched:
        patched.setattr(keeping.timezone, "now", lambda: later)
        assert state.proven(request) is None
    assert state.proven(request) is None, "what was too old once is gone"
    client.get(_path(with_dan.approve(_begin(client))))
    request.session = client.session
    state.forget(request)
    assert state.proven(request) is None


def test_a_proof_opens_for_its_account_only(client: Client, artist: User, curator: User, with_dan: StateServer) -> None:
    client.get(_path(with_dan.approve(_begin(client))))
    assert _proven(client, curator) is None
    assert _proven(client, artist) is not None


def test_what_came_back_once_comes_back_no_more(client: Client, with_dan: StateServer) -> None:
    back = _path(with_dan.approve(_begin(client)))
    assert [client.get(back).status_code for _ in range(2)] == [302, 400]
    assert Entry.objects.filter(action="accounts.user.prove").count() == 1


def test_of_two_requests_at_once_with_one_session_one_passes(artist: User, with_dan: StateServer) -> None:
    request = RequestFactory().get("/")
    request.user, request.session = artist, {}
    told = keeping.begin(request, provider="dan", there="/")
    copy = dict(request.session)
    assert keeping.end(request, provider="dan", state=told) == "/"
    request.session = copy
    with pytest.raises(keeping.Forged):
        keeping.end(request, provider="dan", state=told)


def test_the_state_of_another_browser_is_refused_and_ends_nobodys_proof(
    client: Client, curator: User, client_of: Signed, with_dan: StateServer
) -> None:
    mine, theirs = _begin(client), _begin(client_of(curator))
    assert client.get(_path(with_dan.approve(theirs))).status_code == 400
    assert client.get(BACK + "?code=x").status_code == 400
    assert client.get(_path(with_dan.approve(mine))).status_code == 302


def test_only_the_last_that_was_begun_counts(client: Client, with_dan: StateServer) -> None:
    first, last = _begin(client), _begin(client)
    assert [client.get(_path(with_dan.approve(each))).status_code for each in (first, last)] == [400, 302]


def test_another_provider_another_account_and_a_late_return_are_refused(
    client: Client, artist: User, curator: User, with_dan: StateServer
) -> None:
    changes = ({"provider": "other"}, {"user": str(curator.pk)}, {"at": 0}, {"at": 99_999_999_999})
    for change in changes:
        back = _path(with_dan.approve(_begin(client)))
        session = client.session
        session["state_way"] = {**session["state_way"], **change}
        session.save()
        assert client.get(back).status_code == 400
    mixed = _path(with_dan.approve(_begin(client))) + "&iss=https://thief.example"
    assert client.get(mixed).status_code == 400
    assert with_dan.asked == [], "no code was shown to anybody"


def test_who_says_no_is_told_so_and_may_begin_again(client: Client, artist: User, with_dan: StateServer) -> None:
    answer = client.get(_path(with_dan.refuse(_begin(client))))
    assert (answer.status_code, answer.context["why"], answer.context["there"]) == (200, "cancelled", "/directory/")
    assert _proven(client, artist) is None
    assert client.get(_path(with_dan.approve(_begin(client)))).status_code == 302


def test_a_wrong_answer_says_the_way_out(client: Client, with_dan: StateServer) -> None:
    no_number = (answer_of({**CITIZEN, "regnum": ""}), {})
    broken = (answer_of(), {"/oauth2/token": (500, {}, b"oops")})
    for with_dan.answer, with_dan.fails in (no_number, broken):
        told = client.get(_path(with_dan.approve(_begin(client))))
        assert (told.status_code, told.context["why"]) == (502, "wrong_answer")
        assert 'href="/directory/"' in told.content.decode()


def test_a_provider_that_does_not_answer_says_the_way_out(
    client: Client, with_dan: StateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "STEP_SECONDS", 0.3)
    with_dan.slow["/oauth2/token"] = 1.0
    told = client.get(_path(with_dan.approve(_begin(client))))
    assert (told.status_code, told.context["why"]) == (504, "timed_out")


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", ""])
def test_nobody_is_sent_on_to_another_site(client: Client, with_dan: StateServer, there: str) -> None:
    answer = client.get(_path(with_dan.approve(_begin(client, there))))
    assert answer["Location"].startswith("/")
    assert "evil" not in answer["Location"]


def test_the_address_to_come_back_to_is_never_taken_from_the_request(client: Client, with_dan: StateServer) -> None:
    answer = client.post(BEGIN, {}, headers={"Host": "127.0.0.1"})
    told = parse_qs(urlsplit(answer["Location"]).query)["redirect_uri"][0]
    assert told == "http://localhost:8000/accounts/state/back/"


def test_a_visitor_is_asked_to_sign_in_and_the_code_stands_in_no_address(with_dan: StateServer) -> None:
    visitor = Client()
    assert visitor.post(BEGIN)["Location"].startswith("/accounts/login/")
    assert visitor.get(BACK + "?code=x&state=y")["Location"] == "/accounts/login/"


def test_where_it_is_not_offered_its_addresses_are_not_there(client: Client) -> None:
    assert state.offered() is None
    assert [client.post(BEGIN).status_code, client.get(BACK).status_code] == [404, 404]
