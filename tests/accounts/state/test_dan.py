"""ДАН: what is asked of it, what its answers prove, and what proves nothing."""

import json
from base64 import b64decode
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from soyol.accounts.state.dan import CARD, WSDL, Dan
from soyol.accounts.state.proof import Proven, StateSignIn, TimedOut, WrongAnswer
from soyol.lib import fetching
from tests.factories.state import CITIZEN, CLIENT, SECRET, StateServer, answer_of

BACK = "http://localhost/accounts/state/back/"


def _dan(server: StateServer, **other: str) -> StateSignIn:
    return Dan(**{"client": CLIENT, "secret": SECRET, "origin": server.origin, **other})


def _code(server: StateServer) -> str:
    there = server.approve(_dan(server).address(state="s", redirect_uri=BACK))
    return parse_qs(urlsplit(there).query)["code"][0]


def _proof(server: StateServer) -> Proven:
    return _dan(server).proof(code=_code(server), redirect_uri=BACK)


def test_the_address_asks_for_the_card_of_a_citizen_and_nothing_else() -> None:
    dan = Dan(client="c", secret="x", origin="https://sso.example")
    parts = urlsplit(dan.address(state="a b", redirect_uri=BACK))
    told = parse_qs(parts.query)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://sso.example/oauth2/authorize"
    assert json.loads(b64decode(told.pop("scope")[0])) == [{"services": [CARD], "wsdl": WSDL}]
    assert told == {"response_type": ["code"], "client_id": ["c"], "redirect_uri": [BACK], "state": ["a b"]}


def test_a_card_proves_number_names_and_birth(server: StateServer) -> None:
    proof = _proof(server)
    assert (proof.national_number, proof.surname, proof.given_name) == ("ТТ90010112", "Жишээ", "Тэмүүлэн")
    assert (proof.birth_date, proof.provider, proof.level) == (date(1990, 1, 1), "dan", "state exchange")
    assert server.asked == [("POST", "/oauth2/token"), ("GET", "/oauth2/api/v1/service")]


def test_no_text_of_a_proof_or_of_the_client_names_anybody(server: StateServer) -> None:
    assert not {"Тэмүүлэн", "Жишээ", "90010112", SECRET} & set(f"{_proof(server)!r} {_dan(server)!r}".split())
    assert SECRET not in repr(_dan(server))
    assert "90010112" not in repr(_proof(server))


@pytest.mark.parametrize("value", [None, "", "yesterday", "1990-13-01", 19900101])
def test_a_birth_date_that_cannot_be_read_is_not_known(server: StateServer, value: Any) -> None:
    server.answer = answer_of({**CITIZEN, "birthDateAsText": value})
    assert _proof(server).birth_date is None


def test_an_answer_without_a_list_around_it_is_read_too(server: StateServer) -> None:
    server.answer = answer_of()[1]
    assert _proof(server).national_number == "ТТ90010112"


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        None,
        "x",
        b"<html>",
        b"\xff\xfe",
        [{"citizen_loginType": 2}],
        [{"services": None}],
        [{"services": {CARD: None}}],
        answer_of(resultCode=1),
        answer_of(resultCode="301"),
        answer_of({}),
        answer_of({**CITIZEN, "regnum": "9001011"}),
        answer_of({**CITIZEN, "regnum": None}),
        answer_of({**CITIZEN, "regnum": ["ТТ90010112"]}),
        answer_of({**CITIZEN, "firstname": " "}),
        [{"citizen_loginType": 1}, *answer_of()[1:]],
        [*answer_of(), *answer_of({**CITIZEN, "regnum": "УУ90010112"})],
    ],
)
def test_what_names_not_exactly_one_citizen_proves_nothing(server: StateServer, answer: Any) -> None:
    server.answer = answer
    with pytest.raises(WrongAnswer):
        _proof(server)


def test_a_code_works_once(server: StateServer) -> None:
    code = _code(server)
    _dan(server).proof(code=code, redirect_uri=BACK)
    with pytest.raises(WrongAnswer):
        _dan(server).proof(code=code, redirect_uri=BACK)


def test_a_code_is_worth_nothing_with_another_secret_or_address(server: StateServer) -> None:
    with pytest.raises(WrongAnswer):
        _dan(server, secret="another").proof(code=_code(server), redirect_uri=BACK)
    with pytest.raises(WrongAnswer):
        _dan(server).proof(code=_code(server), redirect_uri="http://localhost/elsewhere/")


@pytest.mark.parametrize("token", [None, 5, "", "a b", "a\r\nX: y", "x" * 5000])
def test_a_token_that_is_none_is_never_sent_on(server: StateServer, token: Any) -> None:
    server.fails["/oauth2/token"] = (200, {}, json.dumps({"access_token": token}).encode())
    with pytest.raises(WrongAnswer):
        _proof(server)
    assert server.asked == [("POST", "/oauth2/token")]


@pytest.mark.parametrize("path", ["/oauth2/token", "/oauth2/api/v1/service"])
@pytest.mark.parametrize("status", [302, 307, 400, 401, 500, 503])
def test_no_redirect_is_followed_and_no_error_proves_anything(server: StateServer, path: str, status: int) -> None:
    server.fails[path] = (status, {"Location": f"{server.origin}/thief"}, b"{}")
    with pytest.raises(WrongAnswer):
        _proof(server)
    assert ("GET", "/thief") not in server.asked
    assert ("POST", "/thief") not in server.asked


def test_a_slow_and_an_endless_answer_are_given_up(server: StateServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "STEP_SECONDS", 0.3)
    server.slow["/oauth2/token"] = 1.0
    with pytest.raises(TimedOut):
        _proof(server)
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.2)
    server.slow = {"/oauth2/api/v1/service": 0.1}  # each piece in time, the whole not
    with pytest.raises(TimedOut):
        _proof(server)


def test_an_answer_that_is_too_large_is_given_up(server: StateServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    server.answer = answer_of({**CITIZEN, "image": "x" * 2000})
    with pytest.raises(WrongAnswer, match="too large"):
        _proof(server)


def test_a_server_that_is_not_there_is_waited_for_no_longer() -> None:
    with pytest.raises(TimedOut):
        Dan(client="c", secret="x", origin="http://127.0.0.1:9").proof(code="x", redirect_uri=BACK)
