"""Taking what people wrote and proved about an entry out of its claims."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit import actions as audit
from soyol.claims.choices import ClaimState
from soyol.claims.models import Attempt, Claim, Handover, Hold
from soyol.files import actions as files


@transaction.atomic
def erase_claims(*, by: By, actors: Collection[int]) -> int:
    """Empty the claims to ``actors``, end what is held of them, and take documents and codes away."""
    now = timezone.now()
    claims = Claim.rows().filter(actor__in=actors)
    for each in claims.filter(document__isnull=False).select_related("document"):
        document = each.document
        Claim.rows().filter(pk=each.pk).update(document=None)
        if document is not None:
            files.forget(by=by, stored=document)
    claims.filter(state=ClaimState.OPEN).update(state=ClaimState.WITHDRAWN, decided_at=now)
    touched = claims.update(told={}, reason="", agreed=[], seen="")
    Attempt.objects.filter(actor__in=actors).delete()
    holds = Hold.objects.filter(actor__in=actors)
    Handover.objects.filter(hold__in=holds, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )
    holds.filter(ended_at__isnull=True).update(ended_at=now)
    holds.update(end_reason="", ended_by="")
    if touched:
        audit.record(by, "claims.claim.erase", "claims.Claim", {"count": touched})
    return touched


@transaction.atomic
def empty_claims_of(*, by: By, user: User) -> int:
    """Take what an account wrote out of its claims, all of them decided, and its codes away; how many claims."""
    Attempt.objects.filter(user=user).delete()
    touched = Claim.rows().filter(user=user).update(told={}, reason="", agreed=[], seen="")
    if touched:
        audit.record(by, "claims.claim.erase", "claims.Claim", {"count": touched})
    return touched
