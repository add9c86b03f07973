"""Two people edit the same thing: the second sees what the first wrote beside their own, and goes on from there."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.bodies.models import Body
from soyol.ui.versions import Difference
from tests.factories import accounts as make_accounts
from tests.factories import registry as make
from tests.factories.bodies import a_body

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]
NAME = f"name_{settings.LANGUAGE_CODE}"


def _filled(client: Client, page: str) -> dict[str, object]:
    """The form as somebody's browser holds it."""
    form = client.get(page).context["form"]
    told = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in told.items() if value not in (None, False)}


def test_the_second_of_two_who_change_a_list_sees_the_difference_and_goes_on(
    registry_officer: User, client_of: Signed
) -> None:
    source = make.a_source("film", trust=50)
    page = "/desk/sources/film/change/"
    second, first = client_of(registry_officer), client_of(make_accounts.user(Role.REGISTRY_OFFICER))
    mine, theirs = _filled(second, page), _filled(first, page)
    assert first.post(page, {**theirs, "keeper": "Museum", "known_total": "7"}).status_code == 302
    told = second.post(page, {**mine, "keeper": "Theatre", "coverage": "Films"})
    source.refresh_from_db()
    assert (told.status_code, source.keeper, source.coverage) == (409, "Museum", "")
    labels = told.context["form"].fields
    assert told.context["meanwhile"].differences == [
        Difference(str(labels["keeper"].label), "Keeper of film", "Museum", "Theatre", True),
        Difference(str(labels["coverage"].label), "", "", "Films", False),
        Difference(str(labels["known_total"].label), "", "7", "", False),
    ]
    assert told.context["meanwhile"].last.actor_name == str(first.get("/desk/me/").context["request"].user)
    assert all(text in told.content.decode() for text in ("Keeper of film", "Museum", "Theatre"))
    again = {name: told.context["form"][name].value() for name in told.context["form"].fields}
    assert second.post(page, {k: v for k, v in again.items() if v not in (None, False)}).status_code == 302
    source.refresh_from_db()
    assert (source.keeper, source.coverage, source.known_total) == ("Theatre", "Films", 7)


def test_two_who_change_a_body_lose_nothing(administrator: User, registry_officer: User, client_of: Signed) -> None:
    body = a_body(names={settings.LANGUAGE_CODE: "Old"}, kind="other")
    page = f"/desk/bodies/{body.pk}/"
    second, first = client_of(registry_officer), client_of(administrator)
    mine, theirs = _filled(second, page), _filled(first, page)
    assert first.post(page, {**theirs, "kind": "ministry"}).status_code == 302
    told = second.post(page, {**mine, NAME: "New"})
    assert (told.status_code, Body.objects.get().names.best()) == (409, "Old")
    again = {name: told.context["form"][name].value() for name in told.context["form"].fields}
    assert second.post(page, {k: v for k, v in again.items() if v is not None}).status_code == 302
    assert list(Body.objects.values_list("kind", "version")) == [("ministry", 3)]
    assert Body.objects.get().names.best() == "New"


def test_a_form_without_its_version_saves_nothing(registry_officer: User, client_of: Signed) -> None:
    source = make.a_source("film")
    client, page = client_of(registry_officer), "/desk/sources/film/change/"
    for version in ({}, {"version": ""}, {"version": "x"}, {"version": "-1"}, {"version": "99"}):
        told = {**_filled(client, page), "keeper": "Thief"}
        del told["version"]
        assert client.post(page, told | version).status_code in {409, 422}
    source.refresh_from_db()
    assert (source.keeper, source.version) == ("Keeper of film", 1)


@pytest.mark.parametrize("seen", ["", "{", "[]", "null", '{"keeper": {"a": 1}}', '{"keeper": "<b>"}'])
def test_what_the_form_remembers_is_only_shown_again(seen: str, registry_officer: User, client_of: Signed) -> None:
    make.a_source("film")
    client, page = client_of(registry_officer), "/desk/sources/film/change/"
    told = client.post(page, {**_filled(client, page), "version": "7", "keeper": "New", "seen": seen})
    assert told.status_code == 409
    assert "<b>" not in told.content.decode()
