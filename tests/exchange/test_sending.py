"""How a question goes over the network: trust, retries, limits."""

import socket
from pathlib import Path

import pytest

from soyol.exchange import sending
from soyol.exchange.register import Misconfigured, Unreachable, WrongAnswer
from soyol.exchange.sending import post
from soyol.lib import fetching
from tests.factories.registers import RegisterServer, a_certificate, register_server

OK = (200, b"<a/>")


def _asked(server: RegisterServer, *answers: tuple[int, bytes]) -> bytes:
    server.next_ones = list(answers)
    return post(f"{server.origin}/x", b"question", {})


def test_what_is_answered_comes_back(server: RegisterServer) -> None:
    assert _asked(server, OK) == b"<a/>"


@pytest.mark.parametrize("status", [502, 503, 504])
def test_while_the_register_is_away_it_is_tried_once_more_and_no_more(server: RegisterServer, status: int) -> None:
    assert _asked(server, (status, b""), OK) == b"<a/>"
    with pytest.raises(Unreachable):
        _asked(server, (status, b""), (status, b""), OK)
    assert server.next_ones == [OK]


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 404, 500])
def test_no_redirect_is_followed_and_no_other_status_is_tried_again(server: RegisterServer, status: int) -> None:
    with pytest.raises(WrongAnswer):
        _asked(server, (status, b"no"), OK)
    assert server.next_ones == [OK]


def test_a_fault_comes_with_status_500_and_is_read(server: RegisterServer) -> None:
    assert _asked(server, (500, b"<fault/>")) == b"<fault/>"


def test_who_is_not_there_is_tried_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    monkeypatch.setattr(sending, "sleep", tried.append)  # not of the whole process: servers of other tests sleep too
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable):
        post(f"http://127.0.0.1:{port}/x", b"", {})
    assert tried == [sending.PAUSE_SECONDS]


def test_a_slow_and_an_endless_answer_are_given_up_and_not_asked_again(
    server: RegisterServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.2)
    server.slow = 0.1
    with pytest.raises(Unreachable):
        _asked(server, (200, b"x" * 640), OK)
    assert server.next_ones == [OK]
    server.slow = 0.0
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    with pytest.raises(WrongAnswer):
        _asked(server, (200, b"x" * 2000))


def test_an_answer_that_does_not_begin_in_time_is_not_asked_again(
    server: RegisterServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "STEP_SECONDS", 0.1)
    server.slow = 0.5
    with pytest.raises(Unreachable):
        _asked(server, OK, OK)
    assert server.next_ones == [OK]


def test_only_who_has_a_trusted_certificate_is_asked(tmp_path: Path) -> None:
    certificate = a_certificate(tmp_path / "own.pem")
    with register_server(certificate=certificate) as server:
        server.next_ones = [OK]
        with pytest.raises(Unreachable):
            post(f"{server.origin}/x", b"", {})
        assert post(f"{server.origin}/x", b"", {}, certificates=str(certificate)) == b"<a/>"
        with pytest.raises(Unreachable):
            post(f"{server.origin.replace('127.0.0.1', 'localhost')}/x", b"", {}, certificates=str(certificate))


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_certificates_that_cannot_be_read_are_told_before_anything_is_sent(
    server: RegisterServer, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "trusted.pem"
    if content is not None:
        file.write_bytes(content)
    server.next_ones = [OK]
    with pytest.raises(Misconfigured):
        post(f"{server.origin}/x", b"", {}, certificates=str(file))
    assert server.next_ones == [OK]
