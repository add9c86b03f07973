"""Who belongs to which body: tied by a name that one body bears, or stated by somebody."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from soyol.audit.models import Entry
from soyol.registry import actions
from soyol.registry.actions.memberships import tie_memberships
from soyol.registry.models import Actor, Membership
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def a_body(name: str) -> Actor:
    return an_actor(a_record(a_source(), kind="organisation", name=name, org_name=name))


def somebody_at(employer: str) -> Actor:
    return an_actor(a_record(a_source(), name="Anna Kask", employer=employer))


def ties() -> set[tuple[str, str]]:
    """Numbers of member and body of every tie."""
    number = {
        identity.record_id: identity.actor.number
        for actor in Actor.objects.all()
        for identity in actor.identities.all()
    }
    rows = Membership.objects.values_list("member_record_id", "body_record_id")
    return {(number[member], number[body]) for member, body in rows}


def test_a_name_that_one_body_bears_ties_whatever_its_capitals_and_quotes() -> None:
    body, member = a_body("Blue Horse Studio"), somebody_at("“BLUE HORSE STUDIO”")
    somebody_at("Another Studio")
    assert tie_memberships() == 1
    assert ties() == {(member.number, body.number)}


def test_a_name_that_two_bodies_bear_ties_nobody() -> None:
    a_body("Blue Horse Studio")
    a_body("Blue Horse Studio")
    somebody_at("Blue Horse Studio")
    assert tie_memberships() == 0
    assert ties() == set()


def test_two_rows_of_one_body_are_one_body() -> None:
    first = a_record(a_source(), kind="organisation", name="Blue Horse Studio", org_name="Blue Horse Studio")
    second = a_record(a_source(), kind="organisation", name="Blue Horse Studio", org_name="Blue Horse Studio")
    body, member = an_actor(first, second), somebody_at("Blue Horse Studio")
    assert tie_memberships() == 1
    assert ties() == {(member.number, body.number)}


def test_tying_again_adds_nothing() -> None:
    a_body("Blue Horse Studio")
    somebody_at("Blue Horse Studio")
    assert (tie_memberships(), tie_memberships()) == (1, 0)


def test_a_tie_by_hand_has_its_post_its_days_and_an_audit_entry() -> None:
    body, member = a_body("Blue Horse Studio"), somebody_at("")
    tie = actions.add_membership(by=BY, member=member, body=body, role="director", begins=date(2016, 5, 1))
    assert (tie.role, tie.begins, tie.ends) == ("director", date(2016, 5, 1), None)
    assert ties() == {(member.number, body.number)}
    told = Entry.objects.get(action="registry.membership.add")
    assert told.target == f"registry.Actor:{member.number}"


def test_a_tie_that_ends_before_it_begins_is_refused() -> None:
    body, member = a_body("Blue Horse Studio"), somebody_at("")
    with pytest.raises(ValidationError):
        actions.add_membership(by=BY, member=member, body=body, begins=date(2018, 1, 2), ends=date(2018, 1, 1))
    assert Membership.objects.count() == 0
