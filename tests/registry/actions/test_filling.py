"""How full entries are, counted by province and domain."""

import pytest
from django.utils import timezone

from soyol.places.models import Unit
from soyol.registry.actions.filling import count_filling
from soyol.registry.models import LinkageRun
from soyol.registry.queries.quality import count_lists, fillings, lists_as_counted
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def test_each_field_is_counted_over_the_entries_of_which_it_is_expected(here: Unit, elsewhere: Unit) -> None:
    source = make.a_source()
    domains = {"domains": ["film", "stage"]}
    make.people(source, [{"name": "Dorj Bat", "unit": here.code, "birth_date": "1980", **domains}])
    make.people(source, [{"name": "Dorj Bold", "unit": here.code}])
    make.people(source, [{"name": "Studio", "unit": here.code}], kind="organisation")
    make.people(source, [{"name": "Sukh Bold", "unit": elsewhere.code, "birth_date": "1981"}])
    count_filling()
    first, second = fillings("region")
    assert (first.code, first.entries, first.shares["birth_date"], first.shares["unit"]) == (here.code, 3, 0.5, 1.0)
    assert (second.code, second.shares["birth_date"], second.shares["founded"]) == (elsewhere.code, 1.0, None)
    by_domain = {each.code: each.entries for each in fillings("domain")}
    assert by_domain == {"": 3, "film": 1, "stage": 1}


def test_lists_tell_their_share_and_what_they_alone_know(here: Unit) -> None:
    one, other = make.a_source("one"), make.a_source("other")
    make.an_actor(make.a_record(one, name="Dorj Bat"), make.a_record(other, name="Dorj Bat"))
    make.people(one, [{"name": "Dorj Bold"}, {"name": "Dorj Bayar"}])
    assert lists_as_counted() is None
    counted = count_lists()
    told = {each["code"]: (each["of_entries"], each["alone"], each["young"]) for each in counted["shares"]}
    assert told == {"one": (1.0, 2, 3), "other": (1 / 3, 0, 1)}
    assert counted["one_list"] == pytest.approx(2 / 3)
    now = timezone.now()
    LinkageRun.objects.create(
        engine="duckdb", state="applied", by_name="tests", ended_at=now, report={"lists": counted}
    )
    kept = lists_as_counted()
    assert kept is not None
    assert (kept.counted_at, [source.code for source, _share in kept.shares]) == (now, ["one", "other"])
