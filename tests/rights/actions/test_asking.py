"""What a holder asks about an entry."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from soyol.audit.models import Entry
from soyol.files.models import StoredFile
from soyol.files.rules import DOCUMENT_BYTES
from soyol.registry.models import Actor
from soyol.rights import actions
from soyol.rights.choices import RequestKind, RequestState, StepKind
from soyol.rights.models import Request
from soyol.rights.rules import Refused
from tests.factories import registry as make
from tests.factories.claims import a_holder
from tests.factories.rights import PDF, a_letter, a_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Actor:
    """An invented person with two rows."""
    source = make.a_source()
    told = {"name": "Invented Person", "phones": ["88001122"]}
    return make.an_actor(make.a_record(source, **told), make.a_record(source, **told))


def test_a_proposal_waits_with_its_day_and_first_step(person: Actor) -> None:
    made = a_request(person)
    assert made.state == RequestState.OPEN
    assert made.due_on == timezone.localdate() + timedelta(days=30)
    assert [step.kind for step in made.steps.all()] == [StepKind.MADE]
    assert Request.rows().get().values == {"phones": ["99112233"]}


def test_evidence_is_kept_sealed(person: Actor) -> None:
    made = a_request(person)
    stored = made.evidence.get().file
    assert (stored.name, stored.personal, stored.size) == ("letter.pdf", True, len(PDF))


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([a_letter("page.html", b"<html>")], "evidence_kind"),
        ([a_letter("large.pdf")._replace(size=DOCUMENT_BYTES + 1)], "evidence_large"),
        ([a_letter() for _n in range(6)], "evidence_many"),
    ],
)
def test_evidence_that_is_not_taken_leaves_nothing_behind(person: Actor, sent: list[object], code: str) -> None:
    user = a_holder(person)
    with pytest.raises(Refused) as refused:
        actions.propose(by=user.by, user=user, actor=person, field="phones", values={"phones": ["1"]}, evidence=sent)
    assert refused.value.code == code
    assert (Request.rows().count(), StoredFile.objects.count()) == (0, 0)


def test_the_same_is_asked_once_at_a_time(person: Actor) -> None:
    first = a_request(person)
    with pytest.raises(Refused) as refused:
        a_request(person, first.user)
    assert refused.value.code == "request_open"
    actions.withdraw(by=first.user.by, request=first)
    assert a_request(person, first.user).state == RequestState.OPEN


def test_consent_is_no_field_to_correct(person: Actor) -> None:
    user = a_holder(person)
    with pytest.raises(Refused) as refused:
        actions.propose(by=user.by, user=user, actor=person, field="consent", values={"consent": True})
    assert refused.value.code == "request_field"


def test_a_row_of_another_entry_cannot_be_denied(person: Actor) -> None:
    user = a_holder(person)
    other = make.a_record(make.a_source(), name="Somebody Else")
    make.an_actor(other)
    with pytest.raises(Refused) as refused:
        actions.deny_row(by=user.by, user=user, actor=person, record=other)
    assert refused.value.code == "request_row"


def test_people_do_not_close(person: Actor) -> None:
    user = a_holder(person)
    with pytest.raises(Refused) as refused:
        actions.tell_closure(by=user.by, user=user, actor=person, day=date(2026, 1, 1))
    assert refused.value.code == "request_kind"


def test_what_was_decided_cannot_be_taken_back(person: Actor) -> None:
    made = a_request(person)
    actions.withdraw(by=made.user.by, request=made)
    with pytest.raises(Refused) as refused:
        actions.withdraw(by=made.user.by, request=made)
    assert refused.value.code == "request_decided"


def test_the_audit_knows_of_the_request_and_not_of_its_words(person: Actor) -> None:
    made = a_request(person)
    entry = Entry.objects.get(action="rights.request.make")
    assert entry.target == f"rights.Request:{made.pk}"
    assert "99112233" not in str(entry.detail)
    assert made.kind == RequestKind.CORRECTION
