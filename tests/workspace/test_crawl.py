"""Whatever stands in an address of the desk breaks no page, is not echoed, and shows no row of another province."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.workspace.registry.labels import facet_titles
from tests.factories.profiles import WORDS
from tests.workspace.conftest import TOLD, World
from tests.workspace.crawl import Crawl, addresses, crawl
from tests.workspace.house import Asker, furnished

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
Signed = Callable[[User | None], Client]


@pytest.mark.long
def test_an_officer_of_another_province_meets_no_row_of_the_first(
    world: World, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = furnished(world)
    rows = [str(house.numbers[name]) for name in ("person", "twin", "other")]
    asker = Asker(client_of(house.cast["officer_elsewhere"]))
    found = crawl(Crawl(house, asker, (TOLD.person, TOLD.given, WORDS, *rows)), monkeypatch, under="/desk/")
    assert found.wrong == set()
    assert found.parameters["/desk/entries/"] >= {"q", "page", "day", *facet_titles()}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["registry_officer", "administrator"])
def test_nothing_that_those_who_see_most_can_ask_breaks_a_page(
    who: str, world: World, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = furnished(world)
    found = crawl(Crawl(house, Asker(client_of(house.cast[who]))), monkeypatch, under="/desk/")
    assert found.wrong == set()
    assert set(found.parameters) == {address.format(**house.numbers) for address in addresses("/desk/")}
    read = {"registry_officer": ("/desk/work/", {"page"}), "administrator": ("/desk/audit/", {"kind", "verify"})}[who]
    assert found.parameters[read[0]] >= read[1]
