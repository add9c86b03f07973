"""Envelopes: what is written, and what is never read."""

import pytest

from soyol.exchange import soap
from soyol.exchange.register import Denied, WrongAnswer
from soyol.exchange.soap import envelope, returned
from tests.factories import registers

SPACE = "http://example.org/"


def _answer(inner: str, *, head: str = "") -> bytes:
    return (
        f'{head}<s:Envelope xmlns:s="{soap.ENVELOPE}"><s:Body><n:askResponse xmlns:n="{SPACE}"><return>{inner}</return>'
        "</n:askResponse></s:Body></s:Envelope>"
    ).encode()


def test_what_is_written_is_read_as_it_was_meant() -> None:
    made = envelope(SPACE, "ask", {"auth": {"citizen": {"otp": "1"}}, "regnum": "<a>&\"'"})
    assert registers._read(made) == ("ask", {"auth": {"citizen": {"otp": "1"}}, "regnum": "<a>&\"'"})


def test_parts_come_by_name_as_often_as_they_stand_there() -> None:
    told = returned(_answer("<resultCode>0</resultCode><a><b>1</b></a><a><b>2</b><b>3</b></a>"), "ask")
    assert told == {"resultCode": ["0"], "a": [{"b": ["1"]}, {"b": ["2", "3"]}]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no",
        b"<a",
        b"\xff\xfe<",
        b'<?xml version="1.0" encoding="nowhere"?><a/>',
        _answer("<a>1</a>", head="<!DOCTYPE a>"),
        _answer("<a>&b;</a>", head='<!DOCTYPE a [<!ENTITY b "c">]>'),
        _answer("<a>&b;</a>", head='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'),
        _answer("text alone"),
        b"<html><return><a>1</a></return></html>",
        _answer("<a>1</a>").replace(b"askResponse", b"otherResponse"),
        _answer("<a>1</a>").replace(b"</return>", b"</return><return><a>2</a></return>"),
        _answer("<a>" * 20 + "</a>" * 20),
    ],
)
def test_what_is_no_plain_answer_is_not_read(body: bytes) -> None:
    with pytest.raises(WrongAnswer):
        returned(body, "ask")


def test_no_more_is_read_than_an_answer_about_one_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soap, "MOST_ELEMENTS", 8)
    assert returned(_answer("<a/>" * 4), "ask") == {"a": ["", "", "", ""]}
    with pytest.raises(WrongAnswer):
        returned(_answer("<a/>" * 5), "ask")


def test_a_fault_denies() -> None:
    fault = f'<s:Envelope xmlns:s="{soap.ENVELOPE}"><s:Body><s:Fault/></s:Body></s:Envelope>'
    with pytest.raises(Denied):
        returned(fault.encode(), "ask")
