"""What checking tells when the registry has changed since a certificate was issued."""

from datetime import timedelta

import pytest
from django.utils import timezone

from soyol.certificates import actions
from soyol.certificates.choices import State
from soyol.certificates.models import Certificate
from soyol.certificates.queries import shown
from soyol.registry import actions as registry
from soyol.registry.models import Actor, DirectoryEntry
from soyol.sources.models import Source
from tests.certificates.conftest import OFFICER, TOLD
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def _state(certificate: Certificate) -> State:
    [told] = shown([Certificate.objects.select_related("actor").get(pk=certificate.pk)])
    assert told.is_valid == (told.state == State.VALID)
    return told.state


def test_a_fresh_one_is_valid(certificate: Certificate) -> None:
    assert _state(certificate) == State.VALID


def test_it_expires(certificate: Certificate) -> None:
    day = certificate.valid_until + timedelta(days=1)
    assert [each.state for each in shown([certificate], day)] == [State.EXPIRED]


def test_when_its_number_becomes_one_with_another_it_is_gone_until_that_is_undone(
    person: Actor, certificate: Certificate, source: Source
) -> None:
    [keep] = make.people(source, [{"name": TOLD.person}])
    change = registry.merge(by=make.BY, keep=keep, absorb=person, reason="The same")
    assert _state(certificate) == State.GONE
    registry.undo(by=make.BY, change=change, reason="Not the same")
    assert _state(certificate) == State.VALID


def test_whoever_takes_another_one_in_keeps_a_valid_certificate(
    person: Actor, certificate: Certificate, source: Source
) -> None:
    [twin] = make.people(source, [{"name": TOLD.person}])
    registry.merge(by=make.BY, keep=person, absorb=twin, reason="The same")
    assert _state(certificate) == State.VALID


def test_when_no_list_names_it_any_more_it_is_gone(certificate: Certificate, source: Source) -> None:
    registry.withdraw_batch(by=make.BY, batch=source.batches.get(), reason="Sent by mistake")
    assert _state(certificate) == State.GONE


def test_when_the_named_one_is_split_off_the_number_says_something_else(source: Source) -> None:
    mine, other = (make.a_record(source, name=name) for name in (TOLD.shown, TOLD.person))
    both = make.an_actor(mine, other)
    made = actions.issue(by=OFFICER, actor=both)
    printed = DirectoryEntry.objects.get(actor=both, face="staff").name
    leaving = mine if printed == TOLD.shown else other
    registry.split(by=make.BY, actor=both, records=[leaving], reason="Somebody else")
    assert _state(made) == State.CHANGED


def test_another_name_is_told_and_another_spelling_is_not(certificate: Certificate) -> None:
    entries = DirectoryEntry.objects.filter(actor=certificate.actor)
    key = entries[0].search_key
    entries.update(name="Other", search_key=f"{key} other")
    assert _state(certificate) == State.VALID
    entries.update(search_key="other")
    assert _state(certificate) == State.CHANGED


@pytest.mark.parametrize("change", [{"kind": "organisation"}, {"ended": True}])
def test_another_kind_and_an_end_are_told(certificate: Certificate, change: dict[str, object]) -> None:
    DirectoryEntry.objects.filter(actor=certificate.actor).update(**change)
    assert _state(certificate) == State.CHANGED


def test_revoking_goes_before_everything(certificate: Certificate, source: Source) -> None:
    actions.revoke(by=OFFICER, certificate=certificate, reason="Lost")
    registry.withdraw_batch(by=make.BY, batch=source.batches.get(), reason="Sent by mistake")
    assert _state(certificate) == State.REVOKED


def test_many_take_one_query(certificate: Certificate, source: Source, django_assert_num_queries: object) -> None:
    for actor in make.people(source, [{"name": f"{TOLD.shown} {n}"} for n in range(3)]):
        actions.issue(by=OFFICER, actor=actor)
    told = list(Certificate.objects.select_related("actor"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [each.state for each in shown(told, timezone.localdate())] == [State.VALID] * 4
