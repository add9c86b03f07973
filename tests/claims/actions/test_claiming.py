"""Claims that an officer checks, and enrolling."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.claims import actions, queries
from soyol.claims.choices import Capacity, ClaimState
from soyol.claims.models import Claim, Hold
from soyol.claims.rules import Refused
from soyol.fields.versions import Stale
from soyol.files import vault
from soyol.files.actions import keep
from soyol.notices.models import Message
from soyol.registry import queries as registry
from soyol.registry.choices import DocumentKind, FieldClass, Level, Purpose
from soyol.registry.models import Actor
from soyol.sources.choices import OWN, UNCHECKED
from tests.factories.accounts import user as an_officer
from tests.factories.claims import a_citizen
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
OnCommit = Callable[..., Any]
VALUES = {
    "kind": "person", "name": "Dorj Bat", "given_name": "Bat", "surname": "Dorj", "birth_date": "1980-01-02",
    "phones": ["+97699112233"], "websites": ["https://bat.example"],
}  # fmt: skip


def _refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        deed()
    return str(refusal.value.code)


def _claimed(user: User, actor: Actor | None = None) -> Claim:
    return actions.claim(by=user.by, user=user, capacity=Capacity.SELF, told={"name": "Dorj Bat"}, actor=actor)


def _accept(claim: Claim, actor: Actor, officer: User | None = None) -> Hold:
    return actions.accept(
        by=BY, officer=officer or an_officer(), claim=claim, actor=actor, reason="passport seen", version=claim.version
    )


def _person() -> Actor:
    return an_actor(a_record(a_source(), name="Dorj Bat"))


def test_an_officer_accepts_a_claim_and_names_the_entry() -> None:
    user, actor = a_citizen(), _person()
    hold = _accept(_claimed(user), actor)
    claim = Claim.rows().get()
    assert (hold.actor, claim.state, claim.reason, claim.actor) == (actor, "accepted", "passport seen", actor)
    letter = Message.objects.get()
    assert (letter.address, letter.purpose, "passport" in str(letter.body)) == (user.email, "claims.decided", False)


def test_a_refused_claim_keeps_its_reason_for_the_person() -> None:
    user = a_citizen()
    claim = _claimed(user)
    actions.refuse(by=BY, officer=an_officer(), claim=claim, reason="another person", version=claim.version)
    assert [(each.state, each.reason) for each in queries.open_claims_of(user)] == [("refused", "another person")]
    assert not Hold.objects.exists()


def test_two_officers_at_once_decide_once() -> None:
    actor = _person()
    claim = _claimed(a_citizen(), actor)
    other = Claim.rows().get(pk=claim.pk)
    _accept(claim, actor)
    with pytest.raises(Stale):
        actions.refuse(by=BY, officer=an_officer(), claim=other, reason="no", version=other.version)


def test_nobody_decides_their_own_claim_nor_without_a_reason() -> None:
    officer, actor = an_officer(), _person()
    claim = _claimed(officer, actor)
    assert _refused(lambda: _accept(claim, actor, officer)) == "claim_of_oneself"
    mine = _claimed(a_citizen(), actor)
    assert (
        _refused(lambda: actions.refuse(by=BY, officer=officer, claim=mine, reason=" ", version=1)) == "reason_missing"
    )


def test_a_body_is_not_held_as_oneself() -> None:
    studio = an_actor(a_record(a_source(), kind="organisation", name="Studio"))
    assert _refused(lambda: _accept(_claimed(a_citizen()), studio)) == "capacity_wrong"
    assert Claim.rows().get().state == ClaimState.OPEN


def test_one_claim_of_a_kind_waits_at_a_time() -> None:
    user, actor = a_citizen(), _person()
    for entry in (actor, None):
        _claimed(user, entry)
        assert _refused(lambda entry=entry: _claimed(user, entry)) == "claim_open"
    for each in Claim.rows().all():
        actions.withdraw(by=user.by, claim=each)
    _claimed(user, actor)
    assert Claim.rows().filter(state=ClaimState.OPEN).count() == 1


def test_whoever_speaks_for_another_shows_a_document() -> None:
    user = a_citizen()
    assert (
        _refused(lambda: actions.claim(by=user.by, user=user, capacity=Capacity.HEIR, told={}, actor=_person()))
        == "document_missing"
    )


def _enrolled(user: User, **more: object) -> Claim:
    agreed = (Purpose.PROFILE, Purpose.CALLS)
    return actions.enrol(by=user.by, user=user, values={**VALUES, **more}, agreed=agreed, language="mn")


def test_whoever_enrols_has_a_number_at_once_and_is_shown_to_nobody() -> None:
    user = a_citizen()
    claim = _enrolled(user, consent=True)
    assert claim.actor is not None
    page = registry.actor_page(claim.actor.number, audience=FieldClass.STAFF)
    assert [source.code for source in page.sources] == [UNCHECKED.code]
    assert (registry.search("Dorj Bat", public_only=True).total, queries.holds_of(user)) == (0, [])


def test_an_accepted_enrolment_holds_and_what_was_agreed_holds_with_it() -> None:
    user = a_citizen()
    claim = _enrolled(user)
    assert claim.actor is not None
    _accept(claim, claim.actor)
    page = registry.actor_page(claim.actor.number, audience=FieldClass.PUBLIC)
    assert "https://bat.example" in repr(page.facts)
    assert {source.code for source in page.sources} == {OWN.code}
    switches = registry.consents.switches(claim.actor, is_public=True)
    assert {each.purpose: each.on for each in switches} == {
        "profile": True, "statistics": True, "calls": True, "open_data": False,
    }  # fmt: skip


def test_an_enrolment_that_is_somebody_known_is_accepted_to_that_entry() -> None:
    user, known = a_citizen(), _person()
    hold = _accept(_enrolled(user), known)
    assert (hold.actor, [each.actor for each in queries.holds_of(user)]) == (known, [known])


def test_no_name_of_whoever_enrolled_stands_beside_the_row() -> None:
    user = a_citizen(name="Canary Name")
    claim = _enrolled(user)
    assert claim.actor is not None
    record = claim.actor.identities.get().record
    assert (record.batch.received_by, record.source.keeper) == ("person", "person")


def _levels(number: str) -> dict[str, set[str]]:
    """Field → how its shown values are known."""
    found: dict[str, set[str]] = {}
    for said in registry.statements_of(number):
        if said.is_shown:
            found.setdefault(said.field, set()).add(str(said.known.level))
    return found


def test_what_a_document_shows_of_whoever_enrolled_is_checked_against_it() -> None:
    claim = _enrolled(a_citizen())
    assert claim.actor is not None
    actions.accept(
        by=BY, officer=an_officer(), claim=claim, actor=claim.actor, reason="seen", version=claim.version,
        seen="passport",
    )  # fmt: skip
    levels = _levels(claim.actor.number)
    assert (levels["birth_date"], levels["phones"]) == ({Level.DOCUMENT}, {Level.DECLARED})


def test_without_a_document_an_enrolment_stays_declared() -> None:
    claim = _enrolled(a_citizen())
    assert claim.actor is not None
    _accept(claim, claim.actor)
    assert _levels(claim.actor.number)["birth_date"] == {Level.DECLARED}


@pytest.mark.parametrize(("document", "agrees"), [("passport", True), ("passport", False), ("", True)])
def test_a_claim_checks_what_the_entry_shows_only_where_an_officer_says_so(document: str, agrees: bool) -> None:
    actor = _person()
    claim = _claimed(a_citizen(), actor)
    actions.accept(
        by=BY, officer=an_officer(), claim=claim, actor=actor, reason="seen", version=claim.version,
        seen=document, agrees=agrees,
    )  # fmt: skip
    wanted = Level.DOCUMENT if document and agrees else Level.DECLARED
    assert _levels(actor.number)["name"] == {wanted}


def _with_document(user: User, capacity: str = Capacity.SELF) -> Claim:
    document = keep(by=user.by, name="passport.png", content=BytesIO(b"canary bytes"), personal=True)
    return actions.claim(by=user.by, user=user, capacity=capacity, told={"name": "Dorj Bat"}, document=document)


def _bytes_of(claim: Claim) -> bool:
    assert claim.document is not None
    return (vault.folder() / claim.document.place).exists()


@pytest.mark.parametrize("how", ["accept", "refuse", "withdraw"])
def test_the_document_of_a_decided_claim_is_forgotten_and_what_it_was_stays(
    how: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    user, actor = a_citizen(), _person()
    claim = _with_document(user)
    assert _bytes_of(claim)
    told = {"by": BY, "officer": an_officer(), "claim": claim, "reason": "a passport", "version": claim.version}
    with django_capture_on_commit_callbacks(execute=True):
        if how == "accept":
            actions.accept(**told, actor=actor, seen=DocumentKind.IDENTITY_CARD)
        elif how == "refuse":
            actions.refuse(**told, seen=DocumentKind.IDENTITY_CARD)
        else:
            actions.withdraw(by=user.by, claim=claim)
    after = Claim.rows().select_related("document").get()
    assert after.document is not None
    assert (_bytes_of(after), after.document.forgotten_at is not None, after.document.name) == (False, True, "")
    assert after.seen == ("" if how == "withdraw" else "identity_card")
    assert after.decided_at is not None
    decided = Entry.objects.get(action="claims.claim.decide")
    assert decided.told["seen"] == after.seen


def test_who_decides_says_what_a_document_that_was_sent_was() -> None:
    officer, actor = an_officer(), _person()
    claim = _with_document(a_citizen())
    for seen, each in (("", claim), ("a passport", claim), ("a charter", _claimed(a_citizen()))):
        told = {"by": BY, "officer": officer, "claim": each, "reason": "x", "version": each.version, "seen": seen}
        assert _refused(lambda told=told: actions.refuse(**told)) == "document_unnamed"
        assert _refused(lambda told=told: actions.accept(**told, actor=actor)) == "document_unnamed"
    assert _bytes_of(claim)
    assert not Claim.rows().exclude(state=ClaimState.OPEN).exists()


def test_who_was_refused_claims_again_with_another_document_and_is_accepted() -> None:
    user, actor = a_citizen(), _person()
    first = _with_document(user)
    actions.refuse(
        by=BY, officer=an_officer(), claim=first, reason="unreadable", version=first.version, seen=DocumentKind.OTHER
    )
    second = _with_document(user)
    actions.accept(
        by=BY, officer=an_officer(), claim=second, actor=actor, reason="a passport", version=second.version,
        seen=DocumentKind.PASSPORT,
    )  # fmt: skip
    assert [each.actor for each in queries.holds_of(user)] == [actor]
