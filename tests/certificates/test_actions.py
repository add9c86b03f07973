"""Issuing, renewing and revoking: who gets one, that nobody has two, and what is kept of it."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from soyol.audit.models import Entry
from soyol.certificates import actions, keeping, queries
from soyol.certificates.choices import State
from soyol.certificates.models import Certificate
from soyol.certificates.rules import Refused, last_day
from soyol.registry import actions as registry
from soyol.registry.models import Actor
from soyol.sources.models import Source
from tests.certificates.conftest import OFFICER, TOLD
from tests.factories import places as make_places
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def _refusal(**what: object) -> str:
    with pytest.raises(Refused) as refused:
        actions.issue(by=OFFICER, **what)  # type: ignore[arg-type]
    assert str(refused.value)
    return refused.value.code


def test_a_certificate_counts_from_today_for_three_years_and_names_who_issued_it(certificate: Certificate) -> None:
    today = timezone.localdate()
    told = (certificate.number, certificate.valid_from, certificate.valid_until, certificate.issued_by)
    assert told == ("C-0000001-Y", today, last_day(today), "Officer Seven")
    assert certificate.office == "registry officer"


def test_numbers_and_secrets_are_never_given_twice(person: Actor, certificate: Certificate, source: Source) -> None:
    actions.revoke(by=OFFICER, certificate=certificate, reason="Lost")
    again = actions.issue(by=OFFICER, actor=person)
    [other] = make.people(source, [{"name": TOLD.shown}])
    third = actions.issue(by=OFFICER, actor=other)
    assert [again.number, third.number] == ["C-0000002-W", "C-0000003-U"]
    assert len({each.token for each in (certificate, again, third)}) == 3


def test_an_issue_that_fails_leaves_no_number_behind(person: Actor, certificate: Certificate, source: Source) -> None:
    assert _refusal(actor=person) == "has_one"
    [other] = make.people(source, [{"name": TOLD.shown}])
    assert actions.issue(by=OFFICER, actor=other).number == "C-0000002-W"


def test_the_secret_and_the_facts_cannot_be_read_in_the_database(certificate: Certificate) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM certificates_certificate")
        kept = " ".join(str(bytes(cell) if isinstance(cell, memoryview) else cell) for cell in cursor.fetchone())
    assert certificate.token not in kept
    assert TOLD.given not in kept
    assert certificate.digest in kept


def test_whoever_became_one_with_another_gets_none(person: Actor, source: Source) -> None:
    [twin] = make.people(source, [{"name": TOLD.person}])
    registry.merge(by=make.BY, keep=person, absorb=twin, reason="The same")
    assert _refusal(actor=twin) == "not_registered"


def test_whoever_no_list_names_any_more_gets_none(person: Actor, source: Source) -> None:
    registry.withdraw_batch(by=make.BY, batch=source.batches.get(), reason="Sent by mistake")
    assert _refusal(actor=person) == "no_record"


def test_whoever_has_ended_gets_none(source: Source) -> None:
    closed = make.an_actor(make.a_record(source, kind="organisation", name=TOLD.company, closed="2020"))
    assert _refusal(actor=closed) == "has_ended"


def test_the_database_holds_one_current_certificate_of_an_entry(certificate: Certificate) -> None:
    certificate.pk, certificate.number, certificate.digest = None, "C-0000009-J", "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save(force_insert=True)


def test_renewing_puts_a_new_one_in_the_place_of_the_former(person: Actor, certificate: Certificate) -> None:
    made = actions.renew(by=OFFICER, certificate=certificate)
    told = {each.certificate.number: each.state for each in queries.certificates_of(person)}
    assert told == {made.number: State.VALID, certificate.number: State.REPLACED}
    assert (made.replaces_id, queries.current_of(person)) == (certificate.pk, made)


def test_an_expired_certificate_is_renewed(person: Actor, certificate: Certificate) -> None:
    past = timezone.localdate() - timedelta(days=1)
    Certificate.objects.filter(pk=certificate.pk).update(valid_from=past, valid_until=past)
    assert [each.state for each in queries.certificates_of(person)] == [State.EXPIRED]
    actions.renew(by=OFFICER, certificate=certificate)
    assert [each.state for each in queries.certificates_of(person)] == [State.VALID, State.REPLACED]


@pytest.mark.parametrize("after", ["revoked", "renewed"])
def test_what_counts_no_more_is_neither_renewed_nor_revoked_again(certificate: Certificate, after: str) -> None:
    if after == "revoked":
        actions.revoke(by=OFFICER, certificate=certificate, reason="Lost")
    else:
        actions.renew(by=OFFICER, certificate=certificate)
    for act in (
        lambda: actions.renew(by=OFFICER, certificate=certificate),
        lambda: actions.revoke(by=OFFICER, certificate=certificate, reason="Lost"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "not_current"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_revoked_without_a_reason(certificate: Certificate, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.revoke(by=OFFICER, certificate=certificate, reason=reason)
    assert refused.value.code == "why_missing"


def test_each_act_stands_in_the_audit_without_anything_personal(certificate: Certificate) -> None:
    made = actions.renew(by=OFFICER, certificate=certificate)
    actions.revoke(by=OFFICER, certificate=made, reason=f"{TOLD.person} lost it")
    told = list(Entry.objects.filter(action__startswith="certificates.").order_by("pk"))
    assert [(each.action, each.target) for each in told] == [
        ("certificates.certificate.issue", "certificates.Certificate:C-0000001-Y"),
        ("certificates.certificate.renew", "certificates.Certificate:C-0000002-W"),
        ("certificates.certificate.revoke", "certificates.Certificate:C-0000002-W"),
    ]
    assert not any(TOLD.given in str(each.detail) for each in told)
    assert TOLD.given in str(told[2].sealed_detail)


@pytest.mark.django_db(transaction=True)
@pytest.mark.long
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="threads cannot share the database that tests have in SQLite"
)
def test_of_two_issues_at_once_one_counts(transactional_db: None) -> None:
    with transaction.atomic():
        make_places.small_country()
        [person] = make.people(make.a_source(), [{"name": TOLD.person}])
    told: list[str] = []
    begin = threading.Barrier(2)

    def issue() -> None:
        begin.wait()
        try:
            told.append(actions.issue(by=OFFICER, actor=person).number)
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["C-0000001-Y", "has_one"]
    assert Certificate.objects.filter(actor=person).count() == 1


@pytest.mark.parametrize("for_holder", [False, True])
def test_what_a_certificate_says_is_forgotten_whoever_made_it(person: Actor, for_holder: bool) -> None:
    made = actions.issue(by=OFFICER if not for_holder else make.BY, actor=person, for_holder=for_holder)
    assert actions.forget_facts(by=OFFICER, actors=[person.pk]) == 1
    made.refresh_from_db()
    assert (made.token, made.issued_by, made.office, made.facts["name"]) == ("", "", "", "")
    assert made.revoked_at is not None
    assert made.forgotten_at is not None
    assert actions.forget_facts(by=OFFICER, actors=[person.pk]) == 0


def test_a_certificate_that_its_holder_made_is_let_go_when_its_time_is_over(person: Actor) -> None:
    made = actions.issue(by=make.BY, actor=person, for_holder=True)
    after = timezone.now() + timedelta(days=20 * 366)
    assert list(keeping._over(after)) == [made]
    actions.empty_facts(by=OFFICER, certificates=[made.pk])
    assert list(keeping._over(after)) == []
