"""Every address of the site says who may enter: the list comes from the URL resolver, not from us."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from soyol.accounts.doors import door_of
from soyol.accounts.models import User


def _routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def test_every_route_declares_its_door() -> None:
    routes = list(_routes(get_resolver().url_patterns))
    assert len(routes) > 30
    assert [route for route, view in routes if door_of(view) is None] == []


def test_nothing_at_the_desk_is_public() -> None:
    desk = [(route, door_of(view)) for route, view in _routes(get_resolver().url_patterns) if route.startswith("desk/")]
    assert desk
    assert [route for route, found in desk if found is None or found.public] == []


@pytest.mark.django_db
def test_a_visitor_gets_into_no_closed_page(client: Client, country: object) -> None:
    closed = [
        route
        for route, view in _routes(get_resolver().url_patterns)
        if (found := door_of(view)) and not found.public and "<" not in route and "(" not in route
    ]
    assert len(closed) > 10
    for route in closed:
        for method in (client.get, client.post):
            response = method(f"/{route}")
            assert response.status_code == 302, route
            assert response["Location"].startswith("/accounts/login/?next="), route


@pytest.mark.django_db
def test_an_account_without_rights_opens_no_page_that_needs_one(
    client_of: Callable[[User | None], Client], artist: User
) -> None:
    client = client_of(artist)
    guarded = [
        route
        for route, view in _routes(get_resolver().url_patterns)
        if (found := door_of(view)) and found.permissions and "<" not in route and "(" not in route
    ]
    assert guarded
    for route in guarded:
        for method in (client.get, client.post):
            assert method(f"/{route}").status_code == 403, route


def _names(patterns: list[Any], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


def test_every_name_leads_to_one_address() -> None:
    """Of two addresses of one name the later one is meant, and a form is sent to where nobody looked."""
    ours = [name for name in _names(get_resolver().url_patterns) if name.startswith(("desk:", "portal:"))]
    assert sorted(name for name in set(ours) if ours.count(name) > 1) == []
