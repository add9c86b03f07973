"""Who may do what, where: asked of the grants, once for each request and never of a copy that outlives it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Literal

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from soyol.accounts import rules
from soyol.accounts.choices import Permission, Role
from soyol.accounts.models import Grant, Invitation, Recovery, User
from soyol.audit import By
from soyol.fields import LanguageMap, reach
from soyol.places import queries as places

if TYPE_CHECKING:
    from soyol.places.models import Unit


class Scope(Enum):
    """Where a permission is asked for or held, besides single places."""

    ALL = "all"  # the whole country
    ANYWHERE = "anywhere"  # for at least something


#: Letters of an office that the audit keeps.
OFFICE_LETTERS = 300

ALL = Scope.ALL
ANYWHERE = Scope.ANYWHERE


@dataclass(frozen=True, slots=True)
class Held:
    """A grant that counts today, with the names of its place and its body by language."""

    role: Role
    unit: str | None
    body: int | None
    unit_names: LanguageMap | None
    body_names: LanguageMap | None


#: Account → its grants, while one request is answered.
_known: ContextVar[dict[int, list[Held]] | None] = ContextVar("grants", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """In here the grants of an account are read once: a request is answered with the rights it began with."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def held_today(user: User | AnonymousUser) -> list[Held]:
    """The grants of ``user`` that count today, the oldest first."""
    known = _known.get()
    pk = user.pk if known is not None and isinstance(user, User) and user.is_active else None
    if known is None or pk is None:
        return _read_grants(user)
    if pk not in known:
        known[pk] = _read_grants(user)
    return known[pk]


def _read_grants(user: User | AnonymousUser) -> list[Held]:
    rows = current_grants(user).order_by("pk")
    told = rows.values_list("role", "unit", "body", "unit__names", "body__names")
    known = set(Role.values)  # a later version may have written others
    return [Held(Role(role), unit, body, *names) for role, unit, body, *names in told if role in known]


def current_grants(user: User | AnonymousUser, on: date | None = None) -> QuerySet[Grant]:
    """The grants of ``user`` that count on a day (default: today)."""
    if not isinstance(user, User) or not user.is_active:
        return Grant.objects.none()
    day = on or timezone.localdate()
    in_time = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Grant.objects.filter(in_time, user=user, valid_from__lte=day, ended_at__isnull=True, user__is_active=True)


def may(
    user: User | AnonymousUser,
    permission: Permission,
    unit: "Unit | str | Scope | None" = ANYWHERE,
    body: int | None = None,
) -> bool:
    """Whether ``user`` holds ``permission`` today.

    With neither ``unit`` nor ``body`` it asks "for anything at all?". ``unit`` (or its code) asks for something that
    lies there, None for something that has no place; ``body`` asks for something of that body, None for something
    of nobody's. A grant with a body covers what is that body's, a grant with a unit what lies there, with both what
    is both: whatever has no place, or no body, is covered only by grants without one.
    """
    if permission in rules.WHOLE or unit is not ANYWHERE or body is not None:
        reach.narrow()
    return bool(_covering(_holding(user, permission), unit, body))


def scope(user: User | AnonymousUser, permission: Permission) -> frozenset[str] | Literal[Scope.ALL]:
    """Where ``user`` holds ``permission`` for what has a place but no body: codes of units and of all below, or ALL.

    Grants for a body reach nothing of this kind; for what can belong to a body ask ``within``.
    """
    held = {grant.unit for grant in _holding(user, permission) if grant.body is None}
    reach.narrow(owes=None not in held)
    if None in held:
        return Scope.ALL
    return frozenset(places.with_descendants({code for code in held if code}))


def within(user: User | AnonymousUser, permission: Permission, *, unit: str = "unit", body: str = "body") -> Q:
    """A condition on rows with a place and a body: those for which ``user`` holds ``permission``.

    ``unit`` and ``body`` are the ways from a row to them. One query, and one for each place of a grant.
    """
    reach.narrow()
    reached = Q(pk__in=[])
    for place, owner in {(grant.unit, grant.body) for grant in _holding(user, permission)}:
        if place is None and owner is None:
            return Q()
        one = Q() if place is None else Q(**{f"{unit}__in": places.with_descendants({place})})
        reached |= one if owner is None else one & Q(**{body: owner})
    return reached


def permissions(
    user: User | AnonymousUser, unit: "Unit | str | Scope | None" = ANYWHERE, body: int | None = None
) -> frozenset[Permission]:
    """Everything that ``user`` may do somewhere, or with what lies in ``unit`` and is of ``body``.

    For what pages offer, never for deciding: that is ``may``.
    """
    return frozenset(
        held
        for grant in _covering(held_today(user), unit, body)
        for held in rules.given(grant.role, placed=grant.unit is not None, owned=grant.body is not None)
    )


def account_behind(by: By) -> User | None:
    """The account of a person who acts, while it may sign in."""
    known = by.kind == "person" and by.id.isdecimal()
    return User.objects.filter(pk=int(by.id), is_active=True).first() if known else None


def office_of(user: User | AnonymousUser) -> str:
    """For whom an account acts today, in words of the site's first language: its roles with their body or place."""
    with override(settings.LANGUAGE_CODE):
        told = [", ".join([str(grant.role.label), *_where(grant)]) for grant in held_today(user)]
    return "; ".join(dict.fromkeys(told))[:OFFICE_LETTERS]


def _where(grant: Held) -> list[str]:
    named = (grant.body_names, grant.unit_names)
    return [text for names in named if names and (text := names.best(settings.LANGUAGE_CODE))]


def _holding(user: User | AnonymousUser, permission: Permission) -> list[Held]:
    """The grants of today that give ``permission``."""
    roles = rules.roles_with(permission)
    grants = [grant for grant in held_today(user) if grant.role in roles]
    if permission in rules.WHOLE:
        return [grant for grant in grants if grant.unit is None and grant.body is None]
    return grants if permission in rules.OF_BODIES else [grant for grant in grants if grant.body is None]


def _covering(grants: Iterable[Held], unit: "Unit | str | Scope | None", body: int | None) -> list[Held]:
    """Those of ``grants`` that cover something there, of that body."""
    owners = {None} if body is None else {None, body}
    anybodys = body is None and unit is ANYWHERE
    found = [grant for grant in grants if anybodys or grant.body in owners]
    if unit is ANYWHERE or not any(grant.unit for grant in found):
        return found
    around = set() if unit is ALL or unit is None else set(places.with_ancestors(_code(unit)))
    return [grant for grant in found if grant.unit is None or grant.unit in around]


def holders(permission: Permission, *, units: Sequence[str | None]) -> QuerySet[User]:
    """Accounts that hold ``permission`` today for something that lies in all of ``units`` and is no body's, by name."""
    day = timezone.localdate()
    in_time = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    grants = Grant.objects.filter(
        in_time, role__in=rules.roles_with(permission), valid_from__lte=day, ended_at__isnull=True, body__isnull=True
    )
    found = User.objects.filter(is_active=True)
    around = places.around(unit for unit in units if unit is not None)
    for unit in dict.fromkeys(units):
        reached = Q(unit__isnull=True) | Q(unit__in=around.get(unit or "", []))
        found = found.filter(pk__in=grants.filter(reached).values("user"))
    return found


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """True for one who may see personal data but signs in with a password alone.

    Invented accounts on a site that only this machine reaches are let off.
    """
    from allauth.mfa.models import Authenticator

    if not isinstance(user, User) or (user.is_sample and settings.SOYOL_LOOPBACK):
        return False
    if not may(user, Permission.SEE_PERSONAL) and not may(user, Permission.MANAGE_GRANTS):
        return False
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user=user, type__in=strong).exists()


def manageable_users(user: User | AnonymousUser) -> QuerySet[User]:
    """Accounts with a grant that ``user`` may see, each with these grants; with everything in reach, all accounts."""
    shown = grants_to_show(user)
    users = User.objects.prefetch_related(Prefetch("grants", shown))
    return users if not within(user, Permission.SEE_ACCOUNTS) else users.filter(pk__in=shown.order_by().values("user"))


def officers(user: User | AnonymousUser) -> QuerySet[User]:
    """Those of ``manageable_users`` who have or had a grant: people with an account alone are in nobody's list."""
    return manageable_users(user).filter(pk__in=Grant.objects.order_by().values("user"))


def with_address(user: User | AnonymousUser, email: str) -> QuerySet[User]:
    """The one of ``manageable_users`` with exactly this address, for whoever knows it."""
    return manageable_users(user).filter(email=email.strip().lower())


def grants_to_show(user: User | AnonymousUser) -> QuerySet[Grant]:
    """Grants that ``user`` may see, with what a list shows of them."""
    reached = within(user, Permission.SEE_ACCOUNTS)
    return Grant.objects.select_related("user", "unit", "body", "given_by").filter(reached)


def open_invitations(user: User | AnonymousUser) -> QuerySet[Invitation]:
    """Invitations that wait to be accepted, as far as ``user`` may see accounts."""
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.select_related("unit", "body").filter(within(user, Permission.SEE_ACCOUNTS))


def invitation_for(digest: str) -> Invitation | None:
    """The invitation with this hash of its link, while it can still be accepted."""
    return Invitation.objects.filter(
        digest=digest, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
    ).first()


def open_recoveries() -> QuerySet[Recovery]:
    """Recoveries whose link still works, the newest first."""
    waiting = Recovery.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())
    return waiting.select_related("user", "begun_by")


def recovery_for(digest: str) -> Recovery | None:
    """The recovery with this hash of its link, while it can still be finished."""
    return open_recoveries().filter(digest=digest).first()


def account_called(told: str) -> User | None:
    """The account with exactly this address or number."""
    told = told.strip().lower()
    number = told.isascii() and told.isdigit() and len(told) < 19  # digits of a number that a database holds
    return User.objects.filter(Q(pk=int(told)) if number else Q(email=told)).first()


def why_not_recoverable(user: User, by: User | None = None) -> str:
    """Why an officer may not give this account back: own, inactive, unfinished or staff; "" where they may.

    Whoever holds a role, today or soon, is staff: a desk must be no way into the desk.
    """
    if by is not None and by.pk == user.pk:
        return "own"
    if not user.is_active:
        return "inactive"
    if unfinished(user.email).filter(pk=user.pk).exists():
        return "unfinished"
    open_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
    return "staff" if Grant.objects.filter(open_ended, user=user, ended_at__isnull=True).exists() else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an account stands with one grant today, in the words of ``state``: coming, current, over or ended."""

    grant: Grant
    state: str


def standings(grants: QuerySet[Grant], on: date | None = None) -> list[Standing]:
    """Each grant with its state on a day (default: today)."""
    day = on or timezone.localdate()
    return [Standing(grant, _state(grant, day)) for grant in grants]


def _state(grant: Grant, day: date) -> str:
    if grant.ended_at:
        return "ended"
    if rules.counts_on(day, grant.valid_from, grant.valid_to):
        return "current"
    return "coming" if day < grant.valid_from else "over"


def has_account(email: str) -> bool:
    """Whether somebody has an account with this address; one that nobody finished making does not count."""
    there = User.objects.filter(email=email.strip().lower())
    return there.exclude(pk__in=unfinished(email).values("pk")).exists()


def unfinished(email: str) -> QuerySet[User]:
    """The account of this address whose maker never proved that the address is theirs, and that nobody ever used."""
    return never_finished().filter(email=email.strip().lower())


def never_finished() -> QuerySet[User]:
    """Every account whose maker never proved its address, and that nobody ever used."""
    told = EmailAddress.objects.values("user")
    begun = User.objects.filter(last_login__isnull=True, is_active=True, is_sample=False)
    begun = begun.filter(pk__in=told).exclude(pk__in=told.filter(verified=True))
    return begun.exclude(pk__in=Grant.objects.values("user"))


def outlived(email: str, seconds: int) -> bool:
    """Whether the account of this address is an unfinished one that is older than ``seconds``."""
    return unfinished(email).filter(joined_at__lte=timezone.now() - timedelta(seconds=seconds)).exists()


def _code(unit: "Unit | str | Scope") -> str:
    return unit if isinstance(unit, str) else str(unit.pk) if not isinstance(unit, Scope) else ""
