"""Every address that answers with a page, with a real thing behind it: axe finds nothing, nothing scrolls sideways.

The addresses are those of the truth table, which is complete by the URL resolver: a new page is looked at from its
first day. One browser page for each of the cast and language visits all of them.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from soyol.accounts.models import User
from tests.e2e import aria, sight
from tests.e2e.live import Opened, opened
from tests.workspace.conftest import World, world
from tests.workspace.house import CAST, House, furnished
from tests.workspace.truth import TABLE

__all__ = ["opened", "world"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reads_here"),
]


#: Drawn by a script, in the one language that its address says: ``test_offline`` looks at it, step by step.
ELSEWHERE = frozenset({"/surveys/{survey}/offline/en/"})


def _told(who: str) -> list[str]:
    """Addresses that answer somebody with 200."""
    told = [address for get, _post, each in TABLE if get.split()[CAST.index(who)] == "200" for address in each]
    return [address for address in told if address not in ELSEWHERE]


#: Whom each address is shown to: the first of these who may open it.
SHOWN: dict[str, list[str]] = {"visitor": _told("visitor")}
for _who in ("artist", "registry_officer", "administrator"):
    SHOWN[_who] = [address for address in _told(_who) if not any(address in each for each in SHOWN.values())]


def _is_page(client: Client, address: str) -> bool:
    with transaction.atomic():  # a look may write something, and the next page is asked for in the same house
        answer = client.get(address)
        transaction.set_rollback(True)
    assert answer.status_code == 200, address
    return answer["Content-Type"].startswith("text/html") and "Content-Disposition" not in answer


@pytest.mark.parametrize("who", SHOWN)
def test_every_page_stands_up_to_axe_in_both_languages_at_both_widths(
    who: str, world: World, client_of: Callable[[User | None], Client], opened: Opened, live_server: Any
) -> None:
    house: House = furnished(world)
    client = client_of(house.cast[who])
    client.defaults["HTTP_HOST"] = "localhost"  # one-time links exist on this machine only
    pages = [each.format(**house.numbers) for each in SHOWN[who]]
    pages = [address for address in pages if _is_page(client, address)]
    assert pages
    wrong: list[str] = []
    for language in ("mn", "en"):
        page = opened(pages[0], client, language=language)
        for address in pages:
            answer = page.goto(live_server.url + address)
            assert answer is not None
            assert answer.status == 200, address
            wrong += sight.wrong(page) + aria.wrong(page, language)
    assert not wrong, "\n".join(wrong)
