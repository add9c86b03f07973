"""Claims at the desk: within one's area, decided once, each look written down."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from soyol.accounts.models import User
from soyol.audit.queries import looks_at
from soyol.claims import actions, queries
from soyol.claims.actions.opening import proved
from soyol.claims.choices import Capacity, ClaimState, Proof
from soyol.claims.models import Claim
from soyol.files.actions import keep
from soyol.places.models import Unit
from soyol.registry.actions import merge
from soyol.registry.choices import DocumentKind
from soyol.registry.models import Actor
from tests.factories.claims import a_citizen, a_holder, hold_of
from tests.factories.questions import two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]


@pytest.fixture
def person(here: Unit) -> Actor:
    return an_actor(a_record(a_source(), name="Dorj Bat", unit=here.code))


@pytest.fixture
def claim(here: Unit) -> Claim:
    user = a_citizen()
    told = {"name": "Dorj Bat", "note": "canary note"}
    return actions.claim(by=user.by, user=user, capacity=Capacity.SELF, told=told, unit=here.code)


def _decide(client: Client, claim: Claim, how: str, **more: object) -> int:
    address = reverse(f"desk:claim_{how}", args=[claim.pk])
    return client.post(address, {"reason": "a passport", "version": claim.version, **more}).status_code


def test_an_officer_sees_and_accepts_claims_of_the_own_province_only(
    client_of: Signed, claim: Claim, person: Actor, province_officer: User, officer_elsewhere: User
) -> None:
    address = reverse("desk:claim", args=[claim.pk])
    lists = [
        client_of(user).get(reverse("desk:claims")).content.decode() for user in (province_officer, officer_elsewhere)
    ]
    assert ["Dorj Bat" in each for each in lists] == [True, False]
    assert client_of(officer_elsewhere).get(address).status_code == 404
    assert "canary note" in client_of(province_officer).get(address).content.decode()
    assert _decide(client_of(province_officer), claim, "accept", number=person.number) == 302
    assert [each.actor for each in queries.holds_of(claim.user)] == [person]


def test_the_first_page_of_the_desk_says_that_claims_wait(
    client_of: Signed, claim: Claim, province_officer: User, officer_elsewhere: User
) -> None:
    told = [client_of(user).get("/desk/").content.decode() for user in (province_officer, officer_elsewhere)]
    assert [reverse("desk:claims") + '">' in each.split("<main")[1] for each in told] == [True, False]


def test_an_officer_is_told_where_the_account_is_somebody_already(
    client_of: Signed, claim: Claim, person: Actor, registry_officer: User
) -> None:
    address = reverse("desk:claim", args=[claim.pk])
    told = "notice--care"
    assert told not in client_of(registry_officer).get(address).content.decode()
    proved(by=BY, user=claim.user, actor=person, proof=Proof.DOCUMENT)
    assert told in client_of(registry_officer).get(address).content.decode()


def test_each_look_at_a_claim_is_written_down_with_whose_entry_may_be_meant(
    client_of: Signed, claim: Claim, person: Actor, registry_officer: User
) -> None:
    client_of(registry_officer).get(reverse("desk:claim", args=[claim.pk]))
    assert looks_at(f"claims.Claim:{claim.pk}").count() == 1
    assert looks_at(f"registry.Actor:{person.number}").count() == 1


@pytest.mark.parametrize("how", ["accept", "refuse"])
def test_the_document_is_asked_about_and_gone_after_the_decision(
    how: str, client_of: Signed, here: Unit, person: Actor, registry_officer: User
) -> None:
    user = a_citizen()
    document = keep(by=user.by, name="canary.png", content=BytesIO(b"\x89PNG\r\n\x1a\n"), personal=True)
    told = {"name": "Dorj Bat"}
    made = actions.claim(by=user.by, user=user, capacity="self", told=told, unit=here.code, document=document)
    client, at = client_of(registry_officer), reverse("desk:claim", args=[made.pk])
    assert client.get(f"{at}document/").status_code == 200
    assert _decide(client, made, how, number=person.number) == 422
    assert Claim.rows().get().state == ClaimState.OPEN
    assert _decide(client, made, how, number=person.number, seen="identity_card") == 302
    assert client.get(f"{at}document/").status_code == 404
    shown = client.get(at).content.decode()
    assert ("canary.png" in shown, str(DocumentKind.IDENTITY_CARD.label) in shown) == (False, True)


def test_a_claim_is_not_accepted_to_an_entry_of_another_province(
    client_of: Signed, claim: Claim, elsewhere: Unit, province_officer: User
) -> None:
    other = an_actor(a_record(a_source(), name="Dorj Bat", unit=elsewhere.code))
    assert _decide(client_of(province_officer), claim, "accept", number=other.number) == 422
    assert Claim.rows().get().state == ClaimState.OPEN


def test_the_second_of_two_officers_is_told_that_it_was_decided(
    client_of: Signed, claim: Claim, person: Actor, registry_officer: User
) -> None:
    client = client_of(registry_officer)
    assert _decide(client, claim, "refuse") == 302
    assert _decide(client, claim, "accept", number=person.number) == 302
    assert (Claim.rows().get().state, queries.holds_of(claim.user)) == (ClaimState.REFUSED, [])


def test_nobody_decides_without_saying_why(client_of: Signed, claim: Claim, registry_officer: User) -> None:
    client = client_of(registry_officer)
    assert [_decide(client, claim, how, reason="") for how in ("accept", "refuse")] == [422, 422]


def test_two_who_hold_one_entry_are_listed_and_an_officer_ends_one(client_of: Signed, registry_officer: User) -> None:
    one, other = two(a_source())
    right, wrong = a_holder(one), a_holder(other)
    merge(by=BY, keep=one, absorb=other, reason="the same")
    client = client_of(registry_officer)
    assert one.number in client.get(reverse("desk:claims")).content.decode()
    address = reverse("desk:hold_end", args=[one.number, hold_of(wrong).pk])
    shown = client.get(reverse("desk:holders", args=[one.number])).content.decode()
    ids = re.findall(r'<input [^>]*\bid="([^"]+)"', shown)
    assert (len(ids) >= 2, len(ids)) == (True, len(set(ids))), "a label belongs to one field"
    unsaid = client.post(address, {"reason": ""})
    assert (unsaid.status_code, unsaid.content.count(b'class="error-summary"')) == (422, 1)
    assert client.post(address, {"reason": "another person"}).status_code == 302
    assert [queries.held_by(user, one) for user in (right, wrong)] == [True, False]
