"""What a holder sees of their entry: all of it, nobody else, and no private value that only a comparison brought."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from soyol.registry import actions
from soyol.registry.actions.directory import refresh
from soyol.registry.actions.identity import move, open_change, set_states
from soyol.registry.choices import ChangeKind, Verdict
from soyol.registry.models import Actor, LinkageRun
from soyol.registry.queries.own import own_page
from soyol.sources.models import SourceRecord
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=30)


def _person(**values: object) -> Actor:
    return an_actor(a_record(a_source(), name="Dorj Bat", **values))


def _joined_by_a_run(actor: Actor, record: SourceRecord) -> None:
    run = LinkageRun.objects.create(engine="duckdb", state="applied", by_name="tests")
    change = open_change(ChangeKind.RUN, by=BY, run=run)
    set_states(change, move(change, {record.pk: actor.pk}))
    refresh([actor.pk])


def test_a_holder_sees_private_values_with_their_lists_and_secrets_masked() -> None:
    actor = _person(phones=["+97699112233"], birth_date="1980-01-02", person_number="QQ80010199")
    shown = own_page(actor, proved_at=timezone.now())
    told = {fact.field: [value.display for value in fact.values] for fact in shown.facts}
    assert (told["phones"], told["birth_date"]) == (["+97699112233"], ["1980-01-02"])
    assert told["person_number"] == ["••••••••99"]
    assert [(row.keeper[:9], row.by_comparison, row.doubted) for row in shown.rows] == [("Keeper of", False, False)]


def test_it_says_which_values_everybody_sees() -> None:
    actor = _person(consent=True, websites=["https://bat.example"], phones=["+97699112233"])
    shown = own_page(actor, proved_at=timezone.now())
    opened = {
        fact.field for fact in shown.facts if any(value.statement in shown.open_statements for value in fact.values)
    }
    assert (shown.is_public, "websites" in opened, "phones" in opened) == (True, True, False)
    hidden = own_page(_person(websites=["https://bat.example"]), proved_at=timezone.now())
    assert (hidden.is_public, hidden.open_statements) == (False, frozenset())


def test_private_values_of_a_row_that_a_comparison_brought_after_the_proof_stay_hidden_until_a_person_says_so() -> None:
    actor = _person()
    first = actor.identities.get().record
    stranger = a_record(a_source(), name="Dorj Bat", phones=["+97688112233"], websites=["https://other.example"])
    _joined_by_a_run(actor, stranger)
    shown = own_page(actor, proved_at=LONG_AGO)
    assert [row.doubted for row in shown.rows] == [False, True]
    assert ("88112233" in repr(shown.facts), "other.example" in repr(shown.facts)) == (False, True)
    actions.judge(by=BY, a=first, b=stranger, verdict=Verdict.SAME, reason="a letter")
    shown = own_page(actor, proved_at=LONG_AGO)
    assert ([row.doubted for row in shown.rows], "88112233" in repr(shown.facts)) == ([False, False], True)


def test_what_a_comparison_brought_before_the_proof_is_shown() -> None:
    actor = _person()
    _joined_by_a_run(actor, a_record(a_source(), name="Dorj Bat", phones=["+97688112233"]))
    assert "88112233" in repr(own_page(actor, proved_at=timezone.now()).facts)


def test_other_people_are_named_only_where_everybody_may_see_them() -> None:
    body = an_actor(a_record(a_source(), kind="organisation", name="Studio"))
    hidden = _person()
    open_one = an_actor(a_record(a_source(), name="Dulam Oyun", consent=True))
    for member in (hidden, open_one):
        actions.add_membership(by=BY, member=member, body=body, reason="A letter")
    shown = own_page(body, proved_at=timezone.now())
    assert [link.name for link in shown.memberships] == ["Dulam Oyun"]


def test_a_page_asks_as_often_for_twenty_rows_as_for_two() -> None:
    counts = []
    for rows in (2, 20):
        source = a_source()
        actor = an_actor(*(a_record(source, name="Dorj Bat", phones=[f"+9769911{n:04}"]) for n in range(rows)))
        own_page(actor, proved_at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            own_page(actor, proved_at=timezone.now())
        counts.append(len(asked))
    assert counts[0] == counts[1]
