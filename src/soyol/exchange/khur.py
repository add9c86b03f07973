"""ХУР, the Mongolian state's data exchange (xyp.gov.mn).

SOAP 1.1 over HTTPS inside a closed network. Each request carries a token, the time in seconds and their signature
(RSA with SHA-256 over ``token.time``, PKCS #1 v1.5) as headers, and in its body who is asked about, who agreed to it
(``auth.citizen``) and who asks for whom (``auth.operator``). Known from public clients only; what could not be tried
stands in docs/reference/settings.md.
"""

import re
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.utils import timezone

from soyol.exchange.register import (
    Answer,
    Denied,
    ExchangeFailed,
    Misconfigured,
    NeedsConsent,
    NotThere,
    NumberWrong,
    Question,
    WrongAnswer,
)
from soyol.exchange.sending import post
from soyol.exchange.soap import envelope, returned


@dataclass(frozen=True, slots=True)
class Service:
    """One operation of one service: the path of the service, its namespace, and the operation."""

    path: str
    namespace: str
    operation: str


CARD = Service("citizen-1.5.0", "http://citizen.xyp.gov.mn/", "WS100101_getCitizenIDCardInfo")
DEATH = Service("citizen-1.5.0", "http://citizen.xyp.gov.mn/", "WS100133_getCitizenDeceaseInfo")
BODY = Service("legal-entity-1.5.0", "http://les.xyp.gov.mn/", "WS100307_getLegalEntityInfoWithRegnum")
#: Codes of results: nobody there; a field missing, or a wrong token, time or signature; no agreement; not allowed;
#: a number that is none.
NOBODY, INVALID = 1, 3
CONSENT, FORBIDDEN, NUMBER = frozenset({200, 201, 202}), frozenset({203, 501}), frozenset({401, 402})
#: That the person agreed by a code that was sent to them.
BY_CODE = 1
_DAY = re.compile(r"(\d{4})[-./](\d{2})[-./](\d{2})")


@dataclass(frozen=True)
class Khur:
    """ХУР as one client of it is registered; ``origin`` is https://xyp.gov.mn, or a server of a test.

    ``key``: PEM file of the key that it registered; ``certificates``: PEM file that is trusted for it; ``operator``:
    national number of whoever answers for the questions of this site.
    """

    token: str = field(repr=False)
    key: str
    origin: str
    certificates: str = ""
    operator: str = field(default="", repr=False)
    name: str = "khur"
    tells: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "person": ("name", "surname", "given_name", "person_number", "birth_date", "death_date", "unit"),
        "organisation": ("name", "org_form", "org_branch", "company_number", "closed", "unit"),
    }

    def ask(self, question: Question) -> Answer:
        """What it says of a person or an organisation."""
        return self._person(question) if question.kind == "person" else self._body(question)

    def _person(self, question: Question) -> Answer:
        asked = {"regnum": question.number}
        card = self._told(CARD, asked, question)
        _same(_text(card, "regnum"), question.number)
        texts = {
            "surname": _text(card, "lastname"),
            "given_name": _text(card, "firstname"),
            "person_number": question.number,
            "birth_date": _day(card, "birthDateAsText") or _day(card, "birthDate"),
            "unit": _place(_text(card, "aimagCityName"), _text(card, "soumDistrictName")),
        }
        if not texts["given_name"]:
            raise WrongAnswer("no name")
        died, day = self._death(asked, question)
        return self._answer({**texts, "death_date": day}, has_ended=died)

    def _death(self, asked: Mapping[str, str], question: Question) -> tuple[bool, str]:
        """Whether it knows of a death, and its day. Who may not ask that is told nothing, which is no "no"."""
        try:
            told = self._told(DEATH, asked, question)
        except (NotThere, Denied, NeedsConsent):
            return False, ""
        _same(_text(told, "regnum") or question.number, question.number)
        return True, _day(told, "deceaseDate")

    def _body(self, question: Question) -> Answer:
        told = self._told(BODY, {"legalEntityNumber": question.number}, question)
        general, gone = _part(told, "general"), _part(told, "liquidation")
        _same(_text(general, "companyRegnum"), question.number)
        address = _part(told, "address")
        texts = {
            "org_name": _text(general, "companyName"),
            "company_number": question.number,
            "unit": _place(_text(_part(address, "stateCity"), "name"), _text(_part(address, "soumDistrict"), "name")),
            "closed": _day(gone, "decisionDate"),
        }
        if not texts["org_name"]:
            raise WrongAnswer("no name")
        return self._answer(texts, has_ended=bool(gone))

    def _answer(self, texts: Mapping[str, str], *, has_ended: bool) -> Answer:
        kept = {name: text for name, text in texts.items() if text}
        return Answer(register=self.name, on=timezone.localdate(), texts=kept, has_ended=has_ended)

    def _told(self, service: Service, asked: Mapping[str, str], question: Question) -> Mapping[str, Any]:
        request = {**self._auth(question), **asked}
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""', **self._signed()}
        body = post(
            f"{self.origin}/{service.path}/ws",
            envelope(service.namespace, service.operation, request),
            headers,
            certificates=self.certificates,
        )
        told = returned(body, service.operation)
        _settle(_text(told, "resultCode"))
        return _part(told, "response")

    def _auth(self, question: Question) -> dict[str, Any]:
        """Who agreed and who asks; parts in the order of their names, as the schema has them."""
        citizen = {"authType": BY_CODE, "otp": question.code, "regnum": question.number} if question.code else {}
        operator = {"regnum": self.operator} if self.operator else {}
        parts = {name: told for name, told in (("citizen", citizen), ("operator", operator)) if told}
        return {"auth": parts} if parts else {}

    def _signed(self) -> dict[str, str]:
        stamp = str(int(time.time()))
        signature = self._private_key().sign(f"{self.token}.{stamp}".encode(), PKCS1v15(), SHA256())
        return {"accessToken": self.token, "timeStamp": stamp, "signature": b64encode(signature).decode()}

    def _private_key(self) -> RSAPrivateKey:
        try:
            found = load_pem_private_key(Path(self.key).read_bytes(), password=None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as failed:
            raise Misconfigured(type(failed).__name__) from None
        if not isinstance(found, RSAPrivateKey):
            raise Misconfigured("no RSA key")
        return found


def _settle(code: str) -> None:
    """Nothing for a result that went well; else raises what it means."""
    if not re.fullmatch(r"\d{1,6}", code):
        raise WrongAnswer("no result")
    number = int(code)
    if number != 0:
        raise _failed(number)


def _failed(number: int) -> ExchangeFailed:
    if number == NOBODY:
        return NotThere("nobody")
    if number in CONSENT:
        return NeedsConsent(f"result {number}")
    if number in NUMBER:
        return NumberWrong(f"result {number}")
    return Denied(f"result {number}") if number == INVALID or number in FORBIDDEN else WrongAnswer(f"result {number}")


def _same(told: str, asked: str) -> None:
    """An answer about somebody else is none."""
    if told.casefold() != asked.casefold():
        raise WrongAnswer("another number")


def _parts(told: Any, name: str) -> Iterator[Any]:
    yield from told.get(name, ()) if isinstance(told, Mapping) else ()


def _part(told: Any, name: str) -> Mapping[str, Any]:
    """The first part of this name that has parts itself; empty where there is none."""
    return next((each for each in _parts(told, name) if isinstance(each, Mapping)), {})


def _text(told: Any, name: str) -> str:
    found = next((each for each in _parts(told, name) if isinstance(each, str)), "")
    return " ".join(found.split())[:200]


def _day(told: Any, name: str) -> str:
    """An ISO day, or empty for what is none."""
    found = _DAY.match(_text(told, name))
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def _place(*names: str) -> str:
    return ", ".join(name for name in names if name)
