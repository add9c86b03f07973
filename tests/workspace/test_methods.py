"""Every address × method × each of the cast: what GET and POST answer stands in the truth table, the rest in rules.

HEAD is GET without a body; whatever else is asked for is refused alike everywhere, and what lies outside of somebody's
area answers as what does not exist.
"""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from soyol.accounts.middleware import METHODS
from soyol.accounts.models import User
from soyol.registry.rules.numbers import make_number
from tests.workspace.conftest import World
from tests.workspace.house import CAST, Asker, House, furnished
from tests.workspace.truth import FORMS, SAME, TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
Signed = Callable[[User | None], Client]
ADDRESSES = [(address, get, post) for get, post, addresses in TABLE for address in addresses]
OTHERS = ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
#: What of the house lies in the first province, or is somebody's, and what stands for nothing at all.
NOWHERE: dict[str, object] = {
    **dict.fromkeys(("person", "twin", "torn", "other", "held", "held_body"), make_number(99_999_999)),
    **dict.fromkeys(
        (
            "attempt",
            "handover",
            "hold",
            "batch",
            "fresh",
            "national_batch",
            "owned_fresh",
            "job",
            "owned_job",
            "export",
            "filter",
            "question",
        ),
        987_654,
    ),
    **dict.fromkeys(("check", "lesson", "account", "grant", "body", "change", "tie", "secret", "rule"), 987_654),
    **dict.fromkeys(("local", "owned"), "no-such-list"),
    **dict.fromkeys(("claim", "own_claim"), "00000000-0000-4000-8000-000000000000"),
}


def _ask(client: Client, method: str, address: str) -> tuple[int, bytes, str]:
    answer = client.generic(method, address)
    return (
        answer.status_code,
        b"".join(answer.streaming_content) if answer.streaming else answer.content,
        str(answer.headers.get("Allow", "")),
    )


@pytest.mark.long
@pytest.mark.parametrize("part", range(3))
def test_head_is_get_without_a_body_for_everybody(part: int, world: World, client_of: Signed) -> None:
    house, wrong = furnished(world), {}
    for place, who in list(enumerate(CAST))[part::3]:
        asker = Head(client_of(house.cast[who]))
        for address, get, _post in ADDRESSES:
            status, body = asker.ask("HEAD", address.format(**house.numbers), {})
            if (status, body) != (int(get.split()[place]), ""):
                wrong[who, address] = status, body[:80]
    assert wrong == {}


class Head(Asker):
    """Asks by HEAD what others ask by GET."""

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        client.get = client.head  # type: ignore[method-assign]


@pytest.mark.long
@pytest.mark.parametrize("who", ["visitor", "officer_elsewhere", "registry_officer", "administrator"])
def test_no_other_method_is_answered_anywhere(who: str, world: World, client_of: Signed) -> None:
    house, wrong = furnished(world), {}
    client = client_of(house.cast[who])
    for address, _get, _post in ADDRESSES:
        for method in OTHERS:
            status, body, allowed = _ask(client, method, address.format(**house.numbers))
            if (status, body, allowed) != (405, b"", ", ".join(METHODS)):
                wrong[method, address] = status
    assert wrong == {}


def test_a_method_that_is_not_answered_changes_nothing(world: World, client_of: Signed) -> None:
    client = client_of(world.cast["registry_officer"])
    told = "keeper=Thief&trust=1&version=1"
    for method in ("PUT", "PATCH", "DELETE"):
        form = "application/x-www-form-urlencoded"
        assert client.generic(method, "/desk/sources/local/change/", told, content_type=form).status_code == 405
    world.local.refresh_from_db()
    assert world.local.version == 1


@pytest.mark.parametrize("who", ["visitor", "curator", "officer_elsewhere", "body_officer"])
def test_what_is_outside_of_ones_area_answers_as_what_does_not_exist(who: str, world: World, client_of: Signed) -> None:
    house, wrong = furnished(world), {}
    asker, place = Whole(client_of(house.cast[who])), CAST.index(who)
    asked = [(method, address, answers) for address, get, post in ADDRESSES for method, answers in _both(get, post)]
    for method, address, answers in asked:
        parts, status = set(re.findall(r"{(\w+)}", address)) & set(NOWHERE), int(answers.split()[place])
        if not parts or status not in {302, 404}:
            continue
        there, nowhere = (
            _told(asker, method, address, House(house.cast, {**house.numbers, **numbers}))
            for numbers in ({}, {part: NOWHERE[part] for part in parts})
        )
        if there != nowhere and (status == 404 or not address.startswith("/desk/")):
            wrong[method, address] = _difference(there, nowhere)
    assert wrong == {}


def _both(get: str, post: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("GET", get), ("POST", get if post == SAME else post)


def _difference(there: tuple[int, str], nowhere: tuple[int, str]) -> object:
    lines = zip(there[1].splitlines(), nowhere[1].splitlines(), strict=False)
    return there[0], nowhere[0], next(((a[:200], b[:200]) for a, b in lines if a != b), "length")


class Whole(Asker):
    """Gives the headers with the body, without what differs from answer to answer."""

    def ask(self, method: str, address: str, told: dict[str, object]) -> tuple[int, str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tests.workspace.house._body", _with_headers)
            return super().ask(method, address, told)


def _with_headers(answer: object) -> str:
    headers = {name: value for name, value in answer.headers.items() if name not in {"X-Request-ID"}}  # type: ignore[attr-defined]
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    headers.pop("Content-Length", None)
    return f"{sorted(headers.items())}\n{content.decode(errors='replace')}"


def _told(asker: Asker, method: str, address: str, house: House) -> tuple[int, str]:
    """Status, headers and body, without the address itself and the tokens of forms."""
    form: dict[str, object] = {name: value.format(**house.numbers) for name, value in FORMS.get(address, {}).items()}
    here = address.format(**house.numbers)
    status, body = asker.ask(method, here, form)
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", unescape(body))
    body = body.replace(here, "HERE").replace(quote(here, safe=""), "HERE")
    return status, re.sub(r"[0-9a-f]{12}", "", body)


def test_a_visitor_does_not_learn_who_became_whom(world: World, client_of: Signed) -> None:
    house = furnished(world)
    nowhere = make_number(99_999_999)
    for who in ("visitor", "curator"):
        client = client_of(house.cast[who])
        answers = [client.get(f"/directory/{number}/") for number in (house.numbers["twin"], nowhere)]
        assert [answer.status_code for answer in answers] == [404, 404], who
    curator = client_of(house.cast["curator"])
    twin = house.numbers["twin"]
    assert curator.get(f"/desk/entries/{twin}/")["Location"] == f"/directory/{twin}/"
