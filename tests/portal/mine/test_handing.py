"""Handing over, taking over and letting go through the pages."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from soyol.accounts.models import User
from soyol.claims import queries
from soyol.claims.actions.opening import hold_by, new_claim
from soyol.claims.choices import Capacity, Proof
from soyol.claims.models import Handover, Hold
from tests.factories.claims import a_citizen, a_holder
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]


@pytest.fixture
def represented() -> Hold:
    """A body that somebody represents."""
    body = an_actor(a_record(a_source(), kind="organisation", name="Studio"))
    made = new_claim(a_citizen(), Capacity.REPRESENTATIVE, Proof.DOCUMENT, actor=body)
    made.save()
    return hold_by(by=BY, claim=made)


def _link(client: Client, hold: Hold, leaving: str) -> str:
    answer = client.post(reverse("portal:mine_hand_over", args=[hold.actor.number]), {"leaving": leaving})
    return str(answer.context["link"]).split("/", 3)[3]


def test_a_link_is_shown_once_and_whoever_opens_it_represents_the_body(client_of: Signed, represented: Hold) -> None:
    owner, user = client_of(represented.user), a_citizen()
    path = f"/{_link(owner, represented, 'yes')}"
    address = reverse("portal:mine_hand_over", args=[represented.actor.number])
    assert path not in owner.get(address).content.decode()
    client = client_of(user)
    assert "Studio" in client.get(path).content.decode()
    assert client.post(path)["Location"] == reverse("portal:mine_entry", args=[represented.actor.number])
    assert ([each.actor for each in queries.holds_of(user)], queries.holds_of(represented.user)) == (
        [represented.actor],
        [],
    )
    assert client_of(a_citizen()).get(path).status_code == 410


def test_a_withdrawn_link_opens_nothing_and_nobody_withdraws_that_of_another(
    client_of: Signed, represented: Hold
) -> None:
    owner = client_of(represented.user)
    path = f"/{_link(owner, represented, 'no')}"
    address = reverse("portal:mine_hand_over_withdraw", args=[represented.actor.number, Handover.objects.get().pk])
    assert client_of(a_citizen()).post(address).status_code == 404
    assert owner.post(address).status_code == 302
    assert client_of(a_citizen()).post(path).status_code == 410


def test_whoever_lets_go_holds_nothing_after_being_asked_once_more(client_of: Signed) -> None:
    actor = an_actor(a_record(a_source(), name="Dorj Bat"))
    user = a_holder(actor)
    client, address = client_of(user), reverse("portal:mine_leave", args=[actor.number])
    assert (client.get(address).status_code, len(queries.holds_of(user))) == (200, 1)
    assert (client.post(address)["Location"], queries.holds_of(user)) == (reverse("portal:mine"), [])
