"""The list and an entry as of a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from soyol.files import queries as files
from soyol.registry import actions, queries
from soyol.registry.models import Actor
from soyol.registry.queries import Facets, Scope
from tests.factories.registry import BY, a_record, a_source, an_actor, people
from tests.registry.queries.test_stock import ago, shift

pytestmark = pytest.mark.django_db


def listed(day: date, **asked: Any) -> list[str]:
    return [entry.name for entry in queries.stock_page(day, public_only=False, **asked).entries]


def two_then_one() -> tuple[Actor, Actor]:
    first, second = people(a_source(), [{"name": "Bat Dorj"}, {"name": "Bold Dorj"}])
    shift(30)
    actions.merge(by=BY, keep=first, absorb=second, reason="same")
    now = Actor.objects.get(pk=first.pk)
    actions.state_by_hand(by=BY, actor=now, values={"name": "Batbold"}, reason="passport", standing=2)
    people(a_source(), [{"name": "Dorj House"}], kind="organisation")
    return first, second


def test_the_list_shows_who_stood_there_under_the_names_of_then() -> None:
    two_then_one()
    assert listed(ago(10)) == ["Bat Dorj", "Bold Dorj"]
    assert listed(ago(0)) == ["Batbold", "Dorj House"]
    assert listed(ago(40)) == []


def test_counts_are_those_of_the_day() -> None:
    two_then_one()
    found = queries.stock_page(ago(10), public_only=False, facets=Facets(kind="organisation"))
    counts = [(each.code, each.count, each.chosen) for each in found.facets["kind"]]
    assert (found.total, counts) == (0, [("person", 2, False), ("organisation", 0, True), ("group", 0, False)])


def test_who_became_one_with_another_answers_as_that_one_does() -> None:
    two_then_one()
    assert listed(ago(10), text="Batbold") == ["Bat Dorj", "Bold Dorj"]
    assert listed(ago(10), text="House") == []


def test_a_scope_holds_for_an_earlier_day_too() -> None:
    two_then_one()
    assert listed(ago(10), scope=Scope.of(["nowhere"])) == []
    with pytest.raises(Actor.DoesNotExist):
        queries.stood(Actor.objects.earliest("pk").number, ago(10), scope=Scope.of(["nowhere"]))


def test_the_public_list_of_an_earlier_day_shows_what_is_public_today() -> None:
    source = a_source()
    open_, hidden = a_record(source, name="Bat Dorj", consent=True), a_record(source, name="Canary Dorj")
    an_actor(open_)
    an_actor(hidden)
    shift(30)
    found = queries.stock_page(ago(10), public_only=True)
    assert [(entry.name, entry.face) for entry in found.entries] == [("Bat Dorj", "public")]
    assert found.total == 1


def test_an_entry_as_of_a_day_leads_on_to_whom_it_became_one_with() -> None:
    first, second = two_then_one()
    then = queries.stood(second.number, ago(10), scope=Scope.whole())
    assert (then.name, then.counted, then.known, then.leads_to) == ("Bold Dorj", True, True, first.number)
    now = queries.stood(second.number, ago(0), scope=Scope.whole())
    assert (now.name, now.counted, now.known) == ("", False, False)


def test_an_entry_as_of_a_day_counts_until_its_end_and_masks_its_number() -> None:
    (actor,) = people(
        a_source(), [{"name": "Liis Tamm", "person_number": "QQ80010199", "death_date": ago(5).isoformat()}]
    )
    shift(30)
    alive, over = (queries.stood(actor.number, ago(days), scope=Scope.whole()) for days in (8, 5))
    assert (alive.counted, over.counted, "QQ800101" in repr(alive)) == (True, False, False)


def test_the_list_of_a_day_takes_few_queries(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    people(a_source(), [{"name": f"Bat {at}"} for at in range(3)])
    with django_assert_max_num_queries(8):
        assert len(listed(ago(0))) == 3


def test_a_workbook_of_a_day_holds_its_rows_and_its_counts() -> None:
    two_then_one()
    stored, rows = actions.write_export(by=BY, day=ago(10), text="", facets=Facets(), scope=Scope.whole(), lang="en")
    with files.open_plain(stored) as stream:
        book = openpyxl.load_workbook(stream)
    sheet, about = book.worksheets
    assert (rows, [cell.value for cell in sheet["C"]]) == (2, ["Name", "Bat Dorj", "Bold Dorj"])
    told = [[cell.value for cell in line] for line in about.iter_rows()]
    assert told == [["As of", ago(10).isoformat()], ["Person", 2], ["Organisation", 0], ["Informal group", 0]]
    assert stored.name == f"registry-{ago(10)}.xlsx"
