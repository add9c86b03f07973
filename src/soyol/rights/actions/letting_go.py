"""Letting requests of people about their data go, and what was sent with them, once their time is over."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from soyol.audit import By
from soyol.files import actions as files
from soyol.rights.models import Evidence, Request


@transaction.atomic
def forget_evidence(*, by: By, evidence: QuerySet[Evidence]) -> None:
    """Take files that proved something away for good; the requests stay."""
    for proof in evidence.select_related("file"):
        proof.delete()
        files.forget(by=by, stored=proof.file)


@transaction.atomic
def let_requests_go(*, by: By, requests: Sequence[Any]) -> None:
    """Delete requests with their steps and what was sent with them."""
    forget_evidence(by=by, evidence=Evidence.objects.filter(request__in=requests))
    Request.rows().filter(pk__in=requests).delete()
