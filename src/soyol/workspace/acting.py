"""Who acts in a request, and where they may act."""

from typing import cast

from django.http import HttpRequest

from soyol.accounts import queries
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.accounts.queries import Scope
from soyol.audit import By
from soyol.registry.queries import Scope as RegistryScope


def account(request: HttpRequest) -> User:
    """The signed-in account; doors have made sure that there is one."""
    return cast(User, request.user)


def by(request: HttpRequest) -> By:
    """The signed-in account as whoever acts."""
    return account(request).by


def units(request: HttpRequest, permission: Permission) -> frozenset[str] | None:
    """Where the account holds a permission: unit codes, or None for the whole country."""
    held = queries.scope(account(request), permission)
    return None if isinstance(held, Scope) else held


def registry_scope(request: HttpRequest, permission: Permission) -> RegistryScope:
    """The same as the registry's queries take it."""
    return RegistryScope(units(request, permission))


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether the account holds a permission anywhere: for what a page offers, never for deciding."""
    return queries.may(account(request), permission)
