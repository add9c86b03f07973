"""Giving an account back: who may, for whom, once, in time, and that nothing of the old ways in is left."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from soyol.accounts import actions, queries
from soyol.accounts.actions import recovering
from soyol.accounts.choices import Document, Role
from soyol.accounts.models import Grant, Recovery, User
from soyol.accounts.rules import RecoveryRefused
from soyol.audit import queries as audit
from soyol.audit.models import Entry
from soyol.notices.models import Message
from soyol.places.models import Unit
from tests.factories import accounts as make
from tests.factories.bodies import a_body

pytestmark = pytest.mark.django_db

OLD = "steppe-horses-forty-seven"  # pragma: allowlist secret
PASSWORD = "another-river-of-nine-bends"  # pragma: allowlist secret
NEW = "found@example.org"


@pytest.fixture
def owner(country: Unit) -> User:
    """Somebody with an account, a password, and no role."""
    return make.alone(password=OLD)


def _refusal(officer: User, person: User, email: str = NEW) -> str:
    with pytest.raises(RecoveryRefused) as refused:
        make.a_recovery(by=officer, of=person, email=email)
    assert str(refused.value)
    return refused.value.code


def _finish_refusal(token: str, password: str = PASSWORD) -> str:
    with pytest.raises(RecoveryRefused) as refused:
        actions.finish_recovery(token=token, password=password)
    return refused.value.code


def test_who_opens_the_link_has_the_account_and_every_old_way_in_is_closed(registry_officer: User, owner: User) -> None:
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={})
    inside = Client(headers={"Host": "localhost"})
    inside.force_login(owner)
    halfway = Client(headers={"Host": "localhost"})
    assert halfway.post("/accounts/login/", {"login": owner.email, "password": OLD})["Location"].startswith(
        "/accounts/2fa"
    )
    stranger = Client(headers={"Host": "localhost"})
    stranger.force_login(registry_officer)
    old = owner.email
    _recovery, token = make.a_recovery(by=registry_officer, of=owner, email=" Found@Example.org ")
    actions.finish_recovery(token=token, password=PASSWORD)
    owner.refresh_from_db()
    assert (owner.email, owner.check_password(PASSWORD), owner.check_password(OLD)) == (NEW, True, False)
    address = EmailAddress.objects.get(user=owner)
    assert (address.email, address.primary, address.verified) == (NEW, True, True)
    assert not Authenticator.objects.filter(user=owner).exists()
    assert dict(inside.session) == {}
    assert dict(halfway.session) == {}
    assert stranger.session["_auth_user_id"] == str(registry_officer.pk)
    assert [message.address for message in Message.objects.order_by("pk")] == [old, NEW, old]


def test_the_old_address_is_told_at_once_and_only_the_new_one_gets_the_link(
    registry_officer: User, owner: User
) -> None:
    recovery, token = make.a_recovery(by=registry_officer, of=owner, email=NEW)
    notice, link = Message.objects.order_by("pk")
    assert (notice.address, link.address) == (owner.email, NEW)
    assert [token in (message.body or "") for message in (notice, link)] == [False, True]
    assert str(owner.pk) in (notice.body or "")
    assert (link.forget_body, link.expires_at) == (True, recovery.expires_at)


def test_only_hashes_and_sealed_values_are_kept(registry_officer: User, owner: User) -> None:
    recovery, token = make.a_recovery(by=registry_officer, of=owner, email=NEW)
    assert (recovery.digest, token in recovery.digest) == (actions.link_digest(token), False)
    entry = audit.about(f"accounts.User:{owner.pk}").get(action="accounts.recovery.begin")
    assert entry.detail == "{}"
    assert entry.told == {"kind": "passport", "reason": "The face with the picture"}
    raw = Recovery.objects.extra(select={"raw": "email"}).values_list("raw", flat=True)
    assert NEW.encode() not in bytes(raw[0])


def test_who_recovered_and_when_stands_in_the_audit(registry_officer: User, owner: User) -> None:
    recovery, token = make.a_recovery(by=registry_officer, of=owner)
    actions.finish_recovery(token=token, password=PASSWORD)
    other, _token = make.a_recovery(by=registry_officer)
    actions.withdraw_recovery(by=registry_officer, recovery=other)
    told = Entry.objects.filter(action__startswith="accounts.recovery").order_by("pk")
    mine, theirs = f"accounts.User:{recovery.user_id}", f"accounts.User:{other.user_id}"
    assert list(told.values_list("action", "target", "actor_id")) == [
        ("accounts.recovery.begin", mine, str(registry_officer.pk)),
        ("accounts.recovery.finish", mine, str(owner.pk)),
        ("accounts.recovery.begin", theirs, str(registry_officer.pk)),
        ("accounts.recovery.withdraw", theirs, str(registry_officer.pk)),
    ]


# -- Who may, and for whom --


def test_officers_of_a_place_or_a_body_and_everybody_else_may_not(
    owner: User, here: Unit, registry_officer: User, administrator: User
) -> None:
    recovery, _token = make.a_recovery(by=registry_officer)
    placed, owned = make.user(Role.REGISTRY_OFFICER, unit=here), make.user(Role.REGISTRY_OFFICER, body=a_body())
    for somebody in (placed, owned, administrator, make.user(Role.PROVINCE_OFFICER, unit=here), owner):
        with pytest.raises(PermissionDenied):
            make.a_recovery(by=somebody, of=owner)
        with pytest.raises(PermissionDenied):
            actions.withdraw_recovery(by=somebody, recovery=recovery)
    assert Recovery.objects.filter(user=owner).count() == 0


def test_nobody_gives_back_their_own_account_or_one_that_holds_a_role(registry_officer: User, curator: User) -> None:
    assert _refusal(registry_officer, registry_officer) == "own"
    assert _refusal(registry_officer, curator) == "staff"
    Grant.objects.filter(user=curator).update(valid_from=timezone.localdate() + timedelta(3))
    assert _refusal(registry_officer, curator) == "staff", "a role that begins soon is one"
    day = timezone.localdate() - timedelta(3)
    Grant.objects.filter(user=curator).update(valid_from=day, valid_to=day)
    make.a_recovery(by=registry_officer, of=curator)


def test_an_account_that_may_not_sign_in_or_was_never_finished_is_not_given_back(
    registry_officer: User, owner: User
) -> None:
    EmailAddress.objects.update(verified=False)
    assert _refusal(registry_officer, owner) == "unfinished"
    User.objects.filter(pk=owner.pk).update(is_active=False)
    owner.refresh_from_db()
    assert _refusal(registry_officer, owner) == "inactive"


def test_the_new_address_must_be_an_address_and_nobody_elses(
    registry_officer: User, owner: User, curator: User
) -> None:
    assert _refusal(registry_officer, owner, owner.email.upper()) == "address"
    assert _refusal(registry_officer, owner, curator.email) == "address"
    with pytest.raises(ValidationError):
        make.a_recovery(by=registry_officer, of=owner, email="no address")
    assert Message.objects.count() == 0


def test_of_two_officers_at_once_the_second_is_told(registry_officer: User, owner: User) -> None:
    other = make.user(Role.REGISTRY_OFFICER)
    recovery, token = make.a_recovery(by=registry_officer, of=owner)
    assert _refusal(other, owner, "thief@example.org") == "open"
    assert Message.objects.count() == 2
    actions.withdraw_recovery(by=other, recovery=recovery)
    assert _finish_refusal(token) == "over"
    make.a_recovery(by=other, of=owner)


def test_one_that_ran_out_makes_room_for_the_next(registry_officer: User, owner: User) -> None:
    make.a_recovery(by=registry_officer, of=owner)
    Recovery.objects.update(expires_at=timezone.now())
    make.a_recovery(by=registry_officer, of=owner)
    assert [recovery.user for recovery in queries.open_recoveries()] == [owner]


# -- The link --


def test_a_link_works_once(registry_officer: User, owner: User) -> None:
    _recovery, token = make.a_recovery(by=registry_officer, of=owner)
    actions.finish_recovery(token=token, password=PASSWORD)
    assert _finish_refusal(token, OLD) == "over"
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_of_two_clicks_at_once_one_counts(registry_officer: User, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    recovery, token = make.a_recovery(by=registry_officer, of=owner)
    actions.finish_recovery(token=token, password=PASSWORD)
    monkeypatch.setattr(recovering.queries, "recovery_for", lambda _digest: recovery)  # looked before the other ended
    assert _finish_refusal(token, OLD) in {"over", "address"}
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


@pytest.mark.parametrize("change", [{"expires_at": timezone.now()}, {"withdrawn_at": timezone.now()}])
def test_a_link_that_is_too_old_or_was_withdrawn_does_nothing(
    registry_officer: User, owner: User, change: dict[str, object]
) -> None:
    _recovery, token = make.a_recovery(by=registry_officer, of=owner)
    Recovery.objects.update(**change)
    assert _finish_refusal(token) == "over"
    assert _finish_refusal("invented") == "over"
    owner.refresh_from_db()
    assert owner.check_password(OLD)


def test_a_link_takes_over_no_account_that_was_closed_or_got_a_role_meanwhile(
    registry_officer: User, owner: User
) -> None:
    _recovery, token = make.a_recovery(by=registry_officer, of=owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert _finish_refusal(token) == "inactive"
    User.objects.filter(pk=owner.pk).update(is_active=True)
    Grant.objects.create(user=owner, role=Role.CURATOR)
    assert _finish_refusal(token) == "staff"
    owner.refresh_from_db()
    assert owner.check_password(OLD)


def test_an_address_that_somebody_took_meanwhile_is_not_shared(registry_officer: User, owner: User) -> None:
    _recovery, token = make.a_recovery(by=registry_officer, of=owner, email=NEW)
    taken = make.alone(email=NEW)
    assert _finish_refusal(token) == "address"
    EmailAddress.objects.filter(user=taken).update(verified=False)  # but whoever never proved it has no claim
    actions.finish_recovery(token=token, password=PASSWORD)
    assert list(User.objects.filter(email=NEW)) == [owner]


def test_a_weak_password_is_refused_and_uses_nothing_up(registry_officer: User, owner: User) -> None:
    _recovery, token = make.a_recovery(by=registry_officer, of=owner)
    with pytest.raises(ValidationError):
        actions.finish_recovery(token=token, password="short")  # pragma: allowlist secret
    actions.finish_recovery(token=token, password=PASSWORD)


def test_kinds_of_documents_are_those_that_show_a_face() -> None:
    assert [kind.value for kind in Document] == ["identity_card", "passport", "driving_licence", "other"]
