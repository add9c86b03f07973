"""Ties that somebody states: added, ended, taken back, and nothing overwritten."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from soyol.audit.models import Entry
from soyol.registry import actions
from soyol.registry.models import Actor, Membership
from soyol.registry.rules import Refused
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db

BEGUN = date(2016, 5, 1)


def a_body(kind: str = "organisation") -> Actor:
    return an_actor(a_record(a_source(), kind=kind, name="Blue Horse", org_name="Blue Horse"))


def somebody(**values: object) -> Actor:
    return an_actor(a_record(a_source(), name="Anna Kask", **values))


def held() -> list[tuple[str, date | None, date | None]]:
    rows = Membership.objects.filter(recorded_to__isnull=True)
    return list(rows.values_list("role", "begins", "ends"))


@pytest.mark.parametrize("kind", ["organisation", "group"])
def test_a_tie_has_its_post_its_days_and_an_audit_entry(kind: str) -> None:
    body, member = a_body(kind), somebody()
    actions.add_membership(by=BY, member=member, body=body, role=" director ", begins=BEGUN, reason="a letter")
    assert held() == [("director", BEGUN, None)]
    told = Entry.objects.get(action="registry.membership.add")
    assert told.target == f"registry.Actor:{member.number}"


def test_a_tie_hangs_on_the_row_that_may_be_public() -> None:
    closed, consenting = a_record(a_source(), name="Anna Kask"), a_record(a_source(), name="Anna Kask", consent=True)
    tie = actions.add_membership(by=BY, member=an_actor(closed, consenting), body=a_body())
    assert tie.member_record_id == consenting.pk


def test_a_tie_that_ends_before_it_begins_is_refused() -> None:
    body, member = a_body(), somebody()
    with pytest.raises(ValidationError):
        actions.add_membership(by=BY, member=member, body=body, begins=date(2018, 1, 2), ends=date(2018, 1, 1))
    tie = actions.add_membership(by=BY, member=member, body=body, begins=date(2018, 1, 2))
    with pytest.raises(Refused) as refused:
        actions.end_membership(by=BY, tie=tie, ends=date(2018, 1, 1), reason="a letter")
    assert (refused.value.code, held()) == ("membership_ends_early", [("", date(2018, 1, 2), None)])


def test_nobody_belongs_to_a_person_or_to_themselves_or_twice() -> None:
    body, member = a_body(), somebody()
    actions.add_membership(by=BY, member=member, body=body)
    codes = []
    for one, other in ((member, somebody()), (body, body), (member, body)):
        with pytest.raises(Refused) as refused:
            actions.add_membership(by=BY, member=one, body=other)
        codes.append(refused.value.code)
    assert codes == ["member_of_person", "member_of_itself", "membership_known"]


def test_the_same_post_twice_at_different_times_is_two_ties() -> None:
    body, member = a_body(), somebody()
    for begins in (BEGUN, date(2020, 1, 1), None):
        actions.add_membership(by=BY, member=member, body=body, role="director", begins=begins)
    assert len(held()) == 3


def test_an_end_replaces_the_open_tie_and_lifting_it_brings_the_open_one_back() -> None:
    tie = actions.add_membership(by=BY, member=somebody(), body=a_body(), begins=BEGUN)
    ended = actions.end_membership(by=BY, tie=tie, ends=date(2020, 1, 1), reason="retired")
    assert held() == [("", BEGUN, date(2020, 1, 1))]
    actions.take_back_membership(by=BY, tie=ended, reason="still there")
    assert (held(), Membership.objects.count()) == ([("", BEGUN, None)], 3)
    again = actions.end_membership(by=BY, tie=Membership.objects.get(recorded_to=None), ends=BEGUN, reason="one day")
    assert (again.ends, held()) == (BEGUN, [("", BEGUN, BEGUN)])


def test_taking_back_what_was_only_added_leaves_it_in_history() -> None:
    tie = actions.add_membership(by=BY, member=somebody(), body=a_body())
    assert actions.take_back_membership(by=BY, tie=tie, reason="a namesake") is None
    assert (held(), Membership.objects.count()) == ([], 1)


def test_a_tie_that_was_changed_meanwhile_or_without_a_reason_is_left_alone() -> None:
    tie = actions.add_membership(by=BY, member=somebody(), body=a_body())
    with pytest.raises(Refused) as refused:
        actions.take_back_membership(by=BY, tie=tie, reason=" ")
    assert refused.value.code == "reason_missing"
    actions.end_membership(by=BY, tie=tie, ends=BEGUN, reason="retired")
    with pytest.raises(Refused) as refused:
        actions.take_back_membership(by=BY, tie=tie, reason="a namesake")
    assert refused.value.code == "membership_changed"
