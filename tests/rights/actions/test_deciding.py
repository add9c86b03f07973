"""What an officer decides about a request."""

from datetime import date

import pytest

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.fields.versions import Stale
from soyol.notices.models import Message
from soyol.registry.choices import FieldClass, Level
from soyol.registry.models import Actor
from soyol.registry.queries import actor_page, statements_of
from soyol.registry.queries.shown import current_identities
from soyol.rights import actions
from soyol.rights.choices import RequestState
from soyol.rights.models import Request
from soyol.rights.queries.requests import trace
from soyol.rights.rules import Refused
from tests.factories import accounts as make_accounts
from tests.factories import registry as make
from tests.factories.claims import a_citizen, a_holder
from tests.factories.rights import a_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    """An officer of the registry."""
    return make_accounts.user(Role.REGISTRY_OFFICER)


@pytest.fixture
def person() -> Actor:
    """An invented person of whom a good list says another birth."""
    source = make.a_source(trust=95)
    return make.an_actor(
        make.a_record(source, name="Invented Person", birth_date="1970", phones=["88001122"]),
        make.a_record(source, name="Invented Person", birth_date="1970"),
    )


def _birth(person: Actor) -> Request:
    user = a_holder(person)
    return actions.propose(
        by=user.by, user=user, actor=person, field="birth_date", values={"birth_date": "1971"}, language="en"
    )


def _shown(person: Actor, field: str) -> list[str]:
    facts = actor_page(person.number, audience=FieldClass.PRIVATE).facts
    return [value.display for fact in facts if fact.field == field for value in fact.values]


def test_what_was_proposed_is_shown_once_it_was_accepted(person: Actor, officer: User) -> None:
    request = _birth(person)
    actions.accept(by=officer.by, officer=officer, request=request, version=1)
    assert request.state == RequestState.ACCEPTED
    assert [said.value for said in statements_of(person.number) if said.field == "birth_date" and said.is_shown] == [
        "1971"
    ]


def test_an_officer_may_write_down_something_else_with_a_reason(person: Actor, officer: User) -> None:
    request = _birth(person)
    with pytest.raises(Refused) as refused:
        actions.accept(by=officer.by, officer=officer, request=request, version=1, values={"birth_date": "1971-03"})
    assert refused.value.code == "reason_missing"
    request.refresh_from_db()
    actions.accept(
        by=officer.by,
        officer=officer,
        request=request,
        version=1,
        values={"birth_date": "1971-03"},
        decision="So says the passport",
    )
    assert (request.state, request.decision) == (RequestState.PART, "So says the passport")


def test_a_row_about_somebody_else_leaves_the_entry(person: Actor, officer: User) -> None:
    user = a_holder(person)
    record = current_identities().filter(actor=person).order_by("record_id").last().record
    request = actions.deny_row(by=user.by, user=user, actor=person, record=record)
    actions.accept(by=officer.by, officer=officer, request=request, version=1)
    assert current_identities().get(record=record).actor_id != person.pk
    assert current_identities().filter(actor=person).count() == 1


def test_the_only_row_cannot_leave(officer: User) -> None:
    record = make.a_record(make.a_source(), name="Invented Person")
    alone = make.an_actor(record)
    user = a_holder(alone)
    request = actions.deny_row(by=user.by, user=user, actor=alone, record=record)
    with pytest.raises(Refused) as refused:
        actions.accept(by=officer.by, officer=officer, request=request, version=1)
    assert refused.value.code == "request_only_row"
    assert Request.rows().get().state == RequestState.OPEN


def test_a_closed_organisation_has_ended(officer: User) -> None:
    firm = make.an_actor(make.a_record(make.a_source(), kind="organisation", name="Invented Studio"))
    user = a_citizen()
    request = actions.tell_closure(by=user.by, user=user, actor=firm, day=date(2026, 3, 1))
    actions.accept(by=officer.by, officer=officer, request=request, version=1)
    assert firm.entries.get(face="staff").ended


def test_nobody_decides_their_own(person: Actor) -> None:
    request = _birth(person)
    for act in (actions.accept, actions.refuse):
        with pytest.raises(Refused) as refused:
            act(by=request.user.by, officer=request.user, request=request, version=1, decision="Mine")
        assert refused.value.code == "request_of_oneself"


def test_a_refusal_needs_a_reason(person: Actor, officer: User) -> None:
    with pytest.raises(Refused) as refused:
        actions.refuse(by=officer.by, officer=officer, request=_birth(person), version=1, decision=" ")
    assert refused.value.code == "reason_missing"


def test_of_two_officers_one_decides(person: Actor, officer: User) -> None:
    request = _birth(person)
    same = Request.rows().get(pk=request.pk)
    actions.refuse(by=officer.by, officer=officer, request=request, version=1, decision="The letter says 1970")
    with pytest.raises(Stale):
        actions.accept(by=officer.by, officer=officer, request=same, version=1)
    assert _shown(person, "birth_date") == ["1970"]


def test_the_letter_is_in_the_language_of_the_person_and_holds_none_of_their_data(person: Actor, officer: User) -> None:
    request = _birth(person)
    actions.refuse(by=officer.by, officer=officer, request=request, version=1, decision="The letter says 1970")
    letter = Message.objects.get(purpose="rights.decided")
    assert letter.language == "en"
    assert letter.subject == "Your request about your data was decided"
    assert not [secret for secret in ("1970", "1971", "Invented Person") if secret in str(letter.body)]


def test_the_trace_names_each_step_and_its_office(person: Actor, officer: User) -> None:
    request = a_request(person)
    actions.accept(
        by=officer.by.__class__(kind="person", id=str(officer.pk), name=officer.name, on_behalf="Registry office"),
        officer=officer, request=request, version=1,
    )  # fmt: skip
    told = trace(Request.rows().get(pk=request.pk))
    assert [step.office for step in told] == ["", "Registry office", "Registry office"]


@pytest.mark.parametrize(
    ("document", "level"), [(None, Level.DOCUMENT), ("passport", Level.DOCUMENT), ("", Level.DECLARED)]
)
def test_what_was_proved_by_what_was_sent_is_checked_against_a_document(
    person: Actor, officer: User, document: str | None, level: Level
) -> None:
    made = a_request(person, phone="99110099")
    actions.accept(by=officer.by, officer=officer, request=made, version=1, document=document)
    (known,) = [said.known for said in statements_of(person.number) if "99110099" in said.value]
    assert known.level == level


def test_without_anything_sent_a_correction_is_declared(person: Actor, officer: User) -> None:
    actions.accept(by=officer.by, officer=officer, request=_birth(person), version=1)
    (known,) = [said.known for said in statements_of(person.number) if said.value == "1971"]
    assert known.level == Level.DECLARED
