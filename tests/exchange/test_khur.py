"""ХУР: what is asked of it, what its answers tell, and what each failure means."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from soyol.exchange.khur import BODY, CARD, DEATH, Khur
from soyol.exchange.register import (
    Answer,
    Denied,
    ExchangeFailed,
    Misconfigured,
    NeedsConsent,
    NotThere,
    NumberWrong,
    Question,
    Register,
    WrongAnswer,
)
from tests.factories.registers import TOKEN, RegisterServer, pem

#: Of the range that no office can have issued.
NUMBER, COMPANY = "ЪЬ90010112", "0012345"


def _khur(server: RegisterServer, **other: str) -> Register:
    return Khur(**{"token": TOKEN, "key": server.key_file, "origin": server.origin, **other})


def _person(server: RegisterServer, **more: Any) -> Answer:
    return _khur(server).ask(Question("person", NUMBER, **more))


def _company(server: RegisterServer) -> Answer:
    return _khur(server).ask(Question("organisation", COMPANY))


@pytest.fixture
def known(server: RegisterServer) -> RegisterServer:
    """A server that knows one citizen and one company."""
    server.person(NUMBER, "Жишээ", "Тэмүүлэн", born="1990-01-01 00:00:00", aimagCityName="Нэг", soumDistrictName="Хоёр")
    server.body(COMPANY, "Жишээ студи ХХК", stateCity="Нэг", soumDistrict="Хоёр")
    return server


def test_a_citizen_is_told_with_what_we_need_and_nothing_else(known: RegisterServer) -> None:
    answer = _person(known)
    assert dict(answer.texts) == {
        "surname": "Жишээ", "given_name": "Тэмүүлэн", "person_number": NUMBER, "birth_date": "1990-01-01",
        "unit": "Нэг, Хоёр",
    }  # fmt: skip
    assert (answer.register, answer.on, answer.has_ended) == ("khur", timezone.localdate(), False)


def test_what_is_asked_is_signed_and_names_the_number_only_in_its_body(known: RegisterServer) -> None:
    _person(known)
    assert known.asked == [(CARD.operation, {"regnum": NUMBER}), (DEATH.operation, {"regnum": NUMBER})]


def test_a_code_of_the_person_and_the_operator_go_along_where_they_are_known(known: RegisterServer) -> None:
    _khur(known, operator="ЪЬ80010199").ask(Question("person", NUMBER, code="1234"))
    assert known.asked[0][1] == {
        "auth": {
            "citizen": {"authType": "1", "otp": "1234", "regnum": NUMBER},
            "operator": {"regnum": "ЪЬ80010199"},
        },
        "regnum": NUMBER,
    }


def test_a_death_is_told_with_its_day_and_without_one(known: RegisterServer) -> None:
    known.person(NUMBER, "Жишээ", "Тэмүүлэн", died="2024-05-06T00:00:00+08:00")
    told = _person(known)
    assert (told.has_ended, told.texts["death_date"]) == (True, "2024-05-06")
    known.person(NUMBER, "Жишээ", "Тэмүүлэн", died="unknown")
    told = _person(known)
    assert (told.has_ended, "death_date" in told.texts) == (True, False)


@pytest.mark.parametrize("result", [1, 200, 203, 501])
def test_who_may_not_ask_about_deaths_is_told_the_rest(known: RegisterServer, result: int) -> None:
    known.results[DEATH.operation] = result
    assert (_person(known).has_ended, "death_date" in _person(known).texts) == (False, False)


def test_a_company_is_told_and_whether_it_was_dissolved(known: RegisterServer) -> None:
    told = _company(known)
    assert dict(told.texts) == {
        "org_name": "Жишээ студи ХХК", "company_number": COMPANY, "unit": "Нэг, Хоёр"
    }  # fmt: skip
    assert not told.has_ended
    known.body(COMPANY, "Жишээ студи ХХК", gone="2023-01-02")
    gone = _company(known)
    assert (gone.has_ended, gone.texts["closed"]) == (True, "2023-01-02")
    assert known.asked[-1] == (BODY.operation, {"legalEntityNumber": COMPANY})


@pytest.mark.parametrize(
    ("result", "failure"),
    [
        (1, NotThere), (3, Denied), (203, Denied), (501, Denied), (200, NeedsConsent), (202, NeedsConsent),
        (401, NumberWrong), (402, NumberWrong), (2, WrongAnswer), (801, WrongAnswer),
    ],
)  # fmt: skip
def test_each_result_that_went_wrong_has_its_meaning(
    known: RegisterServer, result: int, failure: type[ExchangeFailed]
) -> None:
    known.results[CARD.operation] = result
    with pytest.raises(failure):
        _person(known)


def test_another_token_or_key_is_denied(known: RegisterServer, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

    other = tmp_path / "other.pem"
    other.write_bytes(pem(generate_private_key(public_exponent=65537, key_size=2048)))
    for wrong in ({"token": "another"}, {"key": str(other)}):
        with pytest.raises(Denied):
            _khur(known, **wrong).ask(Question("person", NUMBER))


@pytest.mark.parametrize("content", [None, b"", b"no key", pem(ec.generate_private_key(ec.SECP256R1()))])
def test_without_a_key_that_signs_nothing_is_sent(known: RegisterServer, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Misconfigured):
        _khur(known, key=str(file)).ask(Question("person", NUMBER))
    assert known.asked == []


@pytest.mark.parametrize(
    "card",
    [{"regnum": "ЪЬ80010199"}, {"regnum": ""}, {"firstname": " "}],
    ids=["about somebody else", "about nobody", "without a name"],
)
def test_an_answer_that_tells_not_whom_we_asked_about_is_none(known: RegisterServer, card: dict[str, str]) -> None:
    known.known[CARD.operation][NUMBER] |= card
    with pytest.raises(WrongAnswer):
        _person(known)


@pytest.mark.parametrize("born", ["", "yesterday", "1990-13-01"])
def test_a_day_that_cannot_be_read_is_not_told(known: RegisterServer, born: str) -> None:
    known.person(NUMBER, "Жишээ", "Тэмүүлэн", born=born)
    assert "birth_date" not in _person(known).texts


def test_no_text_of_a_question_an_answer_or_the_client_names_anybody(known: RegisterServer) -> None:
    question = Question("person", NUMBER, code="1234")
    said = f"{question!r} {_person(known)!r} {_khur(known, operator=NUMBER)!r}"
    assert [told for told in (NUMBER, "1234", "Тэмүүлэн", TOKEN) if told in said] == []
