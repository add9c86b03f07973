"""The table of published figures: exact for bodies, coarse for people, and complete, so that a row tells nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soyol.places.models import Unit
from soyol.registry.actions import choose_consent
from soyol.registry.queries.figures import UNKNOWN, Figure, figures, offset_of
from soyol.registry.rules.disclosing import published
from soyol.vocab.models import Scheme, Term
from tests.factories.registry import BY, a_source, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(db: None) -> None:
    """Two domains and one area."""
    for scheme, codes in (("domains", ("film", "stage")), ("areas", ("skills",))):
        made = Scheme.objects.create(code=scheme, version="1", names={"en": scheme})
        for position, code in enumerate(codes):
            Term.objects.create(scheme=made, code=code, names={"en": code}, position=position)


def _told(**asked: str) -> list[Figure]:
    return [each for each in figures() if all(getattr(each, name) == value for name, value in asked.items())]


def test_bodies_are_told_exactly_with_nought_and_with_what_is_not_known(
    lists: None, here: Unit, elsewhere: Unit
) -> None:
    told = {"unit": here.code, "name": "Studio"}
    people(
        a_source(), [{**told, "domains": ["film"]}, {**told, "domains": ["film", "stage"]}, told], kind="organisation"
    )
    counts = {
        (each.region, each.by, each.code): each.count
        for each in _told(kind="organisation")
        if each.region in {here.code, elsewhere.code}
    }
    assert counts[here.code, "domain", "film"] == 2
    assert counts[here.code, "domain", "stage"] == 1
    assert counts[here.code, "domain", UNKNOWN] == 1
    assert counts[here.code, "area", UNKNOWN] == 3
    assert counts[elsewhere.code, "domain", "film"] == 0


def test_people_are_told_in_fives_and_few_not_at_all(lists: None, here: Unit, elsewhere: Unit) -> None:
    rows = [{"name": f"Person {n}", "unit": here.code, "domains": ["film"]} for n in range(12)]
    people(a_source(), [*rows, {"name": "Alone", "unit": elsewhere.code, "domains": ["film"]}])
    place = ("person", here.code, "domain", "film")
    [many] = _told(kind="person", region=here.code, code="film")
    [few] = _told(kind="person", region=elsewhere.code, code="film")
    [none] = _told(kind="person", region=elsewhere.code, code="stage")
    assert (many.count, few.count, none.count) == (published("person", 12, offset_of(place)), None, None)
    assert many.count in {10, 15}


def test_rows_of_people_are_the_same_whoever_there_is(lists: None, here: Unit) -> None:
    def places() -> list[tuple[str, str, str, str]]:
        return [(each.kind, each.region, each.by, each.code) for each in figures() if each.kind != "organisation"]

    before = places()
    people(a_source(), [{"name": "Bat", "unit": here.code, "domains": ["no-such"]}, {"name": "Dorj"}])
    assert places() == before
    assert [place for place in before if place[3] == UNKNOWN] == []


def test_who_does_not_want_to_be_counted_is_not(lists: None, here: Unit) -> None:
    source = a_source()
    rows = [{"name": f"Person {n}", "unit": here.code, "domains": ["film"]} for n in range(9)]
    actors = people(source, rows)
    assert _told(kind="person", region=here.code, code="film")[0].count == 10
    for actor in actors[:5]:
        choose_consent(by=BY, actor=actor, purpose="statistics", given=False, language="en", channel="own")
    assert _told(kind="person", region=here.code, code="film")[0].count is None


def test_the_boundary_of_a_cell_stays_where_it_is_and_differs_from_cell_to_cell() -> None:
    cells = [("person", str(region), "domain", "film") for region in range(60)]
    assert [offset_of(cell) for cell in cells] == [offset_of(cell) for cell in cells]
    assert {offset_of(cell) for cell in cells} == {0, 1, 2, 3, 4}


def test_the_table_takes_four_queries(lists: None, here: Unit) -> None:
    people(a_source(), [{"name": f"Person {n}", "unit": here.code, "domains": ["film"]} for n in range(5)])
    with CaptureQueriesContext(connection) as asked:
        figures()
    assert len(asked) == 4
