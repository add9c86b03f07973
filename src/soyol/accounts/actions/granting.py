"""Inviting people, granting roles, changing and ending grants; each with its audit entry inside."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from soyol.accounts import queries, rules
from soyol.accounts.choices import Permission, Role
from soyol.accounts.models import EntryLink, Grant, Invitation, Recovery, User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.fields import reach
from soyol.fields.versions import Stale

if TYPE_CHECKING:
    from soyol.bodies.models import Body
    from soyol.places.models import Unit

INVITATION_DAYS = 7
#: Seconds for which the code of a sign-up counts; after that nobody is waiting for it.
CODE_SECONDS = 15 * 60
ENTRY_HOURS = 24


class Refused(Exception):
    """Something that was asked for is not possible (any more); the message is for people."""


class AccountExists(Refused):
    """An invitation for an address that has an account meanwhile."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and the secret of its link, which is known only now."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    name: str,
    role: Role,
    unit: "Unit | None" = None,
    body: "Body | None" = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Invited:
    """Invite somebody to an account with one role; the caller mails the link after commit."""
    _require_right(by, role, unit, body)
    email = email.strip().lower()
    if queries.has_account(email):
        raise Refused(_("There is an account with this address already. Give it a role instead of inviting it."))
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        name=name.strip(),
        role=role,
        unit=unit,
        body=body,
        valid_from=valid_from or timezone.localdate(),
        valid_to=valid_to,
        digest=link_digest(token),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    invitation.full_clean()
    invitation.save()
    detail = {"name": invitation.name, "email": email, **_told(invitation)}
    record(by.by, "accounts.invitation.send", f"accounts.Invitation:{invitation.pk}", detail, personal=True)
    return Invited(invitation, token)


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation) -> None:
    """Make an invitation that was not yet accepted useless."""
    _require_right(by, Role(invitation.role), invitation.unit, invitation.body)
    done = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True)
    if not done.update(withdrawn_at=timezone.now()):
        raise Refused(_("This invitation was accepted or withdrawn already."))
    record(by.by, "accounts.invitation.withdraw", f"accounts.Invitation:{invitation.pk}")


@transaction.atomic
def accept(*, token: str, name: str, password: str) -> User:
    """Make the account that an invitation promises; once, in time.

    Raises AccountExists where another invitation was quicker, Refused, or ValidationError on the password.
    """
    invitation = queries.invitation_for(link_digest(token))
    # The conditional update decides between two clicks at once, not the look before it.
    if invitation is None or not Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(
        accepted_at=timezone.now()
    ):
        raise Refused(_("This invitation was used already or is too old. Ask for a new one."))
    there = AccountExists(_("There is an account with this address already. Sign in with it."))
    if queries.has_account(invitation.email):
        raise there
    drop_unfinished(email=invitation.email)  # whoever holds the link has the mailbox, which its maker never proved
    try:
        user = _account(invitation.email, name, password)
    except IntegrityError:  # two invitations to one address, accepted at once
        raise there from None
    grant = Grant(user=user, given_by=invitation.invited_by)
    for what in ("role", "unit", "body", "valid_from", "valid_to"):
        setattr(grant, what, getattr(invitation, what))
    grant.full_clean()
    grant.save()
    record(user.by, "accounts.invitation.accept", f"accounts.Invitation:{invitation.pk}", {"grant": grant.pk})
    return user


@reach.opened("an account that nobody finished goes with all that hangs on it")
@transaction.atomic
def drop_unfinished(*, email: str, older_than: int = 0) -> int:
    """Delete an account that nobody finished making, so that its address is free; returns how many.

    ``older_than`` (seconds) spares one whose code may still be typed in. Neither name nor address is left behind.
    """
    before = timezone.now() - timedelta(seconds=older_than)
    gone = list(queries.unfinished(email).filter(joined_at__lte=before).select_for_update())
    for user in gone:
        record(By.system("sign_up"), "accounts.user.drop", f"accounts.User:{user.pk}")
        user.delete()
    return len(gone)


@transaction.atomic
def let_unfinished_go(*, by: By, accounts: Sequence[int]) -> None:
    """Delete accounts that nobody finished making; those that somebody finished meanwhile stay."""
    for user in queries.never_finished().filter(pk__in=accounts).select_for_update(of=("self",)):
        record(by, "accounts.user.drop", f"accounts.User:{user.pk}")
        user.delete()


@transaction.atomic
def note_confirmed(*, user: User) -> None:
    """Write down that somebody proved their address: of a new account, or a new one of an account in use."""
    action = "accounts.user.sign_up" if user.last_login is None else "accounts.user.change_address"
    record(user.by, action, f"accounts.User:{user.pk}")


@transaction.atomic
def note_proven(*, user: User, provider: str) -> None:
    """Write down that the state's sign-in told who somebody is; not whom it named."""
    record(user.by, "accounts.user.prove", f"accounts.User:{user.pk}", {"provider": provider})


@transaction.atomic
def give(
    *,
    by: User,
    user: User,
    role: Role,
    unit: "Unit | None" = None,
    body: "Body | None" = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Grant:
    """Give an account a role. Nobody gives one to themselves."""
    _require_right(by, role, unit, body)
    if by == user:
        raise Refused(_("Nobody gives a role to their own account. Ask somebody else who may."))
    grant = Grant(user=user, role=role, unit=unit, body=body, valid_to=valid_to, given_by=by)
    grant.valid_from = valid_from or timezone.localdate()
    return _enter(grant, by.by)


@transaction.atomic
def change(*, by: User, grant: Grant, version: int, valid_from: date, valid_to: date | None) -> Grant:
    """Change the days of a grant; its role and place never change: end it and give another.

    ``version`` is what the person saw: Stale where somebody changed the days since. A grant that has ended, and a
    longer reach for one's own account, are refused.
    """
    _require_right(by, Role(grant.role), grant.unit, grant.body)
    if by == grant.user:
        raise Refused(_("Nobody gives a role to their own account. Ask somebody else who may."))
    before = {"valid_from": grant.valid_from, "valid_to": grant.valid_to}
    grant.valid_from, grant.valid_to, grant.version = valid_from, valid_to, version
    grant.full_clean()
    try:
        grant.keep("valid_from", "valid_to", ended_at__isnull=True)
    except Stale:
        if Grant.objects.filter(pk=grant.pk, ended_at__isnull=False).exists():
            raise Refused(_("This grant has ended already.")) from None
        raise
    detail = {"before": before, "after": {"valid_from": valid_from, "valid_to": valid_to}}
    record(by.by, "accounts.grant.change", f"accounts.Grant:{grant.pk}", detail)
    return grant


@transaction.atomic
def end(*, by: User, grant: Grant, reason: str) -> Grant:
    """End a grant now: the next request of its account is judged without it.

    The last one that reaches the accounts of the whole site stays: without it nobody could give another.
    """
    _require_right(by, Role(grant.role), grant.unit, grant.body)
    _keep_an_administrator(grant)
    if not Grant.objects.filter(pk=grant.pk, ended_at__isnull=True).update(
        ended_at=timezone.now(), version=F("version") + 1
    ):
        raise Refused(_("This grant has ended already."))
    grant.refresh_from_db()
    record(by.by, "accounts.grant.end", f"accounts.Grant:{grant.pk}", {"reason": reason})
    return grant


def _keep_an_administrator(grant: Grant) -> None:
    everywhere = Grant.objects.filter(role=Role.ADMINISTRATOR, unit__isnull=True, body__isnull=True)
    today = timezone.localdate()
    lasting = everywhere.filter(valid_from__lte=today, valid_to__isnull=True, ended_at__isnull=True)
    found = set(lasting.filter(user__is_active=True).select_for_update(of=("self",)).values_list("pk", flat=True))
    if found == {grant.pk}:
        raise Refused(_("This is the last administrator of the site. Give somebody else that role first."))


@transaction.atomic
def create_administrator(*, by: By, email: str, name: str, password: str) -> User:
    """The first account of an instance, made on the server's own command line."""
    user = _account(email.strip().lower(), name, password)
    _enter(Grant(user=user, role=Role.ADMINISTRATOR), by)
    return user


@transaction.atomic
def create_sample_account(*, by: By, email: str, name: str, role: Role, unit: "Unit | None" = None) -> User:
    """An invented account without password, marked as such; the one that is there is returned as it is."""
    found = User.objects.filter(email=email).first()
    if found:
        return found
    user = User(email=email, name=name, is_sample=True)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    _enter(Grant(user=user, role=role, unit=unit), by)
    return user


@transaction.atomic
def mint_sample_link(*, by: By, user: User) -> str:
    """The secret of a one-time link that signs in an invented account; older links of it die.

    Raises Refused for real accounts, and wherever others than this machine can reach the site.
    """
    if not user.is_sample or not settings.SOYOL_LOOPBACK:
        raise Refused("sign-in links exist only for sample accounts, on a site that only this machine reaches")
    EntryLink.objects.filter(user=user).delete()
    token = secrets.token_urlsafe(32)
    EntryLink.objects.create(
        user=user, digest=link_digest(token), expires_at=timezone.now() + timedelta(hours=ENTRY_HOURS)
    )
    record(by, "accounts.entry.mint", f"accounts.User:{user.pk}")
    return token


@transaction.atomic
def use_sample_link(*, token: str) -> User:
    """The account that a link signs in; the link is used up by this."""
    fresh = EntryLink.objects.filter(digest=link_digest(token), used_at__isnull=True, expires_at__gt=timezone.now())
    link = fresh.select_related("user").first()
    usable = link is not None and settings.SOYOL_LOOPBACK and link.user.is_sample and link.user.is_active
    if link is None or not usable or not fresh.update(used_at=timezone.now()):
        raise Refused(_("This link was used already or is too old. Start the site again to get a new one."))
    record(link.user.by, "accounts.entry.use", f"accounts.User:{link.user.pk}")
    return link.user


def link_digest(token: str) -> str:
    """What is kept of a link: tokens are long and random, so a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


def _account(email: str, name: str, password: str) -> User:
    """A new account that signs in with a password."""
    user = User(email=email, name=name.strip())
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def _enter(grant: Grant, by: By) -> Grant:
    """Check and write a new grant with its audit entry."""
    _require_place(Role(grant.role), grant.unit)
    grant.full_clean()
    grant.save()
    detail = {"user": grant.user_id, **_told(grant)}
    record(by, "accounts.grant.give", f"accounts.Grant:{grant.pk}", detail)
    return grant


def _require_place(role: Role, unit: "Unit | None") -> None:
    if role in rules.NEEDS_UNIT and unit is None:
        raise ValidationError({"unit": _("This role needs a place.")})


def _require_right(by: User, role: Role, unit: "Unit | None", body: "Body | None") -> None:
    """Who manages grants of a place or a body gives none outside it; one for everything needs everything."""
    if not queries.may(by, Permission.MANAGE_GRANTS, unit, body.pk if body else None):
        raise PermissionDenied
    _require_place(role, unit)


def _told(granted: Grant | Invitation) -> dict[str, object]:
    return {
        "role": str(granted.role),
        "unit": granted.unit_id,
        "body": granted.body_id,
        "valid_from": granted.valid_from.isoformat(),
        "valid_to": granted.valid_to.isoformat() if granted.valid_to else None,
    }


@transaction.atomic
def end_all_sessions(*, by: By) -> int:
    """Sign everybody out; returns how many sessions ended."""
    ended, _each = Session.objects.all().delete()
    record(by, "accounts.session.end_all", "sessions.Session", {"count": ended})
    return ended


@transaction.atomic
def erase_account(*, by: By, user: User) -> None:
    """Take the name, the addresses and every way of signing in away; the number stays, for the audit names it."""
    User.objects.filter(pk=user.pk).update(
        name="", email=f"erased-{user.pk}@erased.invalid", is_active=False, password=f"!{secrets.token_hex(20)}"
    )
    EmailAddress.objects.filter(user_id=user.pk).delete()
    Authenticator.objects.filter(user_id=user.pk).delete()
    EntryLink.objects.filter(user_id=user.pk).delete()
    Recovery.objects.filter(user_id=user.pk).update(email="", compared="")
    Grant.objects.filter(user_id=user.pk, ended_at__isnull=True).update(ended_at=timezone.now())
    Invitation.objects.filter(email=user.email).delete()
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    record(by, "accounts.account.erase", f"accounts.User:{user.pk}", {})
