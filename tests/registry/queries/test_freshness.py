"""When an entry was last heard of, and how many were not for long."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from soyol.places.models import Unit
from soyol.registry import actions, queries
from soyol.registry.actions.filling import count_filling
from soyol.registry.choices import ConfirmedBy, Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries import Facets, Scope
from soyol.registry.queries.freshness import Unconfirmed, last_heard, lists_behind, stale_count, unconfirmed
from tests.factories.registry import BY, a_batch, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
OLD = date(2017, 5, 1)


def _old(name: str, **values: object) -> Actor:
    source = a_source()
    return an_actor(a_record(source, a_batch(source, observed_on=OLD), name=name, consent=True, **values))


def _days(actor: Actor) -> set[date | None]:
    return set(DirectoryEntry.objects.filter(actor=actor).values_list("confirmed_on", flat=True))


def test_an_entry_knows_the_day_of_its_newest_row_on_both_faces() -> None:
    actor = _old("Dorj Bat")
    assert (_days(actor), DirectoryEntry.objects.filter(actor=actor).count()) == ({OLD}, 2)


def test_a_list_that_still_has_the_row_and_a_day_in_the_row_count() -> None:
    source = a_source()
    row = a_record(source, a_batch(source, observed_on=OLD), name="Dorj Bat")
    actor = an_actor(row)
    row.last_batch = a_batch(source, observed_on=date(2020, 1, 2))
    row.save(update_fields=["last_batch"])
    assert last_heard(lists_behind([actor.pk]), [actor.pk]) == {actor.pk: date(2020, 1, 2)}
    stated = an_actor(a_record(source, a_batch(source, observed_on=OLD), name="Bat", observed_on="2021-03-04"))
    assert last_heard(lists_behind([stated.pk]), [stated.pk]) == {stated.pk: date(2021, 3, 4)}


def test_a_file_without_a_day_counts_from_when_it_came() -> None:
    assert _days(an_actor(a_record(a_source(), name="Dorj Bat"))) == {timezone.localdate()}


def test_confirmations_and_own_choices_count_and_follow_the_number() -> None:
    said, chose, nobody = _old("Dorj Bat"), _old("Bat Dorj"), _old("Silent One")
    actions.confirm(by=BY, actor=said, way=ConfirmedBy.LINK)
    actions.choose_consent(by=BY, actor=chose, purpose="calls", given=False, language="en", channel="own")
    told = actions.AtDesk("phone", "a call")
    actions.choose_consent(by=BY, actor=nobody, purpose="calls", given=False, language="en", channel="desk", desk=told)
    today = timezone.localdate()
    assert [_days(each) for each in (said, chose, nobody)] == [{today}, {today}, {OLD}]
    other = _old("Dorj Bat")
    actions.merge(by=BY, keep=other, absorb=said, reason="The same")
    assert _days(other) == {today}


def test_many_are_asked_with_as_few_queries_as_one() -> None:
    people = [_old(f"Reader {at}").pk for at in range(4)]
    counts = []
    for asked in (people[:1], people):
        with CaptureQueriesContext(connection) as told:
            last_heard(lists_behind(asked), asked)
        counts.append(len(told))
    assert counts[0] == counts[1]


def test_the_list_is_narrowed_to_what_was_not_confirmed(here: Unit) -> None:
    _old("Dorj Bat", unit=here.code)
    an_actor(a_record(a_source(), name="Fresh Bat", unit=here.code))
    stale = Facets(stale="yes")
    for text in ("", "Bat"):
        found = queries.search(text, facets=stale, public_only=False)
        assert ([each.name for each in found.entries], found.total) == (["Dorj Bat"], 1)
    assert queries.search(facets=stale, public_only=False).facets["region"][0].count == 1
    assert (stale_count(Scope.whole()), stale_count(Scope.of(["XX-1"]))) == (1, 0)


def test_what_was_not_confirmed_is_counted_by_province(here: Unit) -> None:
    _old("Dorj Bat", unit=here.code)
    _old("Nowhere Bat")
    an_actor(a_record(a_source(), name="Fresh Bat", unit=here.code))
    count_filling()
    region = DirectoryEntry.objects.filter(face=Face.STAFF).exclude(region_code="")[0].region_code
    assert unconfirmed() == [Unconfirmed("", 1, 1), Unconfirmed(region, 1, 2)]


def test_two_years_are_the_limit() -> None:
    day = timezone.localdate()
    source = a_source()
    for back in (729, 733):
        batch = a_batch(source, observed_on=day - timedelta(days=back))
        an_actor(a_record(source, batch, name=f"Back {back}"))
    assert stale_count(Scope.whole()) == 1


def test_entries_that_were_there_before_learn_their_day_by_the_migration() -> None:
    old, fresh = _old("Dorj Bat"), an_actor(a_record(a_source(), name="Fresh Bat"))
    stated = an_actor(a_record(a_source(), name="Bat", observed_on="2021-03-04"))
    DirectoryEntry.objects.update(confirmed_on=None)
    migration = import_module("soyol.registry.migrations.0014_look_when_entries_were_heard_of")
    migration.fill(apps, None)
    found = [next(iter(_days(actor))) for actor in (old, fresh, stated)]
    assert found[0] == OLD
    assert {abs((day - timezone.localdate()).days) <= 1 for day in found[1:] if day} == {True}
