"""Who belongs to which body, by the names that rows state: tied where a name means one entry only."""

import pytest

from soyol.registry import actions
from soyol.registry.actions.ties import person_keys, tie_memberships
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


def test_a_tie_that_somebody_took_back_stays_away() -> None:
    a_body("Blue Horse Studio")
    somebody_at("Blue Horse Studio")
    tie_memberships()
    assert actions.take_back_membership(by=BY, tie=Membership.objects.get(), reason="a namesake") is None
    assert (tie_memberships(), Membership.objects.filter(recorded_to__isnull=True).count()) == (0, 0)


def test_a_small_run_ties_the_new_rows_only() -> None:
    body = a_body("Blue Horse Studio")
    somebody_at("Blue Horse Studio")
    new = a_record(a_source(), name="Jaan Tamm", employer="Blue Horse Studio")
    member = an_actor(new)
    assert (tie_memberships([new.pk]), ties()) == (1, {(member.number, body.number)})


def a_directed_body(**more: object) -> Actor:
    told = {"name": "Blue Horse Studio", "org_name": "Blue Horse Studio", "director": "Kask Anna", **more}
    return an_actor(a_record(a_source(), kind="organisation", **told))


def test_a_director_who_works_there_is_tied_whatever_the_order_of_the_name() -> None:
    body, member = a_directed_body(founder="Anna Kask"), somebody_at("Blue Horse Studio")
    assert tie_memberships() == 3
    rows = Membership.objects.order_by("origin").values_list("origin", flat=True)
    assert (list(rows), ties()) == (["director", "employer", "founder"], {(member.number, body.number)})


def test_a_director_who_shares_a_phone_is_tied() -> None:
    a_directed_body(phones=["+3725550101"])
    an_actor(a_record(a_source(), name="Anna Kask", phones=["+3725550101"]))
    assert tie_memberships() == 1


def test_a_director_of_whom_only_the_name_is_known_is_tied_to_nobody() -> None:
    a_directed_body(phones=["+3725550101"])
    an_actor(a_record(a_source(), name="Anna Kask", phones=["+3725550999"]))
    assert tie_memberships() == 0


def test_a_director_named_as_two_people_are_is_tied_to_neither() -> None:
    a_directed_body(phones=["+3725550101"])
    for _twin in range(2):
        an_actor(a_record(a_source(), name="Anna Kask", phones=["+3725550101"]))
    assert tie_memberships() == 0


def test_one_word_and_an_initial_are_no_whole_name() -> None:
    keys = person_keys(["Anna", "A. Kask", "Anna Kask", "Kask Anna"])
    assert (keys[:2], keys[2] == keys[3] != "") == (["", ""], True)
