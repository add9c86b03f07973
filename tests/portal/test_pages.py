"""The public pages: open to everybody, showing only what may be public, in a constant number of queries."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from soyol.accounts.models import User
from soyol.places.models import Unit
from soyol.registry import actions
from soyol.registry.actions.fullness import count_fullness
from soyol.registry.models import Actor
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, Source
from tests.factories import registry as make
from tests.factories.country import written

pytestmark = pytest.mark.django_db

PAGES = ("/", "/about/", "/privacy/", "/accessibility/", "/directory/", "/map/", "/open-data/", "/sources/")
TOLD = written()
PHONE = TOLD.phone(7766)
SECRETS = (TOLD.given, "1980-03-04", PHONE, "canary@example.org", "Hidden Street")


@pytest.fixture
def filled(country: Unit, here: Unit) -> Source:
    """A public company, a person with consent and one without."""
    source = make.a_source("film")
    private = {
        "birth_date": "1980-03-04",
        "phones": [PHONE],
        "emails": ["canary@example.org"],
        "address": "Hidden Street 4",
    }
    company = {"name": TOLD.company, "org_name": TOLD.company, "unit": here.code}
    make.people(source, [company], kind="organisation")
    make.people(source, [{"name": TOLD.shown, "unit": here.code, "consent": True, **private}])
    make.people(source, [{"name": f"{TOLD.family} {TOLD.given}", "unit": here.code, **private}])
    return source


def _public_number(client: Client, name: str) -> str:
    return str(client.get("/directory/", {"q": name}).context["found"].entries[0].number)


@pytest.mark.long
def test_everybody_of_the_cast_may_open_every_public_page(
    cast: dict[str, User | None], client_of: Callable[[User | None], Client]
) -> None:
    answers = {(who, page): client_of(user).get(page).status_code for who, user in cast.items() for page in PAGES}
    assert {key: code for key, code in answers.items() if code != 200} == {}


@pytest.mark.parametrize("lang", ["mn", "en"])
def test_readers_are_told_where_to_write_to(client: Client, settings: Any, lang: str) -> None:
    link = '<a href="mailto:registry@example.org">'
    client.cookies["soyol_language"] = lang
    assert not any("mailto:" in client.get(page).text for page in PAGES)
    settings.SOYOL_CONTACT = "registry@example.org"
    told = {page: client.get(page).text.count(link) for page in PAGES}
    assert told == dict.fromkeys(PAGES, 1) | {"/privacy/": 2}


@pytest.mark.long
def test_every_public_page_tells_while_invented_material_is_shown(filled: Source, client: Client) -> None:
    told = 'class="invented"'
    assert [page for page in PAGES if told in client.get(page).content.decode()] == []
    Batch.objects.update(received_by="sample material", state=BatchState.IMPORTED)
    assert [page for page in PAGES if told not in client.get(page).content.decode()] == []


def test_the_directory_finds_by_a_latin_spelling_and_shows_no_private_person(filled: Source, client: Client) -> None:
    assert TOLD.company in client.get("/directory/", {"q": TOLD.company_latin}).content.decode()
    everything = client.get("/directory/").content.decode()
    assert (TOLD.shown in everything, TOLD.given in everything) == (True, False)


@pytest.mark.long
def test_no_private_value_is_on_any_public_page(filled: Source, here: Unit, client: Client) -> None:
    by_name, by_phone = f"/directory/?q={TOLD.given}", f"/directory/?q={PHONE}"
    pages = [*PAGES, by_name, by_phone, f"/directory/?region={here.code}&kind=person"]
    pages.append(f"/directory/{_public_number(client, TOLD.shown_given)}/")
    found = {(page, secret) for page in pages for secret in SECRETS if secret in _answer(client, page)}
    # The word that was searched for stands in the search box; nothing else may.
    assert found - {(by_name, TOLD.given), (by_phone, PHONE)} == set()
    assert client.get("/directory/", {"q": TOLD.given}).context["found"].entries == []


def _answer(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_each_fact_of_an_entry_names_its_source(filled: Source, client: Client) -> None:
    page = _answer(client, f"/directory/{_public_number(client, TOLD.company_word)}/")
    assert 'href="#source-film"' in page
    assert 'id="source-film"' in page


def test_a_private_or_unknown_entry_is_not_there(filled: Source, client: Client) -> None:
    hidden = Actor.objects.exclude(entries__face="public").get()
    assert [client.get(f"/directory/{number}/").status_code for number in (hidden.number, "00000000X")] == [404, 404]


@pytest.mark.long
def test_the_old_address_of_a_merged_entry_leads_to_the_new_one(filled: Source, here: Unit, client: Client) -> None:
    twin = make.an_actor(make.a_record(filled, kind="organisation", name=TOLD.company_branch, unit=here.code))
    number = _public_number(client, TOLD.company)
    actions.merge(by=make.BY, keep=Actor.objects.get(number=number), absorb=twin, reason="Same studio")
    assert client.get(f"/directory/{twin.number}/")["Location"] == f"/directory/{number}/"


def test_htmx_gets_the_same_part_as_the_whole_page(filled: Source, client: Client) -> None:
    whole = _answer(client, f"/directory/?q={TOLD.family}")
    part = client.get(f"/directory/?q={TOLD.family}", headers={"HX-Request": "true", "HX-Target": "results"})
    assert part.content.decode().strip() in whole
    assert "<html" not in part.content.decode()
    assert {"HX-Request", "HX-Target"} <= set(part["Vary"].split(", "))


def test_the_map_counts_by_the_chosen_figure(filled: Source, here: Unit, client: Client) -> None:
    shown = {
        figure: client.get("/map/", {"figure": figure}).context["figure"] for figure in ("all", "person", "nonsense")
    }
    counted = {figure: sum(row.count for row in one.rows) for figure, one in shown.items()}
    assert (shown["nonsense"].chosen, counted["person"] <= counted["all"]) == ("all", True)


@pytest.mark.long
def test_the_directory_asks_the_same_number_of_questions_for_three_and_for_many(
    filled: Source, here: Unit, client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    client.get("/directory/")
    with CaptureQueriesContext(connection) as few:
        client.get("/directory/")
    rows = [{"name": f"Studio {n}", "org_name": f"Studio {n}", "unit": here.code} for n in range(12)]
    make.people(filled, rows, kind="organisation")
    with django_assert_num_queries(len(few)):
        client.get("/directory/")


@pytest.mark.parametrize(
    ("there", "leads"),
    [("/map/?figure=all", "/map/?figure=all"), ("https://example.org/", "/"), ("//example.org", "/")],
)
def test_the_language_switch_leads_back_but_never_away(client: Client, there: str, leads: str) -> None:
    answer = client.get("/language/en/", {"next": there})
    assert (answer["Location"], answer.cookies["soyol_language"].value) == (leads, "en")
    assert client.get("/language/xx/").status_code == 404


@pytest.mark.parametrize(
    "junk", ["page=-1", "page=9999999999", "page=x", "region=%00", "kind=%27", "area=" + "x" * 500]
)
def test_junk_in_the_address_breaks_nothing(filled: Source, client: Client, junk: str) -> None:
    assert client.get(f"/directory/?{junk}").status_code == 200


@pytest.mark.parametrize("text", ["%25", "…", "?!"])
def test_signs_that_no_name_has_find_nobody(filled: Source, client: Client, text: str) -> None:
    page = client.get(f"/directory/?q={text}", headers={"Accept-Language": "en"}).content.decode()
    assert "0 entries found for" in page


@pytest.mark.long
def test_the_sources_page_tells_how_full_each_list_is_and_hides_short_ones(filled: Source, client: Client) -> None:
    long, _unread = make.a_source("long"), make.a_source("unread")
    for at in range(20):
        make.a_record(long, name=f"{TOLD.family} {at}", **({"phones": [PHONE]} if at < 15 else {}))
    count_fullness()
    with CaptureQueriesContext(connection) as few:
        shown = {line.code: told for line, told in client.get("/sources/").context["full"]}
    shares = {code: [(one.share, one.few) for one in told] for code, told in shown.items()}
    assert shares["long"] == [(0.0, False), (0.8, False), (0.0, False), (0.0, False)]
    assert shares["film"] == [(None, True)] * 4
    assert shares["unread"] == [(None, False)] * 4
    for at in range(3):
        make.a_source(f"more-{at}")
    with CaptureQueriesContext(connection) as many:
        client.get("/sources/")
    assert len(many) == len(few)


def test_a_place_without_entries_does_not_speak_of_a_name(filled: Source, elsewhere: Unit, client: Client) -> None:
    by_place = client.get("/directory/", {"region": elsewhere.code})
    by_name = client.get("/directory/", {"q": "zzzz"})
    title = 'class="empty"'
    said = [answer.content.decode().partition(title)[2][:300] for answer in (by_place, by_name)]
    assert all(said)
    assert said[0] != said[1]


@pytest.mark.parametrize("page", ["/sources/"])
def test_on_a_phone_every_cell_says_what_it_is(filled: Source, client: Client, page: str) -> None:
    count_fullness()
    tables = client.get(page).content.decode().split('<div class="table table--stacked">')[1:]
    assert len(tables) == 2
    cells = [cell for table in tables for cell in re.findall(r"<td[^>]*>", table)]
    assert cells
    assert [cell for cell in cells if 'data-label="' not in cell] == []


def test_the_first_page_and_the_sources_page_count_the_same_lists(filled: Source, client: Client) -> None:
    make.a_source("by-hand", is_hand=True)
    make.a_source("unread")
    lines = client.get("/sources/").context["lines"]
    assert [line.code for line in lines if line.is_hand] == [lines[-1].code] == ["by-hand"]
    assert client.get("/").context["counts"].sources == len(lines) - 1
