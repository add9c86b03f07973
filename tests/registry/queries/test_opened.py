"""What everybody may take: only who is shared, of them only what is public, part by part in the same few queries."""

import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soyol.places.models import Unit
from soyol.registry.actions import BulkRow, bulk_load, choose_consent
from soyol.registry.models import Actor
from soyol.registry.queries import Facets, opened
from soyol.registry.queries.opened import invented_among, open_entry, open_part, open_parts, shared
from soyol.sources.models import Source
from tests.factories.registry import BY, a_batch, a_record, a_source, an_actor, people
from tests.registry.queries.test_public import CANARIES

pytestmark = pytest.mark.django_db


def choose(actor: Actor, purpose: str, *, given: bool) -> None:
    choose_consent(by=BY, actor=actor, purpose=purpose, given=given, language="en", channel="own")


def a_sharer(source: Source, **values: object) -> Actor:
    actor = an_actor(a_record(source, **{"name": "Mari Tamm", **values}))
    for purpose in ("profile", "open_data"):
        choose(actor, purpose, given=True)
    return actor


def test_bodies_are_in_it_by_law_and_people_by_their_own_choice_of_both_purposes() -> None:
    source = a_source()
    [body] = people(source, [{"name": "Tamm Studio"}], kind="organisation")
    told = {}
    for profile in (None, True, False):
        for opened_too in (None, True, False):
            [actor] = people(source, [{"name": f"Mari {profile} {opened_too}"}])
            for purpose, given in (("profile", profile), ("open_data", opened_too)):
                if given is not None:
                    choose(actor, purpose, given=given)
            told[profile, opened_too] = open_entry(actor.number) is not None
    assert [key for key, there in told.items() if there] == [(True, True)]
    assert open_entry(body.number) is not None


def test_consent_of_a_list_opens_a_page_and_no_file() -> None:
    [actor] = people(a_source(), [{"name": "Mari Tamm", "consent": True}])
    assert open_entry(actor.number) is None


def test_an_entry_tells_what_is_public_and_nothing_else(here: Unit) -> None:
    source, quiet = a_source("film"), a_source("quiet", shown_publicly=False)
    facts = {"websites": ["https://example.org"], "founded": "1999", "company_number": "1234567", "unit": here.code}
    body = an_actor(
        a_record(source, kind="organisation", name="Tamm Studio", director="Secretdirector", **facts),
        a_record(quiet, kind="organisation", name="Tamm Studio", emails=["canary@example.org"]),
    )
    found = open_entry(body.number)
    assert found is not None
    assert (found.number, found.kind.code, found.founded, found.closed) == (body.number, "organisation", "1999", None)
    assert (found.company_number, found.websites) == ("1234567", ["https://example.org"])
    assert found.unit is not None
    assert (found.unit.code, set(found.unit.names)) == (here.code, {"mn", "en"})
    assert [each.code for each in found.lists] == ["film"]
    assert [word for word in ("Secretdirector", "canary", "quiet") if word in repr(found)] == []


def test_of_a_person_no_private_value_is_in_it() -> None:
    actor = a_sharer(a_source(), **CANARIES, company_number="7654321", founded="1981", websites=["https://e.org"])
    told = repr(open_entry(actor.number))
    assert ("Mari Tamm" in told, "https://e.org" in told) == (True, True)
    secrets = ("QQ800101", "1980", "1981", "99887766", "canary", "Canary", "other", "7654321")
    assert [secret for secret in secrets if secret in told] == []


def test_a_value_of_an_answer_to_a_survey_is_not_in_it() -> None:
    source, survey = a_source(), a_source(is_survey=True)
    actor = an_actor(a_record(source, name="Mari Tamm"), a_record(survey, name="Mari Tamm", websites=["https://x.org"]))
    for purpose in ("profile", "open_data"):
        choose(actor, purpose, given=True)
    found = open_entry(actor.number)
    assert found is not None
    assert found.websites == []


def test_it_narrows_like_the_directory() -> None:
    source = a_source()
    [body] = people(source, [{"name": "Tamm Studio", "domains": ["film"]}], kind="organisation")
    mari = a_sharer(source, domains=["stage"])
    people(source, [{"name": "Mari Kask", "consent": True}])

    def numbers(text: str = "", **facets: str) -> list[str]:
        return [each.number for each in open_part(shared(facets=Facets(**facets), text=text))]

    assert numbers() == sorted([body.number, mari.number])
    assert numbers(kind="person") == [mari.number]
    assert numbers(domain="film") == [body.number]
    assert numbers("Tamm") == sorted([body.number, mari.number])
    assert (numbers("Mari"), numbers(mari.number)) == ([mari.number], [mari.number])
    assert (numbers("Kask"), numbers("?!")) == ([], [])


def test_parts_follow_each_other_by_number_and_who_leaves_meanwhile_is_in_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "CHUNK", 2)
    source = a_source()
    actors = [a_sharer(source, name=f"Mari {n}") for n in "ABCDE"]
    parts = open_parts(shared())
    first = [each.number for each in next(parts)]
    choose(actors[3], "open_data", given=False)
    rest = [each.number for part in parts for each in part]
    assert first + rest == [actor.number for actor in actors if actor != actors[3]]


@pytest.mark.parametrize("size", [1, 300])
def test_a_part_takes_the_same_queries_for_any_number_of_entries(size: int) -> None:
    bulk_load(
        [BulkRow("organisation", {"name": f"Studio {n}", "websites": [f"https://{n}.org"]}) for n in range(size)],
        by=BY,
    )
    with CaptureQueriesContext(connection) as asked:
        assert len(open_part(shared())) == size
    assert len(asked) == 15


def test_who_stands_in_sample_lists_only_is_marked_as_invented() -> None:
    invented, real = a_source(), a_source()
    batch = a_batch(invented)
    batch.received_by = opened.INVENTED
    batch.save()
    both = an_actor(a_record(invented, batch, name="Mari"), a_record(real, name="Mari"))
    made_up = an_actor(a_record(invented, batch, name="Jaan"))
    [true] = people(real, [{"name": "Liis"}])
    assert invented_among([both.pk, made_up.pk, true.pk]) == {made_up.pk}


@pytest.mark.long
def test_ten_times_as_many_entries_take_no_more_memory() -> None:
    def peak(rows: int) -> int:
        bulk_load([BulkRow("organisation", {"name": f"Studio {n}"}) for n in range(rows)], by=BY, code=f"bulk-{rows}")
        tracemalloc.start()
        try:
            assert sum(len(part) for part in open_parts(shared())) >= rows
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    few = peak(1500)
    assert peak(6000) < 1.5 * few
