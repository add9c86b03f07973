"""A network that can be cut at any moment between a browser and the site, and answers that are written on a device."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Literal

from playwright.sync_api import Page, expect

#: The survey that is taken along.
CODE = "makers"
#: What the network does: lets everything through, nothing, or requests but no answer to what is sent.
Way = Literal["open", "cut", "no answer"]


class Network:
    """What stands between a browser and the site, on an address of its own."""

    def __init__(self, port: int) -> None:
        self.site, self.way = port, "open"
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://localhost:{self.door.getsockname()[1]}"
        #: How many sets of answers went to the site.
        self.sent = 0
        self.lines: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def becomes(self, way: Way) -> None:
        """Change what the network does; lines that are open break off."""
        self.way = way
        while self.lines:
            _end(self.lines.pop())

    def end(self) -> None:
        """Close the address for good."""
        self.becomes("cut")
        _end(self.door)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _who = self.door.accept()
                threading.Thread(target=self._line, args=(near,), daemon=True).start()

    def _line(self, near: socket.socket) -> None:
        if self.way == "cut":
            _end(near)
            return
        far = socket.create_connection(("127.0.0.1", self.site))
        self.lines += [near, far]
        heard = threading.Event()
        threading.Thread(target=self._back, args=(far, near, heard), daemon=True).start()
        with contextlib.suppress(OSError):
            while piece := near.recv(65_536):
                self._look(piece, heard)
                far.sendall(piece)
        _end(far)

    def _look(self, piece: bytes, heard: threading.Event) -> None:
        """Count what is sent, and note where its answer is to be lost."""
        if piece.startswith(f"POST /surveys/{CODE}/sync/".encode()):
            self.sent += 1
            if self.way == "no answer":
                heard.set()

    def _back(self, far: socket.socket, near: socket.socket, heard: threading.Event) -> None:
        """Answers on their way back; one to what was sent is lost where the network is so."""
        with contextlib.suppress(OSError):
            while piece := far.recv(65_536):
                if heard.is_set():
                    break
                near.sendall(piece)
        _end(near)
        _end(far)


def _end(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()


@contextlib.contextmanager
def network(address: str) -> Iterator[Network]:
    """A network in front of a site."""
    made = Network(int(address.rsplit(":", 1)[1]))
    try:
        yield made
    finally:
        made.end()


def take_along(page: Page, language: str = "en") -> None:
    """Take the survey along, from the page that offers it; the browser then stands on the list of the device."""
    page.click("[data-take] button")
    page.wait_for_url(f"**/surveys/{CODE}/offline/{language}/**")
    expect(page.locator("[data-at=last]")).to_be_visible()


def go_on(page: Page) -> None:
    """Press the button that leads on, and wait for the page behind it."""
    before = page.url
    page.locator("main .actions .button--primary:visible").first.click()
    page.wait_for_function("(before) => window.location.href !== before", arg=before)


def fill(page: Page, given: str, *, works: int = 1) -> None:
    """One set of answers, from the list to the last page: conditions, the cascade of places, rounds."""
    page.click("[data-at=fill]")
    fill_pages(page, given, works=works)


def fill_pages(page: Page, given: str, *, works: int = 1) -> None:
    """The pages of a set of answers that was begun, up to the check."""
    page.check("[name=informed]")
    go_on(page)
    page.check("[name=kind][value=person]")
    page.fill("[name=given_name]", given)
    page.fill("[name=born]", "1980")
    go_on(page)
    page.fill("[name=phone]", "10123456")
    go_on(page)
    page.select_option("[name=province]", index=2)
    page.select_option("[name=district]", index=1)
    expect(page.locator("[name=parish]")).to_be_visible()
    go_on(page)
    page.check("[name=domain] >> nth=1")
    go_on(page)
    for number in range(works):
        page.click("[value='add:works']")
        page.fill(f"[name='work_title--{number}']", f"Felt horse {number + 1}")
    go_on(page)
    expect(page.locator("main")).to_contain_text(f"{works}")
    page.check("[name=consent][value=no]")
    go_on(page)
    expect(page.locator("h1")).to_be_focused()


def ready(page: Page) -> None:
    """From the check into the outbox."""
    page.click("[data-at=ready]")
    page.wait_for_url("**/offline/*/#")


def expect_counts(page: Page, **told: int) -> None:
    """Wait until the list says so; what is not named is none."""
    for name in ("waiting", "draft", "needs", "sent"):
        expect(page.locator(f"[data-at=count_{name}]")).to_have_text(str(told.get(name, 0)))
