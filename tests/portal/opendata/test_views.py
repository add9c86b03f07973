"""The open data as a stranger takes it: who is in it, who is not, how programs ask, and that a "no" holds at once."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soyol.accounts.models import User
from soyol.places.models import Unit
from soyol.registry import actions as registry
from soyol.registry.choices import Purpose
from soyol.registry.models import Actor
from tests.factories import registry as make
from tests.factories.claims import a_holder, a_representative
from tests.factories.country import written

pytestmark = pytest.mark.django_db
TOLD = written()
Signed = Callable[[User | None], Client]
FILES = ("/open-data/register.csv", "/open-data/register.jsonl")
ASKED = ("/open-data/register.json", "/open-data/figures.csv", "/open-data/datapackage.json")
PRIVATE = {
    "person_number": "QQ80010199",
    "birth_date": "1980-01-02",
    "phones": [TOLD.phone(7766)],
    "emails": ["canary@example.org"],
    "address": "Canary street 7",
    "note": "canary note",
}
CANARIES = ("QQ8001", "1980", "7766", "canary", "Canary")


@pytest.fixture
def client(client: Client) -> Client:
    """A stranger who reads English and has asked nothing yet."""
    cache.clear()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def person(here: Unit) -> Actor:
    """Somebody of whom lists know much, and who has chosen nothing."""
    return make.an_actor(make.a_record(make.a_source("film"), name=TOLD.shown, unit=here.code, **PRIVATE))


@pytest.fixture
def body(here: Unit) -> Actor:
    """A body, which is public by law."""
    told = {"name": TOLD.company, "unit": here.code, "company_number": "1234567"}
    return make.people(make.a_source("stage"), [told], kind="organisation")[0]


def _taken(client: Client, address: str, **asked: object) -> str:
    answer = client.get(address, asked)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8-sig")


def _rows(client: Client) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(_taken(client, FILES[0]), newline="")))


def _lines(client: Client) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _taken(client, FILES[1]).splitlines()]


def _turn(client: Client, actor: Actor, purpose: str, given: str) -> None:
    text = registry.write_first_texts(by=make.BY)[purpose].pk
    address = reverse("portal:mine_choose", args=[actor.number])
    assert client.post(address, {"purpose": purpose, "given": given, "text": text}).status_code == 302


def _choose(actor: Actor, purpose: str, *, given: bool) -> None:
    registry.choose_consent(by=make.BY, actor=actor, purpose=purpose, given=given, language="en", channel="own")


def _share(actor: Actor) -> None:
    for purpose in (Purpose.PROFILE, Purpose.OPEN_DATA):
        _choose(actor, purpose, given=True)


def test_a_switch_holds_everywhere_at_the_next_request(client: Client, client_of: Signed, person: Actor) -> None:
    mine = client_of(a_holder(person))

    def there() -> dict[str, bool]:
        number = person.number
        return {
            "page": client.get(f"/directory/{number}/").status_code == 200,
            "search": number in client.get("/directory/", {"q": TOLD.shown}).content.decode(),
            "table": number in _taken(client, FILES[0]),
            "lines": number in _taken(client, FILES[1]),
            "questions": number in _taken(client, ASKED[0], q=TOLD.shown),
            "entry": client.get(f"/open-data/register/{number}.json").status_code == 200,
        }

    shown = ("page", "search")
    assert set(there().values()) == {False}
    _turn(mine, person, Purpose.PROFILE, "yes")
    assert [place for place, here in there().items() if here] == [*shown]
    _turn(mine, person, Purpose.OPEN_DATA, "yes")
    assert set(there().values()) == {True}
    _turn(mine, person, Purpose.OPEN_DATA, "no")
    assert [place for place, here in there().items() if here] == [*shown]
    _turn(mine, person, Purpose.OPEN_DATA, "yes")
    _turn(mine, person, Purpose.PROFILE, "no")
    assert set(there().values()) == {False}


def test_nothing_private_is_in_anything_that_can_be_taken(client: Client, person: Actor, body: Actor) -> None:
    _share(person)
    entry = f"/open-data/register/{person.number}.json"
    told = {address: _taken(client, address) for address in (*FILES, *ASKED, entry, "/open-data/")}
    assert [address for address in (*FILES, ASKED[0], entry) if person.number not in told[address]] == []
    assert {(address, word) for address, text in told.items() for word in CANARIES if word in text} == set()


def test_files_and_questions_tell_the_same_of_an_entry(client: Client, person: Actor, body: Actor) -> None:
    _share(person)
    lines = {each["number"]: each for each in _lines(client)}
    asked = {each["number"]: each for each in json.loads(_taken(client, ASKED[0]))["entries"]}
    single = {number: json.loads(_taken(client, f"/open-data/register/{number}.json")) for number in lines}
    assert set(lines) == {person.number, body.number}
    assert lines == asked == single
    table = {row["number"]: row for row in _rows(client)}
    assert {number: row["name"] for number, row in table.items()} == {n: each["name"] for n, each in lines.items()}
    assert (table[body.number]["company_number"], table[body.number]["ended"]) == ("1234567", "false")
    assert (table[person.number]["company_number"], lines[person.number]["company_number"]) == ("", None)


def test_a_name_that_a_spreadsheet_would_run_is_inert_and_lines_are_as_the_standard_has_them(client: Client) -> None:
    names = ['=HYPERLINK("http://x.org")', "@sum(A1)", 'Studio "A", B', "-1+2"]
    people = make.people(make.a_source(), [{"name": name} for name in names], kind="organisation")
    raw = b"".join(client.get(FILES[0]).streaming_content)
    assert raw.startswith(b"\xef\xbb\xbfnumber,kind,")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 1 + len(people)
    told = [row["name"] for row in _rows(client)]
    assert [name for name in told if name[0] in "=+-@"] == []
    assert [name for name in told if "Studio" in name] != []


def test_what_may_not_be_taken_is_answered_like_what_there_is_not(client: Client, person: Actor) -> None:
    def asked(number: str) -> tuple[int, bytes, dict[str, str]]:
        answer = client.get(f"/open-data/register/{number}.json")
        kept = {name: told for name, told in answer.headers.items() if name != "X-Request-ID"}
        return answer.status_code, answer.content, kept

    nobody = asked(registry_number := "99999999X")
    assert registry_number not in nobody[1].decode()
    assert nobody[0] == 404
    _choose(person, Purpose.PROFILE, given=True)
    assert asked(person.number) == nobody == asked("junk") == asked("%00") == asked("é" * 200)


def test_a_former_number_leads_to_what_may_be_taken_and_nowhere_else(client: Client, person: Actor) -> None:
    [other] = make.people(make.a_source(), [{"name": TOLD.shown}])
    registry.merge(by=make.BY, keep=person, absorb=other, reason="The same")
    former = f"/open-data/register/{other.number}.json"
    assert client.get(former).content == client.get("/open-data/register/junk.json").content
    _share(person)
    answer = client.get(former)
    assert (answer.status_code, answer["Location"]) == (302, f"/open-data/register/{person.number}.json")


def test_pages_of_answers_lead_from_one_to_the_next(client: Client) -> None:
    actors = make.people(make.a_source(), [{"name": f"Studio {n}"} for n in range(5)], kind="organisation")
    address, found, sizes = f"{ASKED[0]}?limit=2&kind=organisation", [], []
    while address:
        told = json.loads(_taken(client, address))
        sizes.append(len(told["entries"]))
        found += [each["number"] for each in told["entries"]]
        address = told["next"] and told["next"].removeprefix("http://localhost:8000")
    assert (sizes, found) == ([2, 2, 1], [actor.number for actor in actors])


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1.5", "٣", "9" * 30])
def test_a_page_of_no_size_is_refused_with_the_way_out(client: Client, limit: str) -> None:
    answer = client.get(ASKED[0], {"limit": limit})
    assert (answer.status_code, "from 1 to 100" in answer.json()["error"]) == (400, True)


def test_a_place_to_go_on_that_is_no_number_is_refused(client: Client) -> None:
    answer = client.get(ASKED[0], {"after": "<script>'"})
    assert (answer.status_code, b"<" in answer.content, b"'" in answer.content) == (400, False, False)


def test_pages_of_any_site_may_ask_and_no_cookie_says_who_does(client: Client, client_of: Signed, body: Actor) -> None:
    signed = client_of(a_representative(body))
    signed.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    for address in (*FILES, *ASKED, f"/open-data/register/{body.number}.json", "/open-data/register/junk.json"):
        answers = [each.get(address) for each in (client, signed)]
        assert {answer["Access-Control-Allow-Origin"] for answer in answers} == {"*"}
        assert {"Access-Control-Allow-Credentials" in answer.headers for answer in answers} == {False}
        assert {answer["Cache-Control"] for answer in answers} == {"no-cache"}
        assert "creativecommons.org/licenses/by/4.0" in answers[0]["Link"]
        assert dict(answers[0].cookies) == {}
        assert _taken(client, address) == _taken(signed, address)
        assert client.post(address).status_code == 405
    assert "Access-Control-Allow-Origin" not in client.get("/open-data/").headers


def test_whoever_asks_too_often_has_to_wait(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"open_question": "2/m/ip", "open_file": "1/h/ip"}
    statuses = [client.get(ASKED[0]).status_code for _time in range(3)]
    answers = [client.get(FILES[0]) for _time in range(2)]
    assert (statuses, [answer.status_code for answer in answers]) == ([200, 200, 429], [200, 429])
    assert (answers[1]["Retry-After"], answers[1]["Access-Control-Allow-Origin"]) == ("3600", "*")


def test_the_head_of_a_file_is_told_without_making_it(client: Client, body: Actor) -> None:
    client.get(FILES[0])
    with CaptureQueriesContext(connection) as asked:
        answer = client.head(FILES[0])
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer["Content-Disposition"] == 'attachment; filename="soyol-register.csv"'
    assert [query["sql"] for query in asked if "registry_" in query["sql"]] == []


@pytest.mark.parametrize("address", [*FILES, ASKED[0]])
def test_more_entries_take_no_more_queries(client: Client, address: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            _taken(client, address, limit=100)
        return len(made)

    rows = [registry.BulkRow("organisation", {"name": f"Studio {n}"}) for n in range(301)]
    registry.bulk_load(rows[:1], by=make.BY, code="one")
    asked()
    few = asked()
    registry.bulk_load(rows[1:], by=make.BY, code="many")
    assert asked() == few
    assert _taken(client, FILES[1]).count("\n") == 301


@pytest.mark.parametrize("lang", ["mn", "en"])
def test_the_page_tells_licence_files_and_every_column_and_is_found(client: Client, lang: str) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = lang
    page = client.get("/open-data/").content.decode()
    told = ["CC-BY", *FILES, "company_number", "suppressed", "unit_mn", "register.json"]
    assert [word for word in told[1:] if word not in page] == []
    assert 'rel="license"' in page
    assert [each for each in ("/", "/about/") if 'href="/open-data/"' not in client.get(each).content.decode()] == []
