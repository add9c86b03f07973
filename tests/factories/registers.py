"""A server on loopback that behaves like the state's data exchange ХУР, with its errors, and checks what is signed.

Everybody it tells of is invented, and their numbers are of the range that no office can have issued.
"""

import base64
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from defusedxml.ElementTree import fromstring

TOKEN = "a-token-of-the-tests"  # pragma: allowlist secret
GROUND = "Agreement 12 of 2026"
#: Seconds by which the time of a request may be away from that of the server.
AWAY = 300
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
_CARD, _DEATH = "WS100101_getCitizenIDCardInfo", "WS100133_getCitizenDeceaseInfo"
_BODY = "WS100307_getLegalEntityInfoWithRegnum"
#: Operation → its address, its namespace, and by which part of the request it is asked.
SERVICES = {
    _CARD: ("/citizen-1.5.0/ws", "http://citizen.xyp.gov.mn/", "regnum"),
    _DEATH: ("/citizen-1.5.0/ws", "http://citizen.xyp.gov.mn/", "regnum"),
    _BODY: ("/legal-entity-1.5.0/ws", "http://les.xyp.gov.mn/", "legalEntityNumber"),
}


@cache
def key() -> RSAPrivateKey:
    """The key that the site of the tests has registered."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def pem(private: Any = None) -> bytes:
    """A key as a PEM file holds it."""
    return bytes((private or key()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


@dataclass
class RegisterServer:
    """Whom the server knows, what it does next, and what it was asked (operation, parts of the request)."""

    origin: str = ""
    key_file: str = ""
    #: Operation → number → the parts of its response.
    known: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {name: {} for name in SERVICES})
    #: Operation → code of its result instead of an answer.
    results: dict[str, int] = field(default_factory=dict)
    #: Status and body that are answered next, one after the other, instead of anything else.
    next_ones: list[tuple[int, bytes]] = field(default_factory=list)
    #: Seconds before each piece of an answer.
    slow: float = 0.0
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    #: Called with each request before it is answered.
    meanwhile: list[Any] = field(default_factory=list)

    def person(self, number: str, surname: str, given: str, *, born: str = "", died: str = "", **more: Any) -> None:
        """Let it know a citizen, who may have died."""
        card = {"regnum": number, "lastname": surname, "firstname": given, "birthDateAsText": born, **more}
        self.known[_CARD][number] = {**card, "image": "aGVsbG8=", "passportNum": "E0000000"}
        self.known[_DEATH].pop(number, None)
        if died:
            self.known[_DEATH][number] = {"regnum": number, "deceaseDate": died}

    def body(self, number: str, name: str, *, gone: str = "", **address: Any) -> None:
        """Let it know an organisation, which may have been dissolved."""
        found: dict[str, Any] = {"general": {"companyName": name, "companyRegnum": number}}
        if address:
            found["address"] = {part: {"name": told} for part, told in address.items()}
        if gone:
            found["liquidation"] = {"decisionDate": gone, "companyRegnum": number}
        self.known[_BODY][number] = found

    def answer(self, path: str, headers: Any, body: bytes) -> tuple[int, bytes]:
        """Status and body for a request."""
        if self.next_ones:
            return self.next_ones.pop(0)
        operation, request = _read(body)
        address, namespace, by = SERVICES[operation]
        self.asked.append((operation, request))
        for each in self.meanwhile:
            each()
        if path != address or not self._is_signed(headers):
            return 200, envelope(operation, namespace, 3)
        if operation in self.results:
            return 200, envelope(operation, namespace, self.results[operation])
        found = self.known[operation].get(request.get(by, ""))
        return 200, envelope(operation, namespace, 0 if found else 1, found)

    def _is_signed(self, headers: Any) -> bool:
        stamp = headers.get("timeStamp", "")
        if headers.get("accessToken") != TOKEN or not stamp.isdigit() or abs(int(stamp) - time.time()) > AWAY:
            return False
        try:
            signature = base64.b64decode(headers.get("signature", ""), validate=True)
            key().public_key().verify(signature, f"{TOKEN}.{stamp}".encode(), PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True


def envelope(operation: str, namespace: str, result: int, response: dict[str, Any] | None = None) -> bytes:
    """An answer as public clients show it."""
    root = ET.Element(f"{SOAP}Envelope")
    told = ET.SubElement(ET.SubElement(root, f"{SOAP}Body"), f"{{{namespace}}}{operation}Response")
    back = ET.SubElement(told, "return")
    _write(back, {"request": {}, "requestId": "00000000-0000-0000-0000-000000000000"})
    if response is not None:
        _write(back, {"response": response})
    _write(back, {"resultCode": str(result), "resultMessage": "invented"})
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _write(parent: ET.Element, parts: dict[str, Any]) -> None:
    for name, told in parts.items():
        element = ET.SubElement(parent, name)
        if isinstance(told, dict):
            _write(element, told)
        else:
            element.text = str(told)


def _read(body: bytes) -> tuple[str, dict[str, Any]]:
    """The operation that a request names, and the parts of its request."""
    inside = fromstring(body).find(f"{SOAP}Body")
    assert inside is not None
    operation = inside[0]
    request = operation.find("request")
    assert request is not None
    return operation.tag.rpartition("}")[2], _parts(request)


def _parts(element: ET.Element) -> dict[str, Any]:
    return {each.tag: _parts(each) if len(each) else each.text or "" for each in element}


def _handler(told: RegisterServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, content = told.answer(self.path, self.headers, body)
            self.send_response(status)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            if 300 <= status < 400:
                self.send_header("Location", f"{told.origin}/elsewhere")
            self.end_headers()
            step = 64 if told.slow else len(content) or 1
            for start in range(0, len(content), step):
                time.sleep(told.slow)
                self.wfile.write(content[start : start + step])

        def log_message(self, *_told: Any) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, ssl.SSLError):  # whoever asked has had enough
                self.close_connection = True

    return Handler


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_told: Any) -> None:
        """A client that does not trust the certificate ends the handshake: that is what is tried."""


@contextmanager
def register_server(*, certificate: Path | None = None) -> Iterator[RegisterServer]:
    """A running server; ``certificate``: PEM file with which it speaks TLS."""
    told = RegisterServer()
    server = _Quiet(("127.0.0.1", 0), _handler(told))
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    told.origin = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "key.pem"
        file.write_bytes(pem())
        told.key_file = str(file)
        try:
            yield told
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def a_certificate(into: Path, *, address: str = "127.0.0.1") -> Path:
    """A certificate of its own for ``address``, with its key, as one PEM file."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key().public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key(), SHA256())
    )
    into.write_bytes(made.public_bytes(Encoding.PEM) + pem())
    return into


def use(settings: Any, server: RegisterServer) -> None:
    """Let the settings name this server."""
    settings.SOYOL_EXCHANGE, settings.SOYOL_EXCHANGE_GROUND = "khur", GROUND
    settings.SOYOL_KHUR_TOKEN, settings.SOYOL_KHUR_KEY = TOKEN, server.key_file
    settings.SOYOL_KHUR_ADDRESS = server.origin
