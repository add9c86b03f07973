"""What waits: for an officer, and for the person themselves."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from soyol.accounts.models import User
from soyol.claims.choices import Capacity, ClaimState, Proof
from soyol.claims.models import Attempt, Claim, Handover
from soyol.claims.queries.holding import contested, current_holds
from soyol.fields import reach
from soyol.registry.choices import Face
from soyol.registry.models import DirectoryEntry
from soyol.registry.queries.numbers import end_of
from soyol.registry.queries.scope import Scope


def code_asked_by(user: User, pk: int) -> Attempt | None:
    """The code that an account asked for and has not entered yet."""
    reach.narrow()
    return Attempt.objects.filter(pk=pk, user=user, used_at__isnull=True).first()


def document_claim_of(user: User, pk: UUID) -> Claim | None:
    """A claim of an account by a document, or an enrolment, while nobody has decided it."""
    reach.narrow()
    by_officer = Q(proof=Proof.DOCUMENT) | Q(enrolled=True)
    return Claim.rows().filter(by_officer, pk=pk, user=user, state=ClaimState.OPEN).first()


def open_claims_of(user: User) -> QuerySet[Claim]:
    """Claims of an account that wait, and those that were refused of late."""
    reach.narrow()
    lately = timezone.now() - timedelta(days=30)
    wanted = Q(state=ClaimState.OPEN) | Q(state=ClaimState.REFUSED, decided_at__gte=lately)
    return Claim.rows().filter(wanted, user=user).select_related("actor", "document").order_by("-made_at")


def claims_to_check(units: frozenset[str] | None) -> QuerySet[Claim]:
    """Claims that wait for an officer of these units (None: of the whole country), the most pressing first."""
    return claims_of(units).filter(state=ClaimState.OPEN).select_related("actor", "user", "unit")


def claims_of(units: frozenset[str] | None) -> QuerySet[Claim]:
    """Claims that are for an officer of these units (None: of the whole country), whatever became of them."""
    if units is None:
        return Claim.rows()
    reach.keep()
    return Claim.rows().filter(unit__in=units)


@reach.opened("only whether there is another one is told")
def holds_another(claim: Claim) -> bool:
    """Whether who claims an entry as their own person holds another one so already."""
    if claim.capacity != Capacity.SELF:
        return False
    mine = current_holds().filter(user=claim.user, capacity=Capacity.SELF).select_related("actor")
    theirs = end_of(claim.actor).pk if claim.actor else None
    return any(end_of(hold.actor).pk != theirs for hold in mine)


def contested_entries(scope: Scope) -> list[DirectoryEntry]:
    """Entries that more than one account holds as their own, as far as an officer sees them."""
    ends = {end_of(hold.actor).pk for hold in current_holds().filter(capacity=Capacity.SELF).select_related("actor")}
    entries = DirectoryEntry.objects.filter(scope.condition(), actor_id__in=contested(ends), face=Face.STAFF)
    return list(entries.order_by("sort_key", "pk"))


@reach.opened("whoever has the link was given it")
def handover_for(digest: str) -> Handover | None:
    """The link with this hash, while it can be accepted."""
    fresh = Handover.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())
    return fresh.filter(digest=digest, hold__ended_at__isnull=True).select_related("hold__actor", "hold__user").first()
