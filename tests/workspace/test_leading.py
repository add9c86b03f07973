"""Pages of an entry that became one with another lead on to it, for those who may see it."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.places.models import Unit
from soyol.registry import actions
from soyol.registry.models import Actor, Statement
from tests.factories import registry as make
from tests.workspace.conftest import TOLD

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]
PAGES = ("", "state/", "state/phones/", "consents/", "holders/")


@pytest.fixture
def merged(here: Unit) -> tuple[Actor, Actor]:
    """An entry and another one that became one with it."""
    told = {"name": TOLD.shown, "unit": here.code}
    one, other = make.people(make.a_source(), [{**told, "birth_date": year} for year in ("1980", "1981")])
    actions.merge(by=make.BY, keep=one, absorb=other, reason="The same")
    return one, other


@pytest.mark.parametrize("page", PAGES)
def test_the_old_number_leads_to_the_same_page_of_the_new_one(
    merged: tuple[Actor, Actor], province_officer: User, client_of: Signed, page: str
) -> None:
    one, other = merged
    answer = client_of(province_officer).get(f"/desk/entries/{other.number}/{page}")
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/entries/{one.number}/{page}")


@pytest.mark.parametrize("page", PAGES)
def test_of_another_place_nothing_is_told(
    merged: tuple[Actor, Actor], officer_elsewhere: User, client_of: Signed, page: str
) -> None:
    assert client_of(officer_elsewhere).get(f"/desk/entries/{merged[1].number}/{page}").status_code == 404


def test_what_was_sent_to_the_old_number_is_not_done_and_it_is_said(
    merged: tuple[Actor, Actor], province_officer: User, client_of: Signed
) -> None:
    client, before = client_of(province_officer), Statement.objects.count()
    answer = client.post(f"/desk/entries/{merged[1].number}/state/phones/", {"value": TOLD.phone(7), "reason": "Call"})
    assert answer["Location"] == f"/desk/entries/{merged[0].number}/"
    assert "notice--care" in client.get(answer["Location"]).content.decode()
    assert Statement.objects.count() == before


def test_a_number_that_stands_for_nobody_stays_not_found(province_officer: User, client_of: Signed) -> None:
    assert client_of(province_officer).get("/desk/entries/00000000A/state/").status_code == 404
