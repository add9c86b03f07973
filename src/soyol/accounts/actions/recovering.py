"""Giving an account back to somebody who lost its address: an officer begins it, a link to the new address ends it."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from soyol.accounts import letters, queries
from soyol.accounts.actions.granting import drop_unfinished, link_digest
from soyol.accounts.choices import Document, Permission
from soyol.accounts.models import Recovery, User
from soyol.accounts.rules import RecoveryRefused
from soyol.audit.actions import record

RECOVERY_HOURS = 24


@transaction.atomic
def begin_recovery(
    *, by: User, user: User, email: str, document: Document, compared: str, link: Callable[[str], str]
) -> Recovery:
    """Send a link to the new address, with which its reader takes the account over; tell the old address at once.

    ``document`` and ``compared`` say how the officer made sure who the person is; ``link`` makes an address of a token.
    Raises RecoveryRefused where the account is the officer's own, holds a role or may not sign in, where the address is
    taken, and while another recovery of it is open.
    """
    _require_right(by)
    email = email.strip().lower()
    validate_email(email)
    # Whoever comes second waits here, and finds the first one open.
    locked = User.objects.select_for_update().get(pk=user.pk)
    _require_recoverable(locked, by)
    if email == locked.email or queries.has_account(email):
        raise RecoveryRefused("address")
    now = timezone.now()
    Recovery.objects.filter(user=locked, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__lte=now).update(
        withdrawn_at=now
    )
    token = secrets.token_urlsafe(32)
    recovery = Recovery(
        user=locked,
        email=email,
        document=document,
        compared=compared.strip(),
        digest=link_digest(token),
        begun_by=by,
        begun_at=now,
        expires_at=now + timedelta(hours=RECOVERY_HOURS),
    )
    try:
        with transaction.atomic():
            recovery.save()
    except IntegrityError:
        raise RecoveryRefused("open") from None
    detail = {"kind": str(document), "reason": recovery.compared}
    record(by.by, "accounts.recovery.begin", f"accounts.User:{locked.pk}", detail, personal=True)
    letters.recovery_begun(by=by.by, user=locked, expires_at=recovery.expires_at)
    letters.recovery_link(by=by.by, user=locked, email=email, link=link(token), expires_at=recovery.expires_at)
    return recovery


@transaction.atomic
def withdraw_recovery(*, by: User, recovery: Recovery) -> None:
    """Make the link of an open recovery useless. RecoveryRefused where it was used or withdrawn already."""
    _require_right(by)
    open_one = Recovery.objects.filter(pk=recovery.pk, used_at__isnull=True, withdrawn_at__isnull=True)
    if not open_one.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        raise RecoveryRefused("over")
    record(by.by, "accounts.recovery.withdraw", f"accounts.User:{recovery.user_id}")


@transaction.atomic
def finish_recovery(*, token: str, password: str) -> User:
    """Give the account to whoever holds the link: new address and password, no second factor, every session ended.

    Works once, in time, and only while the account may still be recovered. Raises RecoveryRefused, or ValidationError
    on the password, and then changes nothing. Costs a look at every open session of the site.
    """
    recovery = queries.recovery_for(link_digest(token))
    if recovery is None:
        raise RecoveryRefused("over")
    user = User.objects.select_for_update().get(pk=recovery.user_id)
    _require_recoverable(user)
    if queries.has_account(recovery.email):
        raise RecoveryRefused("address")
    validate_password(password, User(email=recovery.email, name=user.name))
    # The conditional update decides between two clicks at once, not the look before it.
    mine = Recovery.objects.filter(pk=recovery.pk, used_at__isnull=True, withdrawn_at__isnull=True)
    if not mine.update(used_at=timezone.now()):
        raise RecoveryRefused("over")
    drop_unfinished(email=recovery.email)
    old, user.email = user.email, recovery.email
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # somebody made an account with it at this very moment
        raise RecoveryRefused("address") from None
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
    record(user.by, "accounts.recovery.finish", f"accounts.User:{user.pk}")
    letters.recovery_done(by=user.by, user=user, old=old)
    return user


def _end_sessions(user: User) -> None:
    """Also those in which somebody has told the old password and not yet the second factor."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        told = session.get_decoded()
        waiting = told.get("account_login") or {}
        if told.get("_auth_user_id") == str(user.pk) or waiting.get("user_pk") == user_pk_to_url_str(user):
            session.delete()


def _require_right(by: User) -> None:
    if not queries.may(by, Permission.RECOVER_ACCOUNTS):
        raise PermissionDenied


def _require_recoverable(user: User, by: User | None = None) -> None:
    why = queries.why_not_recoverable(user, by)
    if why:
        raise RecoveryRefused(why)
