"""Whatever a visitor writes into an address breaks no page, is not echoed, and brings no private value to light."""

from collections.abc import Callable

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.portal.registry.labels import facet_titles
from tests.factories.profiles import WORDS
from tests.workspace.conftest import TOLD, World
from tests.workspace.crawl import Crawl, crawl
from tests.workspace.house import PERSON_NUMBER, Asker, furnished

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.mark.usefixtures("reads_here")
def test_a_visitor_breaks_no_page_and_meets_no_private_value(
    world: World, client_of: Callable[[User | None], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = furnished(world)
    rows = [str(house.numbers[name]) for name in ("person", "twin", "other")]
    secrets = (TOLD.person, TOLD.given, TOLD.shown, PERSON_NUMBER, WORDS, *rows)
    found = crawl(Crawl(house, Asker(client_of(None)), secrets), monkeypatch)
    assert found.wrong == set()
    assert found.parameters["/directory/"] == {"q", "page", *facet_titles()}
    assert found.parameters["/map/"] == {"figure"}
    assert found.parameters["/open-data/register.json"] == {"q", "limit", "after", *facet_titles()}
