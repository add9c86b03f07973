"""Twenty people at work while a large file comes in: does anybody get an error, and how long does a save take?

    ./soyol bench editors [--people 50000] [--rows 100000] [--editors 20] [--pace 400] [--database sqlite|postgresql]

The real site runs on loopback, web process and worker, with a registry of invented people. A file of invented rows is
read, checked and imported by the worker, and a workbook of the list is written, while as many people as told answer
questions, add entries by hand and add what they know, each as often an hour as ``--pace`` says (400 decisions an hour
is what one person does comfortably at the desk). Every answer but a redirect, an
empty one or a refusal in words is an error; a save may take one second (p95).
"""

import argparse
import csv
import http.client
import io
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np

from benchmarks.desk import put_in_doubt
from benchmarks.measuring import in_passing_room, machine, steadiness, table
from benchmarks.search import build, people_and_bodies, settle
from benchmarks.up import free_port

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 1000.0
SEED = 11
#: Seconds that the site runs before anybody comes, and that everybody works at least.
WARM, LEAST = 10.0, 60.0
PATIENCE = 900.0
WELL = {200, 204, 302, 303, 409}


@dataclass
class Taken:
    """What everybody met: times of saves in milliseconds by what was saved, and answers by status."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, taken: float, status: int) -> None:
        with self.lock:
            self.times.setdefault(what, []).append(taken)
            self.statuses[status] += 1


def main(arguments: list[str] | None = None) -> int:
    """Build, run, print; exit code 1 when a save took too long or anything went wrong."""
    return in_passing_room("editors", _measure, arguments, people=50_000, rows=100_000, editors=20, pace=400)


def _measure(options: argparse.Namespace, room: Path) -> int:
    settle(options.database, room)
    built = build(list(people_and_bodies(options.people, SEED)), room)
    put_in_doubt(max(2000, options.people // 20), SEED)
    cookies = [_signed_in(at) for at in range(options.editors)]
    batch = _file(options.rows)
    sizes = f"{options.people:,} actors, {options.rows:,} rows, {options.editors} editors, {options.pace} saves/h each"
    print(f"{machine()} · {options.database} · {sizes} · built in {built:.0f} s", flush=True)
    print(steadiness(), flush=True)
    taken, done = Taken(), threading.Event()
    with _site(room) as port:
        editors = [
            threading.Thread(target=Editor(port, cookie, at, 3600 / options.pace, taken, done).work)
            for at, cookie in enumerate(cookies)
        ]
        began = time.monotonic()
        for editor in editors:
            editor.start()
        try:
            imported = _import(batch)
            time.sleep(max(0.0, LEAST - (time.monotonic() - began)))
        finally:
            done.set()
            for editor in editors:
                editor.join()
        log = (room / "site.log").read_text(encoding="utf-8", errors="replace")
    return _tell(taken, imported, log.count("database is locked"))


def _tell(taken: Taken, imported: float, locked: int) -> int:
    rows = []
    for what, times in sorted(taken.times.items()):
        worst = float(np.percentile(times, 95))
        rows.append([what, str(len(times)), f"{statistics.median(times):.0f}", f"{worst:.0f}", f"{worst / LIMIT:.2f}"])
    print(table(["save", "n", "p50 ms", "p95 ms", "of limit"], rows), flush=True)
    wrong = {status: n for status, n in taken.statuses.items() if status not in WELL}
    print(
        f"file read, checked and imported in {imported:.0f} s; answers that were errors: {wrong or 0}; locked: {locked}"
    )
    slow = any(float(np.percentile(times, 95)) > LIMIT for times in taken.times.values())
    return 1 if slow or wrong or locked else 0


def _signed_in(at: int) -> str:
    """Cookies of an officer who is signed in, and the token that goes with every form."""
    from django.conf import settings
    from django.test import Client

    from soyol.accounts.choices import Role
    from soyol.accounts.models import Grant, User

    user = User.objects.create(email=f"bench{at}@example.org", name=f"Editor {at}", is_sample=True)
    Grant.objects.create(user=user, role=Role.REGISTRY_OFFICER)
    client = Client()
    client.force_login(user)
    client.get("/desk/entries/add/")
    told = {name: client.cookies[name].value for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)}
    return "; ".join(f"{name}={value}" for name, value in told.items())


def _file(rows: int) -> Any:
    """A file of invented rows, as its keeper sends it."""
    from soyol.audit import By
    from soyol.sources import actions

    by = By.system("bench")
    source = actions.create_source(by=by, code="coming-in", names={"en": "Coming in"}, keeper="Bench")
    text = io.StringIO()
    written = csv.writer(text)
    written.writerow(["Name", "Phone", "Birth date", "Consent"])
    draw = random.Random(SEED)
    for at, one in enumerate(people_and_bodies(rows, SEED + 1)):
        written.writerow(
            [one.name, f"+976{80000000 + at}", f"19{draw.randint(40, 99)}-0{draw.randint(1, 9)}-1{at % 9}", "yes"]
        )
    return actions.receive(by=by, source=source, name="list.csv", content=io.BytesIO(text.getvalue().encode()))


def _import(batch: Any) -> float:
    """Let the worker read, check and import the file, and write a workbook; returns seconds."""
    from soyol.audit import By
    from soyol.registry.actions import start_export
    from soyol.sources import actions

    by = By.system("bench")
    began = time.monotonic()
    _wait(actions.start_reading(by=by, batch=batch))
    batch.refresh_from_db()
    actions.set_mapping(by=by, batch=batch, mapping=batch.mapping)
    _wait(actions.start_dry_run(by=by, batch=batch))
    _wait(actions.start_import(by=by, batch=batch))
    taken = time.monotonic() - began
    _wait(start_export(by=by))
    return taken


def _wait(job: Any) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        job.refresh_from_db()
        if job.state == "done":
            return
        if job.ended_at is not None:
            raise SystemExit(f"{job.kind} ended as {job.state}: {job.error_code}")
        time.sleep(0.5)
    raise SystemExit(f"{job.kind} did not end within {PATIENCE:.0f} s")


@contextmanager
def _site(room: Path) -> Iterator[int]:
    """The web process and the worker; both end with the measurement."""
    port = free_port()
    environment = {**os.environ, "SOYOL_PORT": str(port), "SOYOL_ORIGIN": f"http://localhost:{port}"}
    environment["PYTHONPATH"] = str(ROOT / "src")
    commands = [
        [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"],
        [sys.executable, "-m", "config.manage", "work"],
    ]
    with (room / "site.log").open("wb") as log:
        running = [subprocess.Popen(each, cwd=ROOT, env=environment, stdout=log, stderr=log) for each in commands]
        try:
            _answers(port)
            time.sleep(WARM)
            yield port
        finally:
            for process in running:
                process.send_signal(signal.SIGTERM)
            for process in running:
                process.wait(60)


def _answers(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if _ask(port, "GET", "/healthz", "")[0] == 200:
                return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("the site did not answer")


def _ask(port: int, method: str, path: str, cookie: str, told: dict[str, Any] | None = None) -> tuple[int, str, str]:
    """Status, where it leads, and the body of an answer."""
    headers = {"Host": f"localhost:{port}", "Cookie": cookie}
    body = None
    if told is not None:
        token = dict(each.split("=", 1) for each in cookie.split("; "))
        body = urlencode({**told, "csrfmiddlewaretoken": next(v for k, v in token.items() if "csrf" in k)})
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://localhost:{port}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read().decode(errors="replace")
    finally:
        connection.close()


@dataclass
class Editor:
    """One person at work until everything is in."""

    port: int
    cookie: str
    at: int
    every: float  # seconds from save to save, on average
    taken: Taken
    done: threading.Event

    def work(self) -> None:
        draw, turn = random.Random(self.at), 0
        mine = f"/desk/entries/{_some_entry(self.at)}/state/phones/"
        self.done.wait(draw.uniform(0, self.every))  # twenty people do not begin in one moment
        while not self.done.is_set():
            turn, began = turn + 1, time.monotonic()
            what = draw.choice(("answer", "add", "know"))
            if what == "answer":
                self._answer(draw)
            elif what == "add":
                name = f"Quirin Bench{self.at} Number{turn}"
                told = {"kind": "person", "name": name, "reason": "came in", "sure": "1"}
                self._save(what, "/desk/entries/add/", told)
            else:
                phone = f"+97688{self.at:02}{turn % 10_000:04}"
                self._save(what, mine, {"value": phone, "reason": "a call", "standing": "0"})
            self.done.wait(draw.uniform(0.5, 1.5) * self.every - (time.monotonic() - began))

    def _answer(self, draw: random.Random) -> None:
        _status, there, _body = _ask(self.port, "GET", "/desk/review/", self.cookie)
        if not there:
            return
        _status, _there, page = _ask(self.port, "GET", there, self.cookie)
        _before, found, rest = page.partition('name="version" value="')
        if not found:  # somebody else decided it between the two
            return
        version = rest.split('"')[0]
        told = {"verdict": draw.choice(("same", "different", "unsure")), "version": version}
        self._save("answer", f"{there}answer/", told)

    def _save(self, what: str, path: str, told: dict[str, Any]) -> None:
        began = time.perf_counter()
        try:
            status, _there, _body = _ask(self.port, "POST", path, self.cookie, told)
        except OSError:
            status = 0
        self.taken.note(what, (time.perf_counter() - began) * 1000, status)


def _some_entry(at: int) -> str:
    from soyol.registry.models import Actor

    return str(Actor.objects.filter(kind="person").order_by("pk").values_list("number", flat=True)[at * 7])
