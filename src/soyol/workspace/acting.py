"""Who acts in a request, and where they may act."""

from typing import cast

from django.http import HttpRequest

from soyol.accounts import queries
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.accounts.queries import ALL, Scope
from soyol.audit import By
from soyol.registry.queries import Scope as RegistryScope


def account(request: HttpRequest) -> User:
    """The signed-in account; doors have made sure that there is one."""
    return cast(User, request.user)


def by(request: HttpRequest) -> By:
    """The signed-in account as whoever acts."""
    return account(request).by


def scope(request: HttpRequest, permission: Permission) -> frozenset[str] | Scope:
    """Where the account holds a permission: unit codes, or the whole country."""
    return queries.scope(account(request), permission)


def registry_scope(request: HttpRequest, permission: Permission) -> RegistryScope:
    """The same as the registry's queries take it."""
    held = scope(request, permission)
    return RegistryScope.whole() if held is ALL else RegistryScope.of(cast(frozenset[str], held))


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether the account holds a permission anywhere: for what a page offers, never for deciding."""
    return queries.may(account(request), permission)
