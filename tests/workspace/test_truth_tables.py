"""Who may open what: every address of the site, asked by GET and by POST by everybody of the cast, for real things.

The table stands in ``truth.py`` and is complete by the URL resolver.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from soyol.accounts.models import User
from tests.workspace.conftest import CANARY, TOLD, World
from tests.workspace.house import CAST, Asker, House, furnished
from tests.workspace.truth import FORMS, SAME, TABLE

pytestmark = pytest.mark.django_db

#: The table is asked in parts, so that several processes can share it; the quick tests ask the first one.
PARTS = 4
#: What has no number in its address.
NAMED_AT_RANDOM = ("claim", "own_claim", "request")
#: Further addresses at which a name could slip out.
ASKING = ("/directory/?q={asked}", "/desk/entries/?q={asked}")
#: Who may meet the name of a private person of the first province.
MAY_SEE = {"registry_officer", "province_officer"}


def _rows(*, same: bool) -> Iterator[tuple[str, str, str]]:
    """Method, address and answers; with ``same`` also the POST of what answers it like a GET."""
    for get, post, addresses in TABLE:
        for address in addresses:
            yield "GET", address, get
            if same or post != SAME:
                yield "POST", address, post or get


def _form(address: str, house: House) -> dict[str, object]:
    told: dict[str, object] = {
        name.format(**house.numbers): value.format(**house.numbers) for name, value in FORMS.get(address, {}).items()
    }
    if address.endswith("/upload/"):
        told["file"] = SimpleUploadedFile("x.csv", f"Name\n{TOLD.shown}\n".encode())
    return told


@pytest.mark.usefixtures("reads_here")
@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.long) for part in range(1, PARTS))])
def test_each_of_the_cast_meets_the_right_doors_and_only_names_that_they_may_see(
    part: int, world: World, client_of: Callable[[User | None], Client]
) -> None:
    house = furnished(world)
    wrong: dict[tuple[str, str, str], int] = {}
    met = set()
    for place, who in enumerate(CAST):
        asker = Asker(client_of(house.cast[who]))
        asked = [*_rows(same=who == "registry_officer"), *(("GET", address, "200 " * 9) for address in ASKING)]
        for method, address, answers in asked[part::PARTS]:
            status, body = asker.ask(method, address.format(**house.numbers), _form(address, house))
            if CANARY in body:
                met.add(who)
            if status != int(answers.split()[place]) and address not in ASKING:
                wrong[who, method, address] = status
    assert wrong == {}
    assert met <= MAY_SEE


def test_officers_find_the_private_person_by_a_latin_spelling(
    world: World, client_of: Callable[[User | None], Client]
) -> None:
    found = client_of(world.cast["province_officer"]).get("/desk/entries/", {"q": TOLD.given_latin})
    assert CANARY in found.content.decode()


def test_every_address_of_the_site_stands_in_the_table() -> None:
    numbers: defaultdict[str, str] = defaultdict(lambda: "1", dict.fromkeys(NAMED_AT_RANDOM, str(uuid.UUID(int=1))))
    told = {resolve(address.format_map(numbers)).route for _get, _post, addresses in TABLE for address in addresses}
    assert sorted(set(_routes(get_resolver().url_patterns)) - told) == []


def test_every_row_has_an_answer_for_everybody() -> None:
    assert {len(answers.split()) for _method, _address, answers in _rows(same=True)} == {len(CAST)}
    addresses = [address for method, address, _answers in _rows(same=False) if method == "GET"]
    assert len(addresses) == len(set(addresses))
    assert set(FORMS) <= set(addresses)


def _routes(patterns: list[object], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        # A match tells of a regular expression without its beginning.
        route = before + str(getattr(pattern, "pattern", "")).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route
