"""Declaring doors, and what the middleware does with them."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from soyol.accounts.choices import Permission, Role
from soyol.accounts.doors import Door, door, door_of
from soyol.accounts.models import User
from soyol.places.models import Unit
from tests.factories import accounts as make


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@door(public=True)
def _public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@door(signed_in=True)
def _signed_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@door(permission=Permission.SEE_PERSONAL)
def _personal(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@door(any_of=(Permission.SEE_JOBS, Permission.SEE_AUDIT))
def _either(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


urlpatterns = [
    path("undeclared/", _page),
    path("public/", _public),
    path("signed-in/", _signed_in),
    path("personal/", _personal),
    path("either/", _either),
    path("accounts/login/", _public, name="account_login"),
    path("accounts/2fa/", _public, name="mfa_index"),
]

ENTERS = {
    "undeclared": {},
    "public": {
        "visitor": 200,
        "artist": 200,
        "curator": 200,
        "registry_officer": 200,
        "province_officer": 200,
        "officer_elsewhere": 200,
        "coordinator": 200,
        "administrator": 200,
    },
    "signed-in": {
        "visitor": 302,
        "artist": 200,
        "curator": 200,
        "registry_officer": 200,
        "province_officer": 200,
        "officer_elsewhere": 200,
        "coordinator": 200,
        "administrator": 200,
    },
    "personal": {
        "visitor": 302,
        "artist": 403,
        "curator": 403,
        "registry_officer": 200,
        "province_officer": 200,
        "officer_elsewhere": 200,
        "coordinator": 403,
        "administrator": 403,
    },
    "either": {
        "visitor": 302,
        "artist": 403,
        "curator": 403,
        "registry_officer": 200,
        "province_officer": 403,
        "officer_elsewhere": 403,
        "coordinator": 200,
        "administrator": 200,
    },
}


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's own error pages link to addresses that these tests do not have."""
    return HttpResponse(status=403)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """See above."""
    return HttpResponse(status=404)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ENTERS)
def test_everybody_at_every_kind_of_door(
    address: str, cast: dict[str, User | None], client_of: Callable[[User | None], Client]
) -> None:
    got = {name: client_of(user).get(f"/{address}/").status_code for name, user in cast.items()}
    assert got == (ENTERS[address] or dict.fromkeys(cast, 404))


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_visitor_is_sent_to_sign_in_and_comes_back(client: Client) -> None:
    assert client.get("/signed-in/?page=2")["Location"] == "/accounts/login/?next=/signed-in/%3Fpage%3D2"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_part_of_a_page_makes_the_whole_page_go_to_sign_in(client: Client) -> None:
    response = client.get("/signed-in/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/accounts/login/?next=/desk/")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_without_a_second_factor_an_officer_is_sent_to_set_one_up(
    country: Unit, client_of: Callable[[User | None], Client]
) -> None:
    officer = make.user(Role.REGISTRY_OFFICER, sample=False)
    assert client_of(officer).get("/signed-in/")["Location"] == "/accounts/2fa/"
    assert client_of(officer).get("/public/").status_code == 200


def test_a_door_remembers_what_was_declared() -> None:
    assert door_of(_personal) == Door(permissions=frozenset({Permission.SEE_PERSONAL}))
    assert door_of(_page) is None


@pytest.mark.parametrize(
    "declared", [{}, {"public": True, "signed_in": True}, {"public": True, "permission": Permission.SEE_JOBS}]
)
def test_a_door_is_exactly_one_thing(declared: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="exactly one"):
        door(**declared)


def test_nobody_keeps_what_an_account_was_shown(registry_officer: User, client: Client) -> None:
    assert "Cache-Control" not in client.get("/about/").headers
    client.force_login(registry_officer)
    assert client.get("/about/")["Cache-Control"] == "private, no-store"
