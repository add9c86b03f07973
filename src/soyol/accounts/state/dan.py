"""ДАН, the Mongolian state's sign-in (sso.gov.mn).

OAuth 2.0 with an authorization code, but not OpenID Connect: there is no ID token, no discovery and no PKCE. The scope
is a base64 text of a JSON list of services of ХУР, the state's data exchange, each with the address of its WSDL; the
token is then shown at one service address, which answers with a list: first how the person signed in, then the
answers of these services.
"""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from soyol.accounts.state.asking import ask
from soyol.accounts.state.proof import Proven, WrongAnswer

CARD = "WS100101_getCitizenIDCardInfo"
WSDL = "https://xyp.gov.mn/citizen-1.5.0/ws?WSDL"
#: How the answer says that somebody signed in for an organisation, who is no citizen then.
FOR_ORGANISATION = "1"
#: Two letters and eight digits, in capitals.
_NUMBER = re.compile(r"[^\W\d_]{2}[0-9]{8}")
_DAY = re.compile(r"(\d{4})[-./](\d{2})[-./](\d{2})")


@dataclass(frozen=True)
class Dan:
    """ДАН as one client of it is registered; ``origin`` is https://sso.gov.mn, or a server of a test."""

    client: str
    secret: str = field(repr=False)
    origin: str
    name: str = "dan"

    def address(self, *, state: str, redirect_uri: str) -> str:
        """Where the browser goes; ``redirect_uri`` must be the one that is registered there."""
        asked = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": redirect_uri,
            "scope": scope(),
            "state": state,
        }
        return f"{self.origin}/oauth2/authorize?{urlencode(asked)}"

    def proof(self, *, code: str, redirect_uri: str) -> Proven:
        """The holder of the citizen's card that ДАН shows for the code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self.client,
            "client_secret": self.secret,
            "redirect_uri": redirect_uri,
        }
        given = ask(f"{self.origin}/oauth2/token", form=urlencode(form).encode(), headers={})
        token = given.get("access_token") if isinstance(given, dict) else None
        if not isinstance(token, str) or not re.fullmatch(r"[\x21-\x7e]{1,4096}", token):
            raise WrongAnswer("no token")
        told = ask(f"{self.origin}/oauth2/api/v1/service", headers={"Authorization": f"Bearer {token}"})
        return _proven(told, self.name)


def scope() -> str:
    """Which services are asked for: the citizen's card alone."""
    return base64.b64encode(json.dumps([{"services": [CARD], "wsdl": WSDL}]).encode()).decode()


def _proven(told: Any, provider: str) -> Proven:
    if any(str(part.get("citizen_loginType")) == FOR_ORGANISATION for part in _parts(told)):
        raise WrongAnswer("signed in for an organisation")
    cards = [card for part in _parts(told) if (card := _card(part)) is not None]
    if len(cards) != 1:  # of two nobody knows which is the person's
        raise WrongAnswer("no card" if not cards else "several cards")
    card = cards[0]
    number = _words(card.get("regnum")).upper()
    if not _NUMBER.fullmatch(number):
        raise WrongAnswer("no national number")
    given = _words(card.get("firstname"))
    if not given:
        raise WrongAnswer("no name")
    return Proven(
        national_number=number,
        surname=_words(card.get("lastname")),
        given_name=given,
        birth_date=_day(card.get("birthDateAsText")) or _day(card.get("birthDate")),
        provider=provider,
        at=timezone.now(),
    )


def _parts(told: Any) -> Iterator[dict[str, Any]]:
    """The objects of the list; some releases answer one object instead."""
    for part in told if isinstance(told, list) else [told]:
        if isinstance(part, dict):
            yield part


def _card(part: dict[str, Any]) -> dict[str, Any] | None:
    """What the service of the card answered, where it did and says that it went well."""
    services = part.get("services")
    answer = services.get(CARD) if isinstance(services, dict) else None
    if not isinstance(answer, dict) or str(answer.get("resultCode", 0)) != "0":
        return None
    card = answer.get("response")
    return card if isinstance(card, dict) else None


def _words(value: Any) -> str:
    return " ".join(value.split())[:200] if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
