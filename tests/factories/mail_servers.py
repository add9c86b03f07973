"""A mail server on this machine that keeps what it is given and answers as it is told to."""

import contextlib
import socketserver
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """``answers``: verb → what is said to it instead of yes; "" hangs up. ``hang_up_after_text``: after the dot.

    ``pause``: seconds between having a text and saying so.
    """

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    connections: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    hang_up_after_text: bool = False
    pause: float = 0


class _HangUp(Exception):
    """The server goes away in the middle."""


class _Talk(socketserver.StreamRequestHandler):
    server: "_Listening"

    def handle(self) -> None:
        """Speak SMTP with one client."""
        told = self.server.told
        told.connections += 1
        self._say("220 tests.example")
        with contextlib.suppress(_HangUp, ConnectionError):
            while line := self.rfile.readline():
                self._answer(line.decode().strip())

    def _answer(self, line: str) -> None:
        told, verb = self.server.told, line.split(" ", maxsplit=1)[0].upper()
        if verb in told.answers:
            if not told.answers[verb]:
                raise _HangUp
            self._say(told.answers[verb])
            return
        if verb == "DATA":
            self._take_text()
            return
        if verb == "RCPT":
            told.to.append(line.partition("<")[2].partition(">")[0])
        self._say("221 bye" if verb == "QUIT" else "250 yes")

    def _take_text(self) -> None:
        told = self.server.told
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        if told.hang_up_after_text:
            raise _HangUp
        told.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        time.sleep(told.pause)
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Listening(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    told: MailServer


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that listens until the end of the block."""
    with _Listening(("127.0.0.1", 0), _Talk) as listening:
        listening.told = MailServer(port=listening.server_address[1])
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield listening.told
        listening.shutdown()
        thread.join()
