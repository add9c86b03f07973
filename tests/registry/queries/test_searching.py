"""Finding: typing errors, numbers, facets, scope, and a constant number of queries."""

from collections.abc import Callable
from itertools import product
from typing import Any

import polars as pl
import pytest
from django.conf import settings
from django.db import connection

from soyol import packs
from soyol.registry import queries
from soyol.registry.actions import BulkRow, bulk_load
from soyol.registry.choices import Face
from soyol.registry.models import FacetCell
from soyol.registry.queries import Facets, Scope
from soyol.registry.queries.dictionary import bearers, words_for
from soyol.registry.queries.searching import within
from tests.factories.registry import BY, a_record, a_source, an_actor, people

pytestmark = pytest.mark.django_db
NAMES = ["Batbayar Dorj", "Batbold Dorj", "Erdenechimeg Ganbold", "Munkhtuya Sukh", "Anna Kask"]


@pytest.fixture
def units() -> list[Any]:
    """Two units of the first level and a unit below the first."""
    known = packs.load(settings.SOYOL_PACK).units
    first, second = known.at_level(1)[:2]
    return [first.code, second.code, known.children(first.code)[0].code]


def found(text: str, **more: Any) -> list[str]:
    return [entry.name for entry in queries.search(text, public_only=False, **more).entries]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Batbayar Dorj", "Batbayar Dorj"),
        ("dorj batbayar", "Batbayar Dorj"),
        ("Batbyar Dorg", "Batbayar Dorj"),
        ("Erdenechimgeg Ganbld", "Erdenechimeg Ganbold"),
        ("Erdenechimge Gnabold", "Erdenechimeg Ganbold"),
        ("erdene", "Erdenechimeg Ganbold"),
        ("ANNA KASK", "Anna Kask"),
    ],
)
def test_name_is_found_first_whatever_the_slips(asked: str, name: str) -> None:
    people(a_source(), [{"name": each} for each in NAMES])
    assert found(asked)[0] == name


@pytest.mark.parametrize("asked", ["Mari-Liis", "mari liis", "MariLiis", "Mari-Lis", "Liis", "mari‑li", "Mari-"])
def test_a_name_with_a_hyphen_is_found_joined_and_apart(asked: str) -> None:
    people(a_source(), [{"name": each} for each in (*NAMES, "Mari-Liis Oja")])
    assert found(asked)[0] == "Mari-Liis Oja"
    assert [each.entry.name for each in queries.already_here(name=f"{asked.strip('-')} Oja", kind="person")]


def test_the_same_name_comes_first_however_many_spellings_lists_give_it() -> None:
    source = a_source()
    wanted = an_actor(
        a_record(source, name="Batbold Dorj"),
        a_record(a_source(), name="Batbolt Dorzh", stage_name="Grey Falcon"),
        a_record(a_source(), name="Bat-Bold Dordj"),
    )
    people(source, [{"name": "Batbolod Dorj"}, {"name": "Batbol Dorj"}, {"name": "Batbold Dorjsuren"}])
    assert queries.search("Batbold Dorj", public_only=False).entries[0].number == wanted.number


def test_three_words_name_one_and_two_also_those_like_it() -> None:
    people(a_source(), [{"name": "Anna Maria Kask"}, {"name": "Anna Marta Kask"}])
    assert found("Anna Maria Kask") == ["Anna Maria Kask"]
    assert found("Maria Kask") == ["Anna Maria Kask", "Anna Marta Kask"]
    assert sorted(found("Anna Mara Kask")) == ["Anna Maria Kask", "Anna Marta Kask"]


def test_an_initial_stands_for_the_names_that_begin_with_it() -> None:
    people(a_source(), [{"name": "Anna Kask"}, {"name": "Anna Tamm"}])
    assert found("Anna K") == found("K. Anna") == ["Anna Kask"]


@pytest.mark.parametrize("asked", ["zzzqqq", "qz", "xkcd"])
def test_noise_finds_nobody(asked: str) -> None:
    people(a_source(), [{"name": "Zoe Ek"}, {"name": "Q. Zed"}])
    assert found(asked) == []


def test_what_nobody_bears_finds_nobody() -> None:
    people(a_source(), [{"name": each} for each in NAMES])
    assert found("Ilmatsalu Wolfgang") == []
    assert found("   ") == sorted(found(""), key=found("").index)


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("Munkhtuya Kask", ["Anna Kask", "Munkhtuya Sukh"]),  # each bears one of the words
        ("Munkhbileg", ["Munkhtuya Sukh"]),  # nobody is like it, somebody begins like it
        ("Munkhtuya", []),  # found, so nothing is to be offered
        ("Ilmatsalu Wolfgang", []),
    ],
)
def test_nothing_found_offers_the_nearest(asked: str, nearest: list[str]) -> None:
    people(a_source(), [{"name": each} for each in NAMES])
    told = queries.search(asked, public_only=False)
    assert sorted(entry.name for entry in told.nearest) == nearest
    assert bool(told.nearest) is not bool(told.entries) or not nearest


def test_a_short_word_with_answers_stands_for_nothing_else() -> None:
    people(a_source(), [{"name": "Tom Ott"}, {"name": "Tim Ott"}, {"name": "Thomas Uus"}])
    assert found("tom") == ["Tom Ott"]
    assert sorted(found("tam")) == ["Tim Ott", "Tom Ott"]


def test_number_finds_its_entry_as_people_type_it() -> None:
    actor, _other = people(a_source(), [{"name": "Bat"}, {"name": "Bold"}])
    assert found(f"{actor.number[:4]} {actor.number[4:].lower()}") == ["Bat"]


def test_a_body_is_found_by_the_number_of_its_register_and_a_person_by_no_phone() -> None:
    company = packs.load(settings.SOYOL_PACK).identifiers["company"]
    texts = pl.Series(["0012345", "12345678"], dtype=pl.String)  # one of them is a number in each of the packs
    number = next(each["value"] for each in company.normalise(texts).to_dicts() if each["status"] != "invalid")
    body = {"kind": "organisation", "org_name": "Lai Pilt", "company_number": number}
    an_actor(a_record(a_source(), **body))
    people(a_source("other"), [{"name": "Anna Kask", "phones": ["+97699110000"]}])
    assert found(number) == found(f" {number} ") == ["Lai Pilt"]
    assert found("99110000") == found("+97699110000") == found(number[:-1]) == []


def test_counts_by_facet_leave_out_their_own_choice(units: list[Any]) -> None:
    first, second, below = units
    source = a_source()
    people(
        source, [{"name": "Bat", "unit": first, "areas": ["a", "b"]}, {"name": "Bold", "unit": below, "areas": ["b"]}]
    )
    people(source, [{"name": "Tamm", "unit": second}], kind="organisation")
    counts = queries.search("", public_only=False, facets=Facets(region=first)).facets
    assert {each.code: each.count for each in counts["region"]} == {first: 2, second: 1}
    assert {each.code: each.count for each in counts["area"]} == {"a": 1, "b": 2}
    assert [(each.code, each.count, each.chosen) for each in counts["kind"]] == [("person", 2, False)]
    assert queries.search("", public_only=False, facets=Facets(area="b")).total == 2


def test_counts_are_the_same_with_and_without_cells(units: list[Any]) -> None:
    first, second, below = units
    people(
        a_source(),
        [{"name": f"N{at}", "unit": unit, "areas": ["a"]} for at, unit in enumerate([first, second, below, below])],
    )
    whole = queries.search("", public_only=False)
    scoped = queries.search("", public_only=False, scope=Scope.of([first, second]))
    assert (whole.total, whole.facets) == (scoped.total, scoped.facets)


def test_officer_finds_only_entries_of_their_units(units: list[Any]) -> None:
    first, second, below = units
    mine, deeper, theirs = people(
        a_source(), [{"name": "Bat", "unit": first}, {"name": "Bat", "unit": below}, {"name": "Bat", "unit": second}]
    )
    scope = Scope.of([first])
    numbers = {entry.number for entry in queries.search("Bat", public_only=False, scope=scope).entries}
    assert numbers == {mine.number, deeper.number}
    assert queries.search("", public_only=False, scope=scope).total == 2
    assert queries.search(theirs.number, public_only=False, scope=scope).total == 0
    assert queries.map_counts(public_only=False, scope=scope) == {first: 2}
    assert queries.search("", public_only=False, scope=Scope.of([])).total == 0
    with pytest.raises(type(mine).DoesNotExist):
        queries.statements_of(theirs.number, scope=scope)


def test_the_map_and_what_it_leaves_out_are_all_entries(units: list[Any]) -> None:
    first, _second, below = units
    people(a_source(), [{"name": f"N{at}", "unit": unit} for at, unit in enumerate([first, below, None])])
    on_map = queries.map_counts(public_only=False)
    assert (on_map, queries.unplaced_count(public_only=False)) == ({first: 2}, 1)
    assert queries.unplaced_count(public_only=False, facets=Facets(region=first)) == 0
    assert queries.unplaced_count(public_only=True) == 0


def test_a_number_that_leads_to_another_one_finds_that_one() -> None:
    from soyol.registry import actions

    a, b = people(a_source(), [{"name": "Bat"}, {"name": "Bat"}])
    change = actions.merge(by=BY, keep=a, absorb=b, reason="same")
    assert [each.number for each in queries.search(b.number, public_only=False).entries] == [a.number]
    actions.undo(by=BY, change=change, reason="not")
    assert [each.number for each in queries.search(b.number, public_only=False).entries] == [b.number]


def test_cells_follow_changes_and_never_go_negative() -> None:
    from soyol.registry import actions

    a, b = people(a_source(), [{"name": "Bat"}, {"name": "Bat"}])
    change = actions.merge(by=BY, keep=a, absorb=b, reason="same")
    assert sum(FacetCell.objects.filter(face="staff").values_list("entries", flat=True)) == 1
    actions.undo(by=BY, change=change, reason="not")
    actions.rebuild_directory(by=BY)
    assert sum(FacetCell.objects.filter(face="staff").values_list("entries", flat=True)) == 2


@pytest.mark.parametrize(("text", "name", "expected"), [("", "Bat", 2), ("Bat", "Bat", 6), ("Batbold", "Batbold", 7)])
def test_list_takes_the_same_queries_for_one_and_three(
    text: str, name: str, expected: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    source = a_source()
    an_actor(a_record(source, name=name))
    with django_assert_num_queries(expected):
        assert len(found(text)) == 1
    people(source, [{"name": name}, {"name": f"{name} Saar"}])
    with django_assert_num_queries(expected):
        assert len(found(text)) == 3


def test_page_of_an_actor_takes_the_same_queries_for_one_and_three_rows(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    one = an_actor(a_record(a_source(), name="Bat"))
    three = an_actor(*(a_record(a_source(), name="Bat", phones=["+1", "+2"]) for _at in range(3)))
    with django_assert_num_queries(7):
        queries.actor_page(one.number, audience=3)  # type: ignore[arg-type]
    with django_assert_num_queries(7):
        queries.actor_page(three.number, audience=3)  # type: ignore[arg-type]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it looks things up")
def test_a_question_looks_up_who_bears_its_words_and_not_through_everybody() -> None:
    names = ("".join(letters) for letters in product("bdgk", "aeiou", "lmnrst", "aeiou", "bdgk"))
    bulk_load((BulkRow("person", {"name": f"Dorj {name.title()}"}) for name in names), by=BY)
    inside = within(Face.STAFF, Scope.whole(), Facets())
    plan = bearers(words_for("balab"), inside).explain().splitlines()[0]
    assert "PRIMARY KEY" in plan


@pytest.mark.parametrize("rest", ["", " Dorj"])
def test_a_word_that_only_hidden_entries_bear_is_answered_as_one_that_nobody_bears(rest: str) -> None:
    people(a_source(), [{"name": "Bat Dorj", "consent": True}, {"name": "Bat Sukh", "consent": True}])
    people(a_source(), [{"name": "Bat Khishigjargal"}])
    answers = []
    for word in ("Khishigjargal", "Khlorofillus"):
        for asked in (f"Bat{rest} {word}", word):
            found = queries.search(asked, public_only=True)
            answers.append(([each.name for each in found.entries], found.total, [each.name for each in found.nearest]))
    assert answers[:2] == answers[2:]
    assert queries.search("Bat Khishigjargal", public_only=False).total == 1


def test_of_another_place_an_officer_learns_no_name_either(units: list[Any]) -> None:
    here, elsewhere = units[:2]
    source = a_source()
    people(source, [{"name": "Bat Dorj", "unit": here}, {"name": "Bat Khishigjargal", "unit": elsewhere}])
    scope = Scope.of([here])
    hidden, nobody = (
        queries.search(f"Bat {word}", public_only=False, scope=scope) for word in ("Khishigjargal", "Khlorofillus")
    )
    assert [each.name for each in hidden.entries] == [each.name for each in nobody.entries]
    assert hidden.total == nobody.total == 1
