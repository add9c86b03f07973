"""Who may do what, where: asked of the grants each time, never of a copy of them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Literal

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from soyol.accounts import rules
from soyol.accounts.choices import Permission, Role
from soyol.accounts.models import Grant, Invitation, User
from soyol.places import queries as places

if TYPE_CHECKING:
    from soyol.places.models import Unit


class Scope(Enum):
    """Where a permission is asked for or held, besides single places."""

    ALL = "all"  # the whole country
    ANYWHERE = "anywhere"  # in at least one place


ALL = Scope.ALL
ANYWHERE = Scope.ANYWHERE


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

    ``unit`` left out asks "anywhere?"; a unit (or its code) asks for that place; None asks for something that has
    no place, which only a grant for the whole country covers. ``body`` asks for that body: a grant without body
    covers it.
    """
    grants = current_grants(user).filter(role__in=rules.roles_with(permission))
    if body is not None:
        grants = grants.filter(Q(body__isnull=True) | Q(body=body))
    if unit is ALL or unit is None:
        grants = grants.filter(unit__isnull=True)
    elif unit is not ANYWHERE:
        grants = grants.filter(Q(unit__isnull=True) | Q(unit__in=places.with_ancestors(_code(unit))))
    return grants.exists()


def scope(user: User | AnonymousUser, permission: Permission) -> frozenset[str] | Literal[Scope.ALL]:
    """The codes of all units (those below included) for which ``user`` holds ``permission``, or ALL."""
    held = set(current_grants(user).filter(role__in=rules.roles_with(permission)).values_list("unit", flat=True))
    if None in held:
        return Scope.ALL
    return frozenset(places.with_descendants({code for code in held if code}))


def permissions(user: User | AnonymousUser) -> frozenset[Permission]:
    """Everything that ``user`` may do somewhere: for menus, never for deciding."""
    roles = current_grants(user).values_list("role", flat=True)
    return frozenset(held for role in set(roles) for held in rules.PERMISSIONS[Role(role)])


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
    """Accounts whose grants ``user`` may see: all, or those with a grant in the places where they may."""
    area = scope(user, Permission.SEE_ACCOUNTS)
    users = User.objects.prefetch_related("grants__unit", "grants__body")
    return users if area is Scope.ALL else users.filter(grants__unit__in=area).distinct()


def grants_to_show(user: User | AnonymousUser) -> QuerySet[Grant]:
    """Grants that ``user`` may see, with what a list shows of them."""
    area = scope(user, Permission.SEE_ACCOUNTS)
    grants = Grant.objects.select_related("user", "unit", "body", "given_by")
    return grants if area is Scope.ALL else grants.filter(unit__in=area)


def open_invitations(user: User | AnonymousUser) -> QuerySet[Invitation]:
    """Invitations that wait to be accepted, as far as ``user`` may see accounts."""
    area = scope(user, Permission.SEE_ACCOUNTS)
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).select_related(
        "unit", "body"
    )
    return waiting if area is Scope.ALL else waiting.filter(unit__in=area)


def invitation_for(digest: str) -> Invitation | None:
    """The invitation with this hash of its link, while it can still be accepted."""
    return Invitation.objects.filter(
        digest=digest, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
    ).first()


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


def _code(unit: "Unit | str | Scope") -> str:
    return unit if isinstance(unit, str) else str(unit.pk) if not isinstance(unit, Scope) else ""
