"""Letting go what was written and sent to show whose an entry is, once its time is over."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from soyol.audit import By
from soyol.claims.models import Claim, Handover, Hold
from soyol.files import actions as files


@transaction.atomic
def forget_documents(*, by: By, claims: Sequence[Any]) -> None:
    """Take the documents of claims away for good; the claims stay, and say when that was."""
    there = Claim.rows().filter(pk__in=claims, document__forgotten_at__isnull=True)
    for each in there.exclude(document=None).select_related("document"):
        if each.document is not None:
            files.forget(by=by, stored=each.document)


@transaction.atomic
def let_claims_go(*, by: By, claims: Sequence[Any]) -> None:
    """Delete claims by which nothing is held, with their documents."""
    forget_documents(by=by, claims=claims)
    Claim.rows().filter(pk__in=claims).delete()


@transaction.atomic
def let_holds_go(*, by: By, holds: Sequence[Any]) -> None:
    """Delete that somebody held an entry once, with the claim by which they came to it and what they offered."""
    ended = Hold.objects.filter(pk__in=holds, ended_at__isnull=False)
    theirs = list(ended.values_list("claim_id", flat=True))
    Handover.objects.filter(hold__in=ended).delete()
    ended.delete()
    let_claims_go(by=by, claims=theirs)
