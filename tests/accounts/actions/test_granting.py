"""Inviting, giving, changing and ending."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from soyol.accounts import actions, queries
from soyol.accounts.choices import Permission, Role
from soyol.accounts.models import DAYS_IN_ORDER, EntryLink, Grant, Invitation, User
from soyol.audit import By
from soyol.audit import queries as audit
from soyol.audit.models import Entry
from soyol.fields.versions import Stale
from soyol.places.models import Unit
from tests.factories import accounts as make
from tests.factories.bodies import a_body

pytestmark = pytest.mark.django_db

PASSWORD = "steppe-horses-forty-seven"  # pragma: allowlist secret


def _invite(by: User, **values: object) -> actions.Invited:
    told = {"email": "New@Example.org", "name": "New Person", "role": Role.CURATOR, **values}
    return actions.invite(by=by, **told)


def test_an_invited_person_accepts_and_may_what_was_promised(administrator: User, here: Unit) -> None:
    invited = _invite(administrator, role=Role.PROVINCE_OFFICER, unit=here)
    user = actions.accept(token=invited.token, name="Бат", password=PASSWORD)
    assert (user.email, user.name, user.check_password(PASSWORD)) == ("new@example.org", "Бат", True)
    assert queries.may(user, Permission.EDIT_REGISTRY, here)
    grant = user.grants.get()
    assert (grant.given_by, grant.role, grant.unit) == (administrator, Role.PROVINCE_OFFICER, here)


def test_the_secret_of_an_invitation_is_not_kept(administrator: User) -> None:
    invited = _invite(administrator)
    assert invited.token not in str(Invitation.objects.values().get())


def test_the_audit_tells_of_an_invitation_without_showing_the_address(administrator: User) -> None:
    invited = _invite(administrator)
    entry = audit.about(f"accounts.Invitation:{invited.invitation.pk}").get()
    assert entry.told["email"] == "new@example.org"
    assert "example.org" not in entry.detail
    actions.accept(token=invited.token, name="New", password=PASSWORD)
    assert [entry.action for entry in audit.about(entry.target)] == [
        "accounts.invitation.accept",
        "accounts.invitation.send",
    ]


def test_an_invitation_works_once(administrator: User) -> None:
    token = _invite(administrator).token
    actions.accept(token=token, name="New", password=PASSWORD)
    with pytest.raises(actions.Refused):
        actions.accept(token=token, name="New", password=PASSWORD)
    assert User.objects.filter(email="new@example.org").count() == 1


def test_an_invitation_dies_of_age_and_of_withdrawal(administrator: User) -> None:
    old = _invite(administrator)
    Invitation.objects.update(expires_at=timezone.now())
    withdrawn = _invite(administrator, email="other@example.org")
    actions.withdraw_invitation(by=administrator, invitation=withdrawn.invitation)
    for invited in (old, withdrawn):
        with pytest.raises(actions.Refused):
            actions.accept(token=invited.token, name="New", password=PASSWORD)
    with pytest.raises(actions.Refused):
        actions.withdraw_invitation(by=administrator, invitation=withdrawn.invitation)


def test_a_weak_password_leaves_the_invitation_usable(administrator: User) -> None:
    token = _invite(administrator).token
    for weak in ("short", "new@example.org", "password1234"):
        with pytest.raises(ValidationError):
            actions.accept(token=token, name="New", password=weak)
    assert actions.accept(token=token, name="New", password=PASSWORD).pk


def test_of_two_invitations_to_one_address_the_second_makes_no_account(administrator: User) -> None:
    first, second = _invite(administrator), _invite(administrator)
    actions.accept(token=first.token, name="New", password=PASSWORD)
    with pytest.raises(actions.AccountExists):
        actions.accept(token=second.token, name="Other", password=PASSWORD)
    assert [user.name for user in User.objects.filter(email="new@example.org")] == ["New"]
    second.invitation.refresh_from_db()
    assert second.invitation.accepted_at is None


def test_an_invitation_keeps_its_body_and_days(administrator: User) -> None:
    body, today = a_body(), timezone.localdate()
    days = {"valid_from": today + timedelta(3), "valid_to": today + timedelta(9)}
    user = actions.accept(token=_invite(administrator, body=body, **days).token, name="New", password=PASSWORD)
    grant = user.grants.get()
    assert (grant.body, grant.valid_from, grant.valid_to) == (body, *days.values())
    assert not queries.may(user, Permission.SEE_DESK)


def test_an_invitation_accepted_after_its_last_day_gives_nothing(administrator: User) -> None:
    invited, today = _invite(administrator), timezone.localdate()
    days = {"valid_from": today - timedelta(2), "valid_to": today - timedelta(1)}
    Invitation.objects.update(**days)
    user = actions.accept(token=invited.token, name="New", password=PASSWORD)
    assert not queries.may(user, Permission.SEE_DESK)


def test_a_last_day_before_the_first_is_refused_in_words(administrator: User, curator: User) -> None:
    today = timezone.localdate()
    days = {"valid_from": today, "valid_to": today - timedelta(1)}
    with pytest.raises(ValidationError, match=re.escape(str(DAYS_IN_ORDER))):
        _invite(administrator, **days)
    with pytest.raises(ValidationError, match=re.escape(str(DAYS_IN_ORDER))):
        actions.give(by=administrator, user=curator, role=Role.CURATOR, **days)


def test_an_address_that_has_an_account_is_not_invited(administrator: User, curator: User) -> None:
    with pytest.raises(actions.Refused):
        _invite(administrator, email=curator.email.upper())


@pytest.mark.parametrize("who", ["artist", "curator", "registry_officer", "province_officer", "coordinator"])
def test_who_may_not_manage_grants_does_nothing_with_them(who: str, cast: dict[str, User], here: Unit) -> None:
    by, grant = cast[who], cast["officer_elsewhere"].grants.get()
    today = timezone.localdate()
    for attempt in (
        lambda: _invite(by),
        lambda: actions.give(by=by, user=cast["artist"], role=Role.CURATOR),
        lambda: actions.change(by=by, grant=grant, version=1, valid_from=today, valid_to=today),
        lambda: actions.end(by=by, grant=grant, reason="x"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Invitation.objects.exists()
    assert Grant.objects.count() == 7


def test_a_role_of_a_place_is_not_given_without_one(administrator: User, curator: User) -> None:
    with pytest.raises(ValidationError, match="unit"):
        actions.give(by=administrator, user=curator, role=Role.PROVINCE_OFFICER)
    with pytest.raises(ValidationError, match="unit"):
        _invite(administrator, role=Role.PROVINCE_OFFICER)


def test_nobody_gives_a_role_to_themselves(administrator: User) -> None:
    with pytest.raises(actions.Refused):
        actions.give(by=administrator, user=administrator, role=Role.REGISTRY_OFFICER)


def test_a_grant_given_counts_at_once(administrator: User, curator: User, here: Unit) -> None:
    grant = actions.give(by=administrator, user=curator, role=Role.PROVINCE_OFFICER, unit=here)
    assert queries.may(curator, Permission.EDIT_REGISTRY, here)
    entry = audit.about(f"accounts.Grant:{grant.pk}").get()
    assert entry.told == {
        "user": curator.pk,
        "role": "province_officer",
        "unit": here.code,
        "body": None,
        "valid_from": grant.valid_from.isoformat(),
        "valid_to": None,
    }


def test_changing_a_grant_keeps_what_was_before_in_the_audit(administrator: User, curator: User) -> None:
    grant, today = curator.grants.get(), timezone.localdate()
    changed = actions.change(by=administrator, grant=grant, version=1, valid_from=today, valid_to=today + timedelta(30))
    assert (changed.version, changed.valid_to) == (2, today + timedelta(30))
    told = audit.about(f"accounts.Grant:{grant.pk}").get().told
    assert told["before"]["valid_to"] is None
    assert told["after"]["valid_to"] == str(today + timedelta(30))


def test_a_stale_change_is_refused(administrator: User, curator: User) -> None:
    grant, today = curator.grants.get(), timezone.localdate()
    actions.change(by=administrator, grant=grant, version=1, valid_from=today, valid_to=None)
    with pytest.raises(Stale):
        actions.change(by=administrator, grant=grant, version=1, valid_from=today, valid_to=today)
    grant.refresh_from_db()
    assert grant.valid_to is None


def test_nobody_lengthens_their_own_grant(administrator: User) -> None:
    grant, today = administrator.grants.get(), timezone.localdate()
    with pytest.raises(actions.Refused):
        actions.change(by=administrator, grant=grant, version=1, valid_from=today, valid_to=None)
    grant.refresh_from_db()
    assert grant.version == 1


def test_days_in_the_wrong_order_are_refused(administrator: User, curator: User) -> None:
    grant, today = curator.grants.get(), timezone.localdate()
    with pytest.raises(ValidationError):
        actions.change(by=administrator, grant=grant, version=1, valid_from=today, valid_to=today - timedelta(1))


def test_a_grant_ends_once(administrator: User, curator: User) -> None:
    grant = curator.grants.get()
    actions.end(by=administrator, grant=grant, reason="left the museum")
    with pytest.raises(actions.Refused):
        actions.end(by=administrator, grant=grant, reason="again")
    assert Entry.objects.filter(action="accounts.grant.end").count() == 1


def test_the_first_administrator_is_made_with_a_strong_password_only(by: By) -> None:
    with pytest.raises(ValidationError):
        actions.create_administrator(
            by=by,
            email="a@example.org",
            name="A",
            password="short",  # pragma: allowlist secret
        )  # pragma: allowlist secret
    made = actions.create_administrator(by=by, email="A@example.org", name="A", password=PASSWORD)
    assert queries.may(made, Permission.MANAGE_GRANTS)
    assert not queries.may(made, Permission.SEE_PERSONAL)


def test_a_sample_link_signs_in_once(curator: User, by: By) -> None:
    token = actions.mint_sample_link(by=by, user=curator)
    assert token not in str(EntryLink.objects.values().get())
    assert actions.use_sample_link(token=token) == curator
    with pytest.raises(actions.Refused):
        actions.use_sample_link(token=token)


def test_a_new_sample_link_kills_the_old_one(curator: User, by: By) -> None:
    old = actions.mint_sample_link(by=by, user=curator)
    actions.mint_sample_link(by=by, user=curator)
    with pytest.raises(actions.Refused):
        actions.use_sample_link(token=old)


def test_a_sample_link_dies_of_age(curator: User, by: By) -> None:
    token = actions.mint_sample_link(by=by, user=curator)
    EntryLink.objects.update(expires_at=timezone.now())
    with pytest.raises(actions.Refused):
        actions.use_sample_link(token=token)


def test_real_accounts_and_open_sites_have_no_sample_links(curator: User, by: By, settings: object) -> None:
    with pytest.raises(actions.Refused):
        actions.mint_sample_link(by=by, user=make.user(sample=False))
    token = actions.mint_sample_link(by=by, user=curator)
    settings.SOYOL_LOOPBACK = False
    with pytest.raises(actions.Refused):
        actions.mint_sample_link(by=by, user=curator)
    with pytest.raises(actions.Refused):
        actions.use_sample_link(token=token)


def test_the_last_administrator_of_the_site_stays(administrator: User) -> None:
    [own] = administrator.grants.all()
    with pytest.raises(actions.Refused):
        actions.end(by=administrator, grant=own, reason="A slip")
    for limits in ({"valid_to": timezone.localdate()}, {"valid_from": timezone.localdate() + timedelta(days=3)}):
        actions.give(by=administrator, user=make.user(), role=Role.ADMINISTRATOR, **limits)
    with pytest.raises(actions.Refused):
        actions.end(by=administrator, grant=own, reason="Whoever comes does not stay, or is not there yet")
    actions.give(by=administrator, user=make.user(), role=Role.ADMINISTRATOR)
    assert actions.end(by=administrator, grant=own, reason="Another one is there").ended_at is not None
