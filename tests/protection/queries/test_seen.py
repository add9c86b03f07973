"""What an account saw in a window, by the audit."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit import actions as audit
from soyol.protection.queries.held import ACCOUNT, ENTRY, People
from soyol.protection.queries.seen import seen_by
from soyol.protection.rules import Window
from soyol.sources.models import Sighting
from tests.factories import accounts as make_accounts
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(country: object) -> User:
    """Who looks."""
    return make_accounts.user(Role.REGISTRY_OFFICER)


def looked(user: User, target: str, *fields: str) -> None:
    """A look of an account."""
    with transaction.atomic():
        audit.looked(user.by, target, fields, "tests")


def seen(user: User) -> set[tuple[tuple[str, int], str]]:
    """Whom an account saw within the last hour."""
    now = timezone.now()
    window = Window(now - timedelta(hours=1), now + timedelta(hours=1))
    return {(whose, field) for whose, field, _count in seen_by(People(), user.pk, window)}


def test_looks_at_entries_rows_files_and_accounts_are_looks_at_people(officer: User) -> None:
    source = make.a_source()
    batch = make.a_batch(source)
    records = [make.a_record(source, batch, name=f"Person {at}") for at in range(3)]
    one, two, three = (make.an_actor(record) for record in records)
    looked(officer, f"registry.Actor:{one.number}", "name", "phones")
    looked(officer, f"sources.SourceRecord:{records[1].pk}", "row")
    looked(officer, f"accounts.User:{officer.pk}", "name")
    assert seen(officer) == {
        ((ENTRY, one.pk), "name"),
        ((ENTRY, one.pk), "phones"),
        ((ENTRY, two.pk), "row"),
        ((ACCOUNT, officer.pk), "name"),
    }
    for at, record in enumerate(records):
        Sighting.objects.get_or_create(batch=batch, revision=1, row=900 + at, defaults={"record": record})
    looked(officer, f"sources.Batch:{batch.pk}", "birth_date")
    assert {whose for whose, field in seen(officer) if field == "birth_date"} == {
        (ENTRY, actor.pk) for actor in (one, two, three)
    }


def test_what_others_saw_and_what_was_seen_at_another_time_does_not_count(officer: User) -> None:
    actor = make.an_actor(make.a_record(make.a_source(), name="A Person"))
    looked(make_accounts.user(Role.REGISTRY_OFFICER), f"registry.Actor:{actor.number}", "name")
    assert seen(officer) == set()
    looked(officer, f"registry.Actor:{actor.number}", "name")
    before = Window(timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=1))
    assert list(seen_by(People(), officer.pk, before)) == []


@pytest.mark.parametrize(
    "target", ["registry.Actor:A000000000", "claims.Claim:x", "sources.Batch:x", "registry", "x:y"]
)
def test_a_target_that_is_nobody_is_passed_over(officer: User, target: str) -> None:
    looked(officer, target, "name")
    assert seen(officer) == set()
