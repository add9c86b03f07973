"""Ties on pages: both ways, with their days, and to the public only where the written rules open them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from soyol.registry import actions, queries
from soyol.registry.actions.ties import tie_memberships
from soyol.registry.choices import FieldClass
from soyol.registry.models import Actor, Membership
from soyol.registry.queries.memberships import Link, memberships_of
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
CANARY = "Canary Studio"
POST = "canary of the house"


def a_body(name: str = CANARY) -> Actor:
    return an_actor(a_record(a_source(), kind="organisation", name=name, org_name=name, director="Mari Tamm"))


def somebody(*rows: dict[str, Any]) -> Actor:
    return an_actor(*(a_record(a_source(), name="Mari Tamm", **row) for row in rows))


def shown(actor: Actor, audience: FieldClass) -> list[Link]:
    return queries.actor_page(actor.number, audience=audience).memberships


def seen(one: Actor, other: Actor, audience: FieldClass) -> list[str]:
    """Whom the pages of two entries name as tied to them, the first page first."""
    return [link.name for actor in (one, other) for link in shown(actor, audience)]


def pages_of(client: Client, *actors: Actor) -> str:
    asked = [f"/directory/{actor.number}/" for actor in actors]
    asked += ["/directory/", "/directory/?q=Mari+Tamm", "/directory/?q=Canary"]
    return "".join(client.get(address).content.decode() for address in asked)


@pytest.mark.long
def test_an_employer_of_a_row_without_consent_shows_on_neither_public_page(client: Client) -> None:
    member, body = somebody({"consent": True}, {"employer": CANARY, "role": POST}), a_body()
    assert tie_memberships() == 2
    assert seen(member, body, FieldClass.PRIVATE) == [CANARY, CANARY, "Mari Tamm", "Mari Tamm"]
    assert seen(member, body, FieldClass.PUBLIC) == []
    told = pages_of(client, member, body)
    assert ("Mari Tamm" in told, CANARY in told, POST in told, "links" in told) == (True, True, False, False)


def test_an_employer_is_for_staff_even_where_the_row_consents(client: Client) -> None:
    member, body = somebody({"consent": True, "employer": CANARY, "role": POST}), a_body()
    tie_memberships()
    assert seen(member, body, FieldClass.PUBLIC) == []
    assert CANARY not in client.get(f"/directory/{member.number}/").content.decode()
    assert "Mari Tamm" not in client.get(f"/directory/{body.number}/").content.decode()


def test_a_stated_tie_shows_on_both_public_pages_where_its_row_consents(client: Client) -> None:
    member, body = somebody({"consent": True}), a_body()
    actions.add_membership(by=BY, member=member, body=body, role=POST, begins=date(2016, 5, 1))
    assert seen(member, body, FieldClass.PUBLIC) == [CANARY, "Mari Tamm"]
    assert POST in client.get(f"/directory/{member.number}/").content.decode()


@pytest.mark.long
def test_a_stated_tie_is_gone_when_its_row_no_longer_consents(client: Client) -> None:
    member, body = somebody({"consent": True}), a_body()
    actions.add_membership(by=BY, member=member, body=body, role=POST)
    actions.state_by_hand(by=BY, actor=member, values={"consent": False}, reason="asked so")
    assert (seen(body, body, FieldClass.PUBLIC), POST in pages_of(client, body)) == ([], False)


def test_a_tie_with_a_group_needs_the_consent_of_the_group() -> None:
    member = somebody({"consent": True})
    quiet = an_actor(a_record(a_source(), kind="group", name="Quiet Choir"))
    loud = an_actor(a_record(a_source(), kind="group", name="Loud Choir", consent=True))
    for body in (quiet, loud):
        actions.add_membership(by=BY, member=member, body=body)
    assert [link.name for link in shown(member, FieldClass.PUBLIC)] == ["Loud Choir"]


def test_director_and_founder_are_named_as_what_they_are() -> None:
    member, body = somebody({"employer": CANARY}), a_body()
    tie_memberships()
    with override("en"):
        told = [(link.role, link.outgoing) for actor in (member, body) for link in shown(actor, FieldClass.STAFF)]
    assert told == [("", True), ("director", True), ("", False), ("director", False)]


def test_ties_as_of_an_instant_are_those_that_were_believed_then() -> None:
    member, body = somebody({}), a_body()
    tie = actions.add_membership(by=BY, member=member, body=body)
    between = timezone.now()
    actions.end_membership(by=BY, tie=tie, ends=date(2020, 1, 1), reason="retired")
    entry = queries.entry_of(member.number, public_only=False)
    assert [link.ends for link in memberships_of(entry.actor_id, public=False, at=between)] == [None]
    assert [link.ends for link in memberships_of(entry.actor_id, public=False)] == [date(2020, 1, 1)]


@pytest.mark.long
@pytest.mark.parametrize("public", [True, False])
def test_many_ties_take_as_many_queries_as_one(
    public: bool, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    body = a_body()
    for _each in range(5):
        actions.add_membership(by=BY, member=somebody({"consent": True}), body=body)
    entry = queries.entry_of(body.number, public_only=False)
    with django_assert_max_num_queries(5):
        assert len(memberships_of(entry.actor_id, public=public)) == 5
    assert Membership.objects.count() == 5
