"""Who acts in a request, and where they may act."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from django.db.models import Q
from django.http import HttpRequest

from soyol.accounts import queries
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.accounts.queries import Scope
from soyol.audit import By
from soyol.registry.queries import Scope as RegistryScope

T = TypeVar("T")


def account(request: HttpRequest) -> User:
    """The signed-in account; doors have made sure that there is one."""
    return cast(User, request.user)


def by(request: HttpRequest) -> By:
    """The signed-in account as whoever acts, with the office for which it does. Asked once a request."""

    def ask() -> By:
        me = account(request)
        return replace(me.by, on_behalf=queries.office_of(me))

    return _once(request, "by", ask)


def units(request: HttpRequest, permission: Permission) -> frozenset[str] | None:
    """Where the account holds a permission for what is no body's: unit codes, or None for the whole country. Asked once
    a request.
    """

    def ask() -> frozenset[str] | None:
        held = queries.scope(account(request), permission)
        return None if isinstance(held, Scope) else held

    return _once(request, f"units {permission}", ask)


def _once(request: HttpRequest, what: str, ask: Callable[[], T]) -> T:
    """What grants say does not change while one request is answered; the next one asks again."""
    known: dict[str, T] = request.__dict__.setdefault("soyol_asked", {})
    if what not in known:
        known[what] = ask()
    return known[what]


def registry_scope(request: HttpRequest, permission: Permission) -> RegistryScope:
    """The same as the registry's queries take it."""
    return RegistryScope(units(request, permission))


def within(request: HttpRequest, permission: Permission, *, unit: str = "unit", body: str = "body") -> Q:
    """A condition on rows with a place and a body: those for which the account holds a permission."""
    return queries.within(account(request), permission, unit=unit, body=body)


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether the account holds a permission anywhere: for what a page offers, never for deciding."""
    return queries.may(account(request), permission)


def may_here(request: HttpRequest, unit: str | None, body: int | None) -> frozenset[str]:
    """What the account may do with something of this place and body, as templates ask for it."""
    return frozenset(held.name.lower() for held in queries.permissions(account(request), unit, body))


def held(request: HttpRequest) -> frozenset[str]:
    """Everything that the account may do anywhere, as templates ask for it."""
    return _once(
        request,
        "held",
        lambda: frozenset(permission.name.lower() for permission in queries.permissions(account(request))),
    )
