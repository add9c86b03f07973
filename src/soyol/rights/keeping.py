"""How long requests of people about their data are kept, and what was sent with them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from soyol.fields.keeping import ANSWERED, ASKED, PROOF, Row, keeps
from soyol.rights.actions.letting_go import forget_evidence, let_requests_go
from soyol.rights.choices import RequestKind, RequestState
from soyol.rights.models import Evidence, Request

_DECIDED = gettext_noop("it was decided")


def _evidence(before: datetime) -> QuerySet[Evidence]:
    decided = Request.rows().filter(decided_at__lt=before)
    return Evidence.objects.filter(request__in=decided.values("pk"))


def _requests(before: datetime) -> QuerySet[Request]:
    """Those that were decided; that somebody was erased is shown by the shell that erasing leaves of its request."""
    erased = Q(kind=RequestKind.ERASURE, state=RequestState.ACCEPTED)
    return Request.rows().filter(decided_at__lt=before).exclude(erased)


def _evidence_goes(by: Any, keys: Sequence[Any]) -> None:
    forget_evidence(by=by, evidence=Evidence.objects.filter(pk__in=keys))


def _requests_go(by: Any, keys: Sequence[Any]) -> None:
    let_requests_go(by=by, requests=keys)


keeps(
    Row(
        "rights.evidence",
        ("rights.Evidence", "files.StoredFile"),
        gettext_noop("what was sent with requests about somebody's data"),
        ASKED,
        _DECIDED,
        _evidence,
        _evidence_goes,
    ),
    Row(
        "rights.request",
        ("rights.Request", "rights.Step", "rights.Agreement"),
        gettext_noop("requests about somebody's data and each step until they were answered"),
        ANSWERED,
        _DECIDED,
        _requests,
        _requests_go,
    ),
    Row("rights.erased", ("rights.Request",), gettext_noop("that somebody asked to be erased and was"), PROOF),
)
