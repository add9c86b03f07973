"""A real site (web process and worker) on loopback with data of its own, and a real browser in front of it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e import shown

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Seconds that the site may take to answer, and that long work may take.
PATIENCE = 120


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails says what its pages showed."""
    report = yield
    if report.failed:
        report.sections += shown.on_pages(item)
    return report


@dataclass(frozen=True)
class Site:
    """A running site."""

    address: str
    environment: dict[str, str]
    #: What a browser keeps of each of the cast that signed in before: a link is asked for once.
    signed_in: dict[str, Any] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        """Run a management command of this site and return what it says."""
        command = [sys.executable, "-m", "config.manage", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def entrance(self, who: str) -> str:
        """A fresh one-time link of one of the cast, by the beginning of their name."""
        links = json.loads(self.manage("load_sample_accounts", "--json"))
        return self.address + next(link["path"] for link in links if link["name"].startswith(who))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the country's units and the sample accounts, but no list yet."""
    port = _free_port()
    folder = tmp_path_factory.mktemp("site")
    environment = {
        **os.environ,
        "SOYOL_DATA": str(folder / "data"),
        "SOYOL_LOOPBACK": "1",
        "SOYOL_BROWSER": "",
        "SOYOL_PORT": str(port),
        "SOYOL_ORIGIN": f"http://localhost:{port}",
        "PYTHONPATH": str(ROOT / "src"),
    }
    made = Site(f"http://localhost:{port}", environment)
    made.manage("prepare")
    web = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
    work = [sys.executable, "-m", "config.manage", "work"]
    with (folder / "log").open("wb") as log:
        processes = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) for command in (web, work)
        ]
        try:
            _wait_for(made.address)
            yield made
        finally:
            for process in processes:
                process.send_signal(signal.SIGTERM)
            for process in processes:
                process.wait(timeout=60)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail("the site did not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    found = which("chromium") or which("chromium-browser") or which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def visit(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open a page in a fresh browser: ``visit("/map/", width=360, language="mn")``; ``who`` signs in first.

    What else is said (``color_scheme="dark"``, ``reduced_motion="reduce"``) is how that browser differs from others.
    """
    contexts: list[BrowserContext] = []
    request.node.stash[shown.OPENED] = contexts

    def opened(path: str, *, width: int = 1280, language: str = "mn", who: str = "", **kind: Any) -> Page:
        if who and who not in site.signed_in:
            site.signed_in[who] = _sign_in(site, browser, who)
        context = browser.new_context(
            viewport={"width": width, "height": 800}, storage_state=site.signed_in.get(who), **kind
        )
        contexts.append(context)
        context.add_cookies([{"name": "soyol_language", "value": language, "url": site.address}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(site.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def _sign_in(site: Site, browser: Browser, who: str) -> Any:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.entrance(who), timeout=PATIENCE * 1000)
    page.click("main button")
    page.wait_for_url("**/desk/**")
    kept = context.storage_state()
    context.close()
    return kept
