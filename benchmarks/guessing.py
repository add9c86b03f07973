"""Whether answers tell which addresses have an account: by what they say, or by how long they take.

    ./soyol bench guessing [--tries 60] [--database sqlite|postgresql]

An address with an account, one whose account is closed and one without are tried in turns on each page that takes an
address: signing in with a wrong password, asking for a new password, and the page of codes after a wrong password. Each
try comes from a browser and a network address of its own, and no account is tried twice on a page, so that no limit on
guessing is met. Bodies must be the same but for the address. Of each turn the answer about an address with an account
is held against that about one without, so that what else the machine does meets both; the median of these differences
must be less than 20 ms. Processor time is told beside it: a busy machine makes all answers slow, but none dearer.
"""

import argparse
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.measuring import machine, table
from benchmarks.search import settle

#: Milliseconds by which the medians of two kinds of addresses may differ.
LIMIT = 20.0
#: Whose addresses are tried; the last is what the others are held against.
KINDS = ("account", "closed account", "nobody")
RIGHT, WRONG = "steppe-horses-forty-seven", "wrong-9-entirely"  # pragma: allowlist secret
#: What differs from one answer to the next by itself.
OWN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|[a-z]+-\d{4}@example\.org')
_networks = count(1)


@dataclass
class Told:
    """What the tries of one kind of address on one page were told: milliseconds by the clock and of the processor, in
    the order of the tries, and answers without their own signs.
    """

    taken: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    answers: set[tuple[Any, ...]] = field(default_factory=set)


def main(arguments: list[str] | None = None) -> int:
    """Try, print; exit code 1 when an answer tells anything."""
    parser = argparse.ArgumentParser(prog="./soyol bench guessing")
    parser.add_argument("--tries", type=int, default=60, help="of each kind of address on each page")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args(arguments)
    room = Path(tempfile.mkdtemp())
    try:
        settle(options.database, room)
        _people(options.tries)
        print(f"{machine()} · {options.database} · {options.tries} tries of each kind on each page", flush=True)
        return _measure(options.tries)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _people(number: int) -> None:
    """An empty site with so many accounts, and as many that are closed; all have one password."""
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command

    for command in ("compile_catalogues", "migrate", "createcachetable"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from allauth.account.models import EmailAddress

    from soyol.accounts.models import User

    password = make_password(RIGHT)
    for kind in KINDS[:2]:
        for at in range(number):
            user = User.objects.create(
                email=_address(kind, at), name="Bench", password=password, is_active=kind == KINDS[0]
            )
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)


def _address(kind: str, at: int) -> str:
    return f"{kind.split(maxsplit=1)[0]:x<7}-{at:04}@example.org"


def _sign_in(client: Any, email: str) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": WRONG})


def _reset(client: Any, email: str) -> Any:
    return client.post("/accounts/password/reset/", {"email": email})


def _codes(client: Any, _email: str) -> Any:
    return client.post("/accounts/2fa/authenticate/", {"code": "123456"})


#: Page → what is tried on it, and what happens before, whose time does not count.
PAGES: dict[str, tuple[Callable[..., Any], Callable[..., Any] | None]] = {
    "signing in": (_sign_in, None),
    "new password": (_reset, None),
    "page of codes": (_codes, _sign_in),
}


def _measure(tries: int) -> int:
    lines, tells = [], False
    for page, (act, before) in PAGES.items():
        told = {kind: Told() for kind in KINDS}
        for kind, at in _turns(tries):
            _try(told[kind], act, before, _address(kind, at))
        nobody = told[KINDS[-1]]
        for kind, each in told.items():
            apart, dearer = _apart(each.taken, nobody.taken), _apart(each.worked, nobody.worked)
            same = each.answers == nobody.answers and len(nobody.answers) == 1
            tells = tells or apart >= LIMIT or not same
            figures = [statistics.median(each.taken), apart, statistics.median(each.worked), dearer]
            last = [f"{LIMIT:.0f}", f"{apart / LIMIT:.2f}", "yes" if same else "NO"]
            lines.append([page, kind, str(tries), *(f"{figure:.1f}" for figure in figures), *last])
        _forget_limits()
    head = ["page", "address of", "n", "p50 ms", "apart ms", "work ms", "apart ms", "limit ms", "of limit", "same"]
    print(table(head, lines), flush=True)
    return int(tells)


def _turns(tries: int) -> Iterator[tuple[str, int]]:
    """In turns, so that whatever else the machine does meets all alike; the first of each warm everything up."""
    for at in range(tries):
        yield from ((kind, at) for kind in (KINDS if at % 2 else KINDS[::-1]))


def _apart(these: list[float], those: list[float]) -> float:
    """The median difference of what happened in the same turns."""
    return abs(statistics.median(one - other for one, other in zip(these, those, strict=True)))


def _try(told: Told, act: Callable[..., Any], before: Callable[..., Any] | None, email: str) -> None:
    from django.test import Client

    number = next(_networks)
    client = Client(headers={"Host": "localhost"}, REMOTE_ADDR=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    client.get("/accounts/login/")
    if before:
        before(client, email)
    began, work = time.perf_counter(), time.process_time()
    answer = act(client, email)
    told.taken.append((time.perf_counter() - began) * 1000)
    told.worked.append((time.process_time() - work) * 1000)
    there = answer.get("Location", "")
    shown = client.get(there) if there else answer
    told.answers.add((answer.status_code, there, shown.status_code, OWN.sub("", shown.content.decode())))


def _forget_limits() -> None:
    """The next page begins with none of the tries of this one."""
    from django.core.cache import cache

    cache.clear()
