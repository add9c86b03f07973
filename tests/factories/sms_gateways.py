"""A gateway for text messages on this machine that keeps what it is given and answers as it is told to."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class FakeGateway:
    """``silent``: seconds before an answer; ``location``: where a redirect would lead."""

    url: str = ""
    status: int = 200
    body: str = '{"id": "g-1"}'
    location: str = ""
    silent: float = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


class _Answer(BaseHTTPRequestHandler):
    server: "_Listening"

    def do_POST(self) -> None:
        """Keep what is asked and answer."""
        told = self.server.told
        told.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        told.headers.append(dict(self.headers))
        time.sleep(told.silent)
        with contextlib.suppress(ConnectionError):
            self.send_response(told.status)
            if told.location:
                self.send_header("Location", told.location)
            self.end_headers()
            self.wfile.write(told.body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


class _Listening(ThreadingHTTPServer):
    told: FakeGateway


@contextlib.contextmanager
def sms_gateway() -> Iterator[FakeGateway]:
    """A gateway that listens until the end of the block."""
    with _Listening(("127.0.0.1", 0), _Answer) as listening:
        listening.told = FakeGateway(url=f"http://127.0.0.1:{listening.server_address[1]}/send?account=7")
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield listening.told
        listening.shutdown()
        thread.join()
