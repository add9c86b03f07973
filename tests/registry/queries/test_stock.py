"""The registry as of a day."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from soyol.registry import actions, queries
from soyol.registry.models import Actor, Identity, Statement
from soyol.registry.queries.stock import count_by_kind
from tests.factories.registry import BY, a_record, a_source, people

pytestmark = pytest.mark.django_db


def shift(days: int) -> None:
    """Pretend that everything so far happened ``days`` earlier."""
    step = timedelta(days=days)
    for model, column in ((Identity, "valid_from"), (Statement, "recorded_from")):
        for row in model.objects.values_list("pk", column):
            model.objects.filter(pk=row[0]).update(**{column: row[1] - step})
    for pk, closed in Identity.objects.filter(valid_to__isnull=False).values_list("pk", "valid_to"):
        Identity.objects.filter(pk=pk).update(valid_to=closed - step)


def ago(days: int) -> date:
    return (timezone.localtime() - timedelta(days=days)).date()


def counted(day: date) -> dict[str, int]:
    return count_by_kind(queries.as_of(day).actors())


def test_stock_counts_whoever_was_there_by_the_end_of_the_day() -> None:
    people(a_source(), [{"name": "Bat"}, {"name": "Bold"}])
    shift(30)
    people(a_source(), [{"name": "House"}], kind="organisation")
    assert counted(ago(0)) == {"person": 2, "organisation": 1, "group": 0}
    assert counted(ago(10)) == {"person": 2, "organisation": 0, "group": 0}
    assert counted(ago(40)) == {"person": 0, "organisation": 0, "group": 0}


def test_merged_actors_are_two_before_and_one_after() -> None:
    a, b = people(a_source(), [{"name": "Bat"}, {"name": "Bat"}])
    shift(30)
    actions.merge(by=BY, keep=a, absorb=b, reason="same")
    assert counted(ago(10))["person"] == 2
    assert counted(ago(0))["person"] == 1


def test_whoever_had_died_or_closed_by_the_day_is_not_counted() -> None:
    people(a_source(), [{"name": "Bat", "death_date": "2010"}, {"name": "Bold", "death_date": ago(-5).isoformat()}])
    shift(400)
    stock = queries.as_of(ago(0))
    assert [entry.name for entry in stock.entries(stock.actors())] == ["Bold"]
    held = {actor.entries.get().name: stock.holds(actor) for actor in Actor.objects.all()}
    assert held == {"Bat": False, "Bold": True}


def test_value_is_the_one_that_was_known_then() -> None:
    (actor,) = people(a_source(), [{"name": "Bat Dorj"}])
    shift(30)
    actions.state_by_hand(by=BY, actor=actor, values={"name": "Bat Dorjsuren"}, reason="passport", standing=1)
    actor = Actor.objects.get(pk=actor.pk)
    assert queries.as_of(ago(10)).shown(actor)["name"] == ["Bat Dorj"]
    assert queries.as_of(ago(0)).shown(actor)["name"] == ["Bat Dorjsuren"]


def test_stock_of_the_end_of_the_year_takes_the_whole_day() -> None:
    last = queries.as_of(date(2019, 12, 31)).at
    assert timezone.localtime(last).replace(tzinfo=None) == datetime(2019, 12, 31, 23, 59, 59, 999999)  # noqa: DTZ001


def test_record_of_nobody_is_in_no_stock() -> None:
    a_record(a_source(), name="Bat")
    assert counted(ago(0))["person"] == 0
