"""How long accounts, invitations, links and sessions are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from allauth.account.models import EmailConfirmation
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.accounts.actions import let_unfinished_go
from soyol.accounts.models import EntryLink, Invitation, Recovery, User
from soyol.accounts.queries import never_finished
from soyol.fields.keeping import ANSWERED, DONE, NOBODY, Row, keeps

_EXPIRED = gettext_noop("it ceased to work")


def _invitations(before: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__lt=before)


def _links(before: datetime) -> QuerySet[EntryLink]:
    return EntryLink.objects.filter(expires_at__lt=before)


def _recoveries(before: datetime) -> QuerySet[Recovery]:
    return Recovery.objects.filter(expires_at__lt=before)


def _sessions(before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)


def _confirmations(before: datetime) -> QuerySet[EmailConfirmation]:
    found: QuerySet[EmailConfirmation] = EmailConfirmation.objects.filter(created__lt=before)
    return found


def _unfinished(before: datetime) -> QuerySet[User]:
    return never_finished().filter(joined_at__lt=before)


def _invitations_go(by: Any, keys: Sequence[Any]) -> None:
    Invitation.objects.filter(pk__in=keys).delete()


def _links_go(by: Any, keys: Sequence[Any]) -> None:
    EntryLink.objects.filter(pk__in=keys).delete()


def _recoveries_go(by: Any, keys: Sequence[Any]) -> None:
    Recovery.objects.filter(pk__in=keys).delete()


def _sessions_go(by: Any, keys: Sequence[Any]) -> None:
    Session.objects.filter(pk__in=keys).delete()


def _confirmations_go(by: Any, keys: Sequence[Any]) -> None:
    EmailConfirmation.objects.filter(pk__in=keys).delete()


def _unfinished_go(by: Any, keys: Sequence[Any]) -> None:
    let_unfinished_go(by=by, accounts=keys)


keeps(
    Row(
        "accounts.session",
        ("sessions.Session",),
        gettext_noop("visits in which somebody was signed in"),
        DONE,
        gettext_noop("it ended"),
        _sessions,
        _sessions_go,
    ),
    Row(
        "accounts.confirmation",
        ("account.EmailConfirmation",),
        gettext_noop("letters by which an address is proved"),
        DONE,
        gettext_noop("it was sent"),
        _confirmations,
        _confirmations_go,
    ),
    Row(
        "accounts.unfinished",
        ("accounts.User",),
        gettext_noop("accounts whose address nobody proved"),
        DONE,
        gettext_noop("it was begun"),
        _unfinished,
        _unfinished_go,
    ),
    Row(
        "accounts.entry_link",
        ("accounts.EntryLink",),
        gettext_noop("one-time links to sign in by"),
        DONE,
        _EXPIRED,
        _links,
        _links_go,
    ),
    Row(
        "accounts.invitation",
        ("accounts.Invitation",),
        gettext_noop("invitations to an account: name and address"),
        DONE,
        _EXPIRED,
        _invitations,
        _invitations_go,
    ),
    Row(
        "accounts.recovery",
        ("accounts.Recovery",),
        gettext_noop("accounts that were given back: the new address, and what was compared"),
        ANSWERED,
        _EXPIRED,
        _recoveries,
        _recoveries_go,
    ),
    Row(
        "accounts.account",
        ("accounts.User", "account.EmailAddress", "mfa.Authenticator"),
        gettext_noop("accounts with name, address and ways of signing in"),
        gettext_noop("Its owner uses it, and goes when they ask to be erased."),
    ),
    Row(
        "accounts.grant",
        ("accounts.Grant",),
        gettext_noop("which account held which role, from when to when"),
        gettext_noop("Without it nobody could tell whether what somebody did then was theirs to do."),
    ),
    Row(
        "accounts.kinds",
        ("auth.Group", "auth.Permission", "contenttypes.ContentType"),
        gettext_noop("kinds of tables"),
        NOBODY,
    ),
)
