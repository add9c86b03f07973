"""Asks every address with everything hostile in every parameter that it reads and in every part of its path.

Which parameters there are is found out, not told: what a view, a form or a template looks up in the query is noted
while it answers, and asked with in its turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict

from tests.workspace.house import Asker, House
from tests.workspace.truth import TABLE

#: Stands in the answer as it was sent only where somebody forgot to escape it.
ECHO = "zz9%22zz9%27zz9%3Czz9%3E"
ECHOED = ('zz9"', "zz9'", "zz9<")
#: As they stand in an address.
HOSTILE = (
    ECHO,
    "",
    "%00",
    "%0%000",
    "-1",
    "99999999999999999999999",
    "1e309",
    "%D9%A3",  # a digit to Python, and to nobody who wrote a rule about digits
    "%C2%B2",  # a digit that is no number
    "x" * 4000,
    "%27%20OR%201%3D1%20--",
    "%25%5F%5C%22%2A%28",  # signs that mean something in patterns and in full-text search
    "%FF%FE",
    "%E0%A4",
    "%ED%A0%80",
    "%0D%0AX-Told:1",
    "..%2F..%2Fetc%2Fpasswd",
    "%7B%7B7*7%7D%7D",
    "no-such-code",
    "0",
    "null",
    "none",
    "true",
    "%5B%5D",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "http%3A%2F%2Fexample.org",
    "javascript%3Aalert(1)",
)
#: What a router or a parser could stumble over; in a parameter that nobody reads, and in a path.
CRUDE = (ECHO, "%0%000", "99999999999999999999999", "-1", "%D9%A3", "%FF%FE", "..%2F..%2Fetc%2Fpasswd")


class _Noting(QueryDict):
    """A query that notes which names are looked up in it."""

    noted: set[str] = set()

    def __getitem__(self, key):
        self.noted.add(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self.noted.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.noted.add(key)
        return super().getlist(key, default)

    def __contains__(self, key):
        self.noted.add(key)
        return super().__contains__(key)


@dataclass
class Crawl:
    """What asking everything brought to light; ``secrets`` are words that the asker may never meet."""

    house: House
    asker: Asker
    secrets: tuple[str, ...] = ()
    parameters: dict[str, set[str]] = field(default_factory=dict)
    asked: int = 0
    wrong: set[tuple[str, str]] = field(default_factory=set)

    def ask(self, address: str) -> set[str]:
        """Ask one address; the names that were looked up in its query."""
        _Noting.noted = set()
        try:
            status, body = self.asker.ask("GET", address, {})
        except Exception as broken:  # noqa: BLE001 - whatever a page breaks with is what is looked for
            status, body = 599, f"{type(broken).__name__}: {broken}"[:200]
        self.asked += 1
        if status >= 500:
            self.wrong.add((address[:200], f"{status} {body[:200] if status == 599 else ''}"))
        self.wrong |= {(address[:200], "echoes") for sign in ECHOED if sign in body}
        # What the asker wrote into the address may stand on the page: it leads back there after signing in.
        told = {secret for secret in self.secrets if secret in body and secret not in address}
        self.wrong |= {(address[:200], f"tells {secret}") for secret in told}
        return {str(name) for name in _Noting.noted}

    def parameters_of(self, address: str) -> None:
        """Hostile values in each parameter, alone and repeated, and in one that nobody reads."""
        waiting, done = self.ask(address), {"unread"}
        queries = [f"unread={value}" for value in CRUDE] + [f"{ECHO}={ECHO}&{ECHO}"]
        while queries:
            for query in queries:
                waiting |= {name for name in self.ask(f"{address}?{query}") if name.isidentifier()}
            waiting -= done
            done |= waiting
            queries = [query for name in sorted(waiting) for query in _queries(name)]
        self.parameters[address] = done - {"unread"}

    def paths_of(self, address: str) -> None:
        """Hostile values in each part of the path that stands for something."""
        parts = address.split("/")
        for at, part in enumerate(parts):
            for value in CRUDE if part.startswith("{") else ():
                changed = "/".join([*parts[:at], value, *parts[at + 1 :]])
                self.ask(changed.format(**self.house.numbers) if "{" in changed else changed)


def _queries(name: str) -> Iterator[str]:
    for value in HOSTILE:
        yield f"{name}={value}"
    yield f"{name}={ECHO}&{name}=&{name}[]=1"
    yield f"{name}=&{name}={ECHO}"
    yield f"{name}=1&{name}=2"
    yield f"{name}[0][a]=1&{name}.a=1&{name}"


def addresses(under: str = "/") -> list[str]:
    """Every address of the site as the truth table writes it."""
    return [address for _get, _post, told in TABLE for address in told if address.startswith(under)]


def crawl(found: Crawl, monkeypatch: pytest.MonkeyPatch, *, under: str = "/") -> Crawl:
    """Ask everything that lies under an address."""

    def noting(request: WSGIRequest) -> QueryDict:
        if "_noting" not in request.__dict__:
            request.__dict__["_noting"] = _Noting(request.META.get("QUERY_STRING", "").encode("latin-1"))
        return request.__dict__["_noting"]

    monkeypatch.setattr(WSGIRequest, "GET", property(noting))
    found.asker.client.raise_request_exception = False
    for address in addresses(under):
        found.parameters_of(address.format(**found.house.numbers))
        found.paths_of(address)
    return found
