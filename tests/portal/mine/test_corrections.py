"""Asking for a correction on one's own page."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from soyol.accounts.models import User
from soyol.claims.actions.opening import proved
from soyol.claims.choices import Proof
from soyol.registry import actions as registry
from soyol.registry.models import Actor
from soyol.registry.queries.shown import current_identities
from soyol.rights import actions
from soyol.rights.choices import RequestKind
from soyol.rights.models import Request
from tests.factories import registry as make
from tests.factories.claims import a_citizen, a_holder
from tests.factories.rights import PDF, a_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Actor:
    """An invented person with two rows."""
    source = make.a_source()
    told = {"name": "Invented Person", "birth_date": "1970", "person_number": "QQ80010199"}
    return make.an_actor(make.a_record(source, **told), make.a_record(source, **told))


def _at(actor: Actor, rest: str = "") -> str:
    return f"/me/{actor.number}/corrections/{rest}"


def test_a_holder_proposes_a_value_with_a_document(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    client = client_of(a_holder(person))
    sent = {"value": "1971", "why": "So my passport", "evidence": SimpleUploadedFile("p.pdf", PDF)}
    answer = client.post(_at(person, "birth_date/"), sent)
    assert (answer.status_code, answer["Location"]) == (302, _at(person))
    made = Request.rows().get()
    assert (made.values, made.shown, made.why) == ({"birth_date": "1971"}, ["1970"], "So my passport")
    assert made.evidence.get().content_type == "application/pdf"
    assert "1971" in client.get(_at(person)).content.decode()


def test_several_documents_are_kept(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    sent = {"value": "1971", "evidence": [SimpleUploadedFile(f"{n}.pdf", PDF) for n in "ab"]}
    client_of(a_holder(person)).post(_at(person, "birth_date/"), sent)
    assert Request.rows().get().evidence.count() == 2


def test_what_is_no_document_is_refused_with_what_was_written(
    person: Actor, client_of: Callable[[User | None], Client]
) -> None:
    sent = {"value": "1971", "evidence": SimpleUploadedFile("p.pdf", b"<html>")}
    answer = client_of(a_holder(person)).post(_at(person, "birth_date/"), sent)
    assert (answer.status_code, Request.rows().count()) == (422, 0)
    assert 'value="1971"' in answer.content.decode()


def test_a_holder_says_that_a_row_is_about_somebody_else(
    person: Actor, client_of: Callable[[User | None], Client]
) -> None:
    record = current_identities().filter(actor=person).first().record_id
    answer = client_of(a_holder(person)).post(_at(person, f"row/{record}/"), {"why": "I never worked there"})
    assert (answer.status_code, Request.rows().get().record_id) == (302, record)


def test_a_row_of_somebody_else_is_not_found(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    other = make.a_record(make.a_source(), name="Somebody Else")
    make.an_actor(other)
    assert client_of(a_holder(person)).get(_at(person, f"row/{other.pk}/")).status_code == 404


def test_who_represents_a_studio_tells_that_it_has_closed(client_of: Callable[[User | None], Client]) -> None:
    studio = make.an_actor(make.a_record(make.a_source(), kind="organisation", name="Invented Studio"))
    user = a_citizen()
    hold = proved(
        by=make.BY, user=user, actor=make.an_actor(make.a_record(make.a_source(), name="X")), proof=Proof.DOCUMENT
    )
    type(hold).objects.filter(pk=hold.pk).update(actor=studio, capacity="represent")
    answer = client_of(user).post(_at(studio, "closed/"), {"day": "2026-03-01"})
    assert answer.status_code == 302
    assert (Request.rows().get().kind, Request.rows().get().values) == (RequestKind.CLOSURE, {"closed": "2026-03-01"})


def test_national_numbers_are_masked(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    user = a_holder(person)
    client = client_of(user)
    actions.propose(by=user.by, user=user, actor=person, field="person_number", values={"person_number": "QQ90020288"})
    told = client.get(_at(person)).content.decode() + client.get(_at(person, "person_number/")).content.decode()
    assert "QQ80010199" not in told
    assert "QQ90020288" not in told


def test_who_does_not_hold_the_entry_finds_nothing(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    made = a_request(person)
    stranger = client_of(a_citizen())
    record = current_identities().filter(actor=person).first().record_id
    for rest in ("", "phones/", f"row/{record}/", "closed/"):
        assert stranger.get(_at(person, rest)).status_code == 404
    assert stranger.post(_at(person, f"{made.pk}/withdraw/")).status_code == 404


def test_a_disputed_entry_shows_nothing_to_either(client_of: Callable[[User | None], Client]) -> None:
    [one, other] = make.people(make.a_source(), [{"name": "One"}, {"name": "Other"}])
    holders = [a_holder(one), a_holder(other)]
    registry.merge(by=make.BY, keep=one, absorb=other, reason="The same")
    assert [client_of(user).get(_at(one)).status_code for user in holders] == [404, 404]


def test_a_request_is_taken_back_by_whoever_made_it(person: Actor, client_of: Callable[[User | None], Client]) -> None:
    made = a_request(person)
    client_of(made.user).post(_at(person, f"{made.pk}/withdraw/"))
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_the_page_asks_as_often_for_many_requests_as_for_one(
    person: Actor, client_of: Callable[[User | None], Client]
) -> None:
    user = a_holder(person)
    client = client_of(user)
    a_request(person, user)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(_at(person)).status_code == 200
        return len(queries)

    asked()
    before = asked()
    for field, value in (("birth_date", "1971"), ("stage_name", "Star"), ("gender", "female")):
        actions.propose(by=user.by, user=user, actor=person, field=field, values={field: value})
    assert asked() == before
