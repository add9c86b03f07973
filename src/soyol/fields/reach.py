"""No scope, no data: who asks how far is settled before SQL touches a table with data of people.

An app names its tables of people (``personal`` in its ``apps.py``); the connection itself refuses SQL that names one of
them while nothing reaches it. A guard on managers would miss joins, prefetches, base managers and raw SQL; what every
statement passes through misses none.

Reaches, from none to all: ``NOBODY``; ``PUBLIC``, who sees the public face alone; ``PERSON``, after it was asked what
the account holds; ``OFFICER``, after it was asked for which places; ``HOUSE``, commands and the worker.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from django.apps import apps

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]

_END = object()
#: How much SQL is remembered with what it names.
REMEMBERED = 1024


class Unreached(RuntimeError):
    """SQL named a table of people while nothing reached it; a fault of ours, never of who asked."""


class Who(Enum):
    """Whose question is being answered."""

    NOBODY = "nobody"
    PUBLIC = "public"
    PERSON = "person"
    OFFICER = "officer"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a question reaches.

    ``narrowed`` turns True once it was asked which entries a person holds, or for which places an officer acts.
    ``owed`` is True between an answer that names places and the first condition that keeps to them. ``opened`` says
    why a declared place, or a key that was shown, reads more than the reach would give.
    """

    who: Who
    narrowed: bool = False
    owed: bool = False
    opened: str = ""


_now: ContextVar[Reach | None] = ContextVar("reach", default=None)
#: What counts where no request is being answered; a process that serves puts NOBODY before it.
_otherwise = [Reach(Who.HOUSE)]


def current() -> Reach:
    """The reach that counts here and now."""
    return _now.get() or _otherwise[0]


def serve() -> None:
    """This process answers strangers: what forgets to say how far it reaches reaches nothing, outside requests too."""
    _otherwise.insert(0, Reach(Who.NOBODY))


@contextmanager
def closed() -> Iterator[None]:
    """Nothing is reached in here until ``let`` says otherwise."""
    token = _now.set(Reach(Who.NOBODY))
    try:
        yield
    finally:
        _now.reset(token)


def let(who: Who) -> None:
    """A door was passed: from here on, and until ``closed`` ends, the question reaches as far as this."""
    _now.set(Reach(who))


@contextmanager
def opened(why: str) -> Iterator[None]:
    """Read more than the reach gives, at a place that says why and lets nothing out that it should not."""
    token = _now.set(replace(current(), opened=why))
    try:
        yield
    finally:
        _now.reset(token)


def unlock(why: str) -> None:
    """A key was shown that only its owner was given; the rest of this question reads what belongs to it."""
    here = _now.get()
    if here is not None:
        _now.set(replace(here, opened=why))


def narrow(*, owes: bool = False) -> None:
    """It was asked for which entries or places; with ``owes`` a condition that keeps to them is still to come."""
    here = _now.get()
    if here is not None and not here.narrowed:
        _now.set(replace(here, narrowed=not owes, owed=owes))


def keep() -> None:
    """A condition keeps to the places that were named."""
    here = _now.get()
    if here is not None and here.owed:
        _now.set(replace(here, narrowed=True, owed=False))


def carried(chunks: Iterable[Any]) -> Iterator[Any]:
    """Chunks of an answer that is still being written when its request has ended, made within the reach of now."""
    return _each_within(current(), iter(chunks))


def _each_within(here: Reach, chunks: Iterator[Any]) -> Iterator[Any]:
    while True:
        token = _now.set(here)
        try:
            chunk = next(chunks, _END)
            here = current()
        finally:
            _now.reset(token)
        if chunk is _END:
            return
        yield chunk


def guard(execute: Execute, sql: str, params: Any, many: Any, context: dict[str, Any]) -> Any:
    """What every statement of every connection passes through."""
    here = current()
    if not _reaches_all(here):
        missed = {table for table in named(sql) if here.who is Who.NOBODY or not _keeps_to_a_face(table, sql)}
        if missed:
            raise Unreached(
                f"{', '.join(sorted(missed))} cannot be read as {here.who.value}"
                f"{'' if here.narrowed else ' before it was asked for which entries or places'}: "
                "pass a door that gives it, ask for the scope first, or say why with reach.opened."
            )
    return execute(sql, params, many, context)


def _reaches_all(here: Reach) -> bool:
    asked = here.who in {Who.PERSON, Who.OFFICER} and here.narrowed
    return here.who is Who.HOUSE or asked or bool(here.opened)


def _keeps_to_a_face(table: str, sql: str) -> bool:
    face = tables()[table]
    return bool(face) and f'"{face}" = ' in sql


@lru_cache(maxsize=REMEMBERED)
def named(sql: str) -> frozenset[str]:
    """The tables of people of which a statement reads rows; writing new ones down reads none."""
    told = sql.lower()
    if told.startswith("insert") and "select" not in told:
        return frozenset()
    return frozenset(table for table in tables() if table in told and re.search(rf"\b{table}\b", told))


@cache
def tables() -> dict[str, str]:
    """Every table of people, with the column that tells its faces apart ("" where it has one face, which is closed)."""
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        for model, face in getattr(config, "personal", {}).items():
            found[config.get_model(model)._meta.db_table] = face  # noqa: SLF001 -- what Django documents
    return found
