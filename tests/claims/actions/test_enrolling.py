"""Enrolling with the state's word: accepted at once where the number is of nobody else."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from soyol.claims import actions, queries
from soyol.claims.choices import ClaimState, Proof
from soyol.claims.models import Claim
from soyol.claims.rules import Refused
from soyol.files.actions import keep
from soyol.notices.models import Message
from soyol.registry import queries as registry
from soyol.registry.choices import FieldClass, Purpose
from soyol.sources.choices import OWN
from tests.factories.claims import a_citizen
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
NUMBER = "ТТ90010112"
TYPED = {"kind": "person", "name": "Typed Name", "person_number": "ТТ11111111", "phones": ["+97699112233"]}
STATED = {"name": "Dorj Bat", "given_name": "Bat", "surname": "Dorj", "person_number": NUMBER}


def _enrol(**more: Any) -> Claim:
    user = a_citizen()
    return actions.enrol(by=user.by, user=user, values=TYPED, agreed=[Purpose.PROFILE], stated=STATED, **more)


def test_a_number_that_no_other_entry_has_is_accepted_at_once() -> None:
    claim = _enrol()
    assert (claim.state, claim.proof) == (ClaimState.ACCEPTED, Proof.STATE)
    [held] = queries.holds_of(claim.user)
    assert held.actor == claim.actor
    assert claim.actor is not None
    page = registry.actor_page(claim.actor.number, audience=FieldClass.PUBLIC)
    assert {each.code for each in page.sources} == {OWN.code}
    assert set(page.entry.name.split()) == {"Dorj", "Bat"}  # in the order of the country
    assert not Message.objects.exists()


def test_what_the_state_told_goes_before_what_was_typed() -> None:
    claim = _enrol()
    assert claim.actor is not None
    assert (queries.stated_of("person_number", NUMBER), queries.stated_of("person_number", "ТТ11111111")) == (
        {claim.actor.pk}, set(),
    )  # fmt: skip


@pytest.mark.parametrize("how", [{"trust": 70}, {"is_survey": True}])
def test_a_number_that_another_entry_has_goes_to_an_officer_whatever_list_says_so(how: dict[str, Any]) -> None:
    known = an_actor(a_record(a_source(**how), name="Dorj Bat", person_number=NUMBER))
    claim = _enrol()
    assert (claim.state, queries.holds_of(claim.user)) == (ClaimState.OPEN, [])
    assert claim in queries.claims_to_check(None)
    assert claim.actor != known


def test_the_second_enrolment_by_one_number_waits() -> None:
    assert [_enrol().state for _ in range(2)] == [ClaimState.ACCEPTED, ClaimState.OPEN]


def test_without_the_states_word_an_officer_checks() -> None:
    user = a_citizen()
    claim = actions.enrol(by=user.by, user=user, values={**TYPED, "person_number": NUMBER})
    assert (claim.state, claim.proof, queries.holds_of(user)) == (ClaimState.OPEN, Proof.DOCUMENT, [])


def test_a_document_that_nobody_needs_to_check_is_forgotten(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    document = keep(by=BY, name="card.png", content=BytesIO(b"card"), personal=True)
    with django_capture_on_commit_callbacks(execute=True):
        _enrol(document=document)
    document.refresh_from_db()
    assert document.forgotten_at is not None


def test_an_account_enrols_itself_once_so_long_as_nobody_decided() -> None:
    user = a_citizen()
    first = actions.enrol(by=user.by, user=user, values=TYPED)
    for name in ("Typed Name", "Another Name"):
        with pytest.raises(Refused) as refused:
            actions.enrol(by=user.by, user=user, values={**TYPED, "name": name})
        assert (refused.value.code, refused.value.params) == ("enrolled_already", {"number": first.actor.number})
    studio = {"kind": "organisation", "name": "Studio"}
    actions.enrol(by=user.by, user=user, values=studio)
    actions.enrol(by=user.by, user=user, values={**studio, "name": "Another studio"})
    with pytest.raises(Refused):
        actions.enrol(by=user.by, user=user, values=studio)
    other = a_citizen()
    assert actions.enrol(by=other.by, user=other, values=TYPED).state == ClaimState.OPEN
