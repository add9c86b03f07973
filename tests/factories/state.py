"""A server on loopback that behaves like the state's sign-in ДАН, with its oddities, its errors and slow answers.

Everybody it tells of is invented.
"""

import json
import secrets
import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT, SECRET = "soyol-tests", "a-secret-of-the-tests"  # pragma: allowlist secret
CARD = "WS100101_getCitizenIDCardInfo"
#: An invented citizen as ДАН tells of one: more than anybody asked for.
CITIZEN: dict[str, Any] = {
    "regnum": "тт90010112",
    "firstname": "  Тэмүүлэн ",
    "lastname": "Жишээ",
    "birthDateAsText": "1990-01-01 00:00:00",
    "gender": "Эрэгтэй",
    "image": "aGVsbG8=",
    "passportAddress": "Жишээ хороо",
    "personId": "123",
}


def answer_of(card: dict[str, Any] | None = None, **other: Any) -> list[dict[str, Any]]:
    """What the service address answers: how the person signed in, then what the services said."""
    said = {"request": None, "requestId": "1", "resultCode": 0, "resultMessage": "амжилттай", **other}
    return [{"citizen_loginType": 2}, {"services": {CARD: {**said, "response": CITIZEN if card is None else card}}}]


@dataclass
class StateServer:
    """What the server does next, and what it was asked."""

    origin: str = ""
    #: What the service address answers; bytes go out as they are.
    answer: Any = field(default_factory=answer_of)
    #: How an address fails: path → (status, headers, body).
    fails: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    #: Seconds before each piece of an answer, by path.
    slow: dict[str, float] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def approve(self, address: str) -> str:
        """The person signs in and agrees: where the browser is sent then. ValueError for what ДАН would refuse."""
        told = {name: values[0] for name, values in parse_qs(urlsplit(address).query, strict_parsing=True).items()}
        asked = json.loads(b64decode(told["scope"], validate=True))
        if told["client_id"] != CLIENT or told["response_type"] != "code" or [*asked[0]] != ["services", "wsdl"]:
            raise ValueError(address)
        code = secrets.token_hex(16)
        self.codes[code] = told["redirect_uri"]
        return f"{told['redirect_uri']}?{urlencode({'code': code, 'state': told['state']})}"

    def refuse(self, address: str) -> str:
        """The person says no: where the browser is sent then."""
        told = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"{told['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': told['state']})}"

    def token_for(self, form: dict[str, str]) -> dict[str, Any] | None:
        """A token for a code, once, for the right client and the same address to come back to."""
        right = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if not right or self.codes.pop(form.get("code", ""), None) != form.get("redirect_uri"):
            return None
        token = secrets.token_hex(20)
        self.tokens.add(token)
        return {"access_token": token, "token_type": "Bearer", "expires_in": 300}


def _handler(told: StateServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            found = told.token_for(form) if self.path == "/oauth2/token" else None
            self._answer(200 if found else 400, found or {"error": "invalid_grant"})

        def do_GET(self) -> None:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            right = self.path == "/oauth2/api/v1/service" and token in told.tokens
            self._answer(200 if right else 401, told.answer if right else {"error": "invalid_token"})

        def _answer(self, status: int, content: Any) -> None:
            told.asked.append((self.command, self.path))
            headers, body = {}, content if isinstance(content, bytes) else json.dumps(content).encode()
            if self.path in told.fails:
                status, headers, body = told.fails[self.path]
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            pause = told.slow.get(self.path, 0.0)
            for start in range(0, len(body), 64 if pause else len(body) or 1):
                time.sleep(pause)
                self.wfile.write(body[start : start + (64 if pause else len(body))])

        def log_message(self, *_told: Any) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:  # whoever asked has had enough
                self.close_connection = True

    return Handler


@contextmanager
def state_server() -> Iterator[StateServer]:
    """A running server."""
    told = StateServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(told))
    server.daemon_threads = True
    told.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
