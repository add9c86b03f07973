"""Ways by which text messages leave the house: none, or a gateway that is asked over https."""

import http.client
import json
import ssl
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings

#: Seconds that a gateway may let us wait for each of its answers, and bytes of an answer that are read.
PATIENCE = 20
MOST_BYTES = 64 * 1024
#: Answers after which the same request may well be taken later.
LATER = frozenset({408, 425, 429})

#: Why nothing was handed over where there is no connection: whoever comes next would meet the same.
UNREACHABLE = "notices.unreachable"


class NotSent(Exception):
    """Nothing was handed over. ``code`` says why, ``again`` whether another try may do better."""

    def __init__(self, code: str, *, again: bool) -> None:
        super().__init__(code)
        self.code = code
        self.again = again


class Unclear(Exception):
    """The message was being handed over, and nobody knows how that ended: another try could send it twice."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SmsGateway(Protocol):
    """Whoever takes text messages."""

    def send(self, *, number: str, text: str, key: str) -> str:
        """Hand one over; returns the gateway's own id of it, or "". Raises NotSent or Unclear.

        ``key`` is the same for every try of one message, so that a gateway that knows keys sends it once.
        """


class Outbox:
    """Takes nothing: messages stay in the outbox. Nobody asks it, for what is kept is not due."""

    def send(self, *, number: str, text: str, key: str) -> str:
        """Refuse."""
        raise NotSent("notices.kept", again=False)


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """A gateway that takes ``{"to", "from", "text", "key"}`` as JSON by POST and answers 2xx with ``{"id"}``.

    The secret goes into ``Authorization: Bearer``, the key into ``Idempotency-Key`` as well. No redirect is followed:
    it would carry number, text and secret to somebody else.
    """

    url: str
    token: str = field(repr=False)
    sender: str
    patience: float = PATIENCE

    def send(self, *, number: str, text: str, key: str) -> str:
        """Hand one over: 4xx is for good, 5xx and no connection may be tried again, silence after it is Unclear."""
        told = json.dumps({"to": number, "from": self.sender, "text": text, "key": key}, ensure_ascii=False).encode()
        connection = self._connection()
        try:
            self._connect(connection)
            return self._ask(connection, told, key)
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            trusted = ssl.create_default_context()
            return http.client.HTTPSConnection(host, parts.port, timeout=self.patience, context=trusted)
        return http.client.HTTPConnection(host, parts.port, timeout=self.patience)

    @staticmethod
    def _connect(connection: http.client.HTTPConnection) -> None:
        try:
            connection.connect()
        except OSError:  # refused, unknown, untrusted, silent
            raise NotSent(UNREACHABLE, again=True) from None

    def _ask(self, connection: http.client.HTTPConnection, told: bytes, key: str) -> str:
        parts = urlsplit(self.url)
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), told, headers)
            with connection.getresponse() as answer:
                status, said = answer.status, answer.read(MOST_BYTES)
        except (OSError, http.client.HTTPException):
            raise Unclear("notices.silent") from None
        if 200 <= status < 300:
            return _id_in(said)
        raise NotSent("notices.refused", again=status >= 500 or status in LATER)


def _id_in(said: bytes) -> str:
    """The id that an answer tells; "" where it tells none, for it was taken all the same."""
    try:
        told: Any = json.loads(said)
    except ValueError:
        return ""
    return str(told.get("id", ""))[:200] if isinstance(told, dict) else ""


def gateway() -> SmsGateway:
    """The gateway that the settings name."""
    if settings.SOYOL_SMS == "http":
        return HttpGateway(settings.SOYOL_SMS_URL, settings.SOYOL_SMS_TOKEN, settings.SOYOL_SMS_FROM)
    return Outbox()
