"""How long claims to entries, their documents, codes and links are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from soyol.claims.actions.letting_go import forget_documents, let_claims_go, let_holds_go
from soyol.claims.choices import ClaimState
from soyol.claims.models import Attempt, Claim, Handover, Hold
from soyol.fields.keeping import ANSWERED, ASKED, DONE, Row, keeps

_DECIDED = gettext_noop("it was decided")


def _documents(before: datetime) -> QuerySet[Claim]:
    decided = Claim.rows().filter(decided_at__lt=before, document__isnull=False)
    return decided.filter(document__forgotten_at__isnull=True)


def _not_taken(before: datetime) -> QuerySet[Claim]:
    return Claim.rows().filter(state__in=[ClaimState.REFUSED, ClaimState.WITHDRAWN], decided_at__lt=before)


def _ended(before: datetime) -> QuerySet[Hold]:
    return Hold.objects.filter(ended_at__lt=before)


def _codes(before: datetime) -> QuerySet[Attempt]:
    return Attempt.objects.filter(expires_at__lt=before)


def _offers(before: datetime) -> QuerySet[Handover]:
    return Handover.objects.filter(expires_at__lt=before)


def _documents_go(by: Any, keys: Sequence[Any]) -> None:
    forget_documents(by=by, claims=keys)


def _claims_go(by: Any, keys: Sequence[Any]) -> None:
    let_claims_go(by=by, claims=keys)


def _holds_go(by: Any, keys: Sequence[Any]) -> None:
    let_holds_go(by=by, holds=keys)


def _codes_go(by: Any, keys: Sequence[Any]) -> None:
    Attempt.objects.filter(pk__in=keys).delete()


def _offers_go(by: Any, keys: Sequence[Any]) -> None:
    Handover.objects.filter(pk__in=keys).delete()


keeps(
    Row(
        "claims.document",
        ("claims.Claim", "files.StoredFile"),
        gettext_noop("documents by which it was shown whose an entry is"),
        DONE,
        _DECIDED,
        _documents,
        _documents_go,
        emptied=True,
    ),
    Row(
        "claims.refused",
        ("claims.Claim",),
        gettext_noop("claims to an entry that were refused or taken back"),
        ASKED,
        _DECIDED,
        _not_taken,
        _claims_go,
    ),
    Row(
        "claims.code",
        ("claims.Attempt",),
        gettext_noop("codes to claim an entry by"),
        DONE,
        gettext_noop("the code ceased to work"),
        _codes,
        _codes_go,
    ),
    Row(
        "claims.handover",
        ("claims.Handover",),
        gettext_noop("links by which an entry is handed over"),
        DONE,
        gettext_noop("the link ceased to work"),
        _offers,
        _offers_go,
    ),
    Row(
        "claims.hold",
        ("claims.Hold", "claims.Claim", "claims.Handover"),
        gettext_noop("which account held which entry, and by which proof"),
        ANSWERED,
        gettext_noop("it was held no more"),
        _ended,
        _holds_go,
    ),
)
