"""Answers that lead elsewhere, do not end, or do not come."""

import threading
import time
import urllib.error
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from soyol.lib import fetching


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """/there leads to /plain; /slow gives a piece now and then; all others give 2,000 bytes."""
        self.send_response(302 if self.path == "/there" else 200)
        self.send_header("Location", "/plain")
        self.end_headers()
        for _ in range(20 if self.path == "/slow" else 1):
            self.wfile.write(b"x" * 2000)
            self.wfile.flush()
            time.sleep(0.05 if self.path == "/slow" else 0)

    def log_message(self, *_told: object) -> None:
        """Nothing."""


@pytest.fixture
def origin() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _fetched(address: str) -> bytes:
    until = fetching.deadline()
    with fetching.opener().open(address, timeout=fetching.STEP_SECONDS) as answer:
        return fetching.read(answer, until)


def test_an_answer_is_read_to_its_end(origin: str) -> None:
    assert _fetched(f"{origin}/plain") == b"x" * 2000


def test_a_redirect_is_an_answer_and_no_way(origin: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="302"):
        _fetched(f"{origin}/there")


def test_an_answer_has_a_size_at_which_it_ends(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1999)
    with pytest.raises(fetching.TooLarge):
        _fetched(f"{origin}/plain")


def test_an_answer_that_comes_in_small_pieces_has_a_time_at_which_it_ends(
    origin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.1)
    with pytest.raises(fetching.TooSlow):
        _fetched(f"{origin}/slow")
