"""Erasing as work of the background worker."""

from typing import Any

from django.db import transaction

from soyol.accounts.models import User
from soyol.audit import By
from soyol.jobs import actions as jobs
from soyol.jobs.models import Job
from soyol.jobs.registry import handles
from soyol.jobs.work import Work
from soyol.registry.models import Actor
from soyol.registry.queries.numbers import end_of
from soyol.rights.actions.asking import add_step
from soyol.rights.actions.erasing import erase
from soyol.rights.choices import StepKind
from soyol.rights.models import Request

ERASE = "rights.erase"


def start_erasure(*, by: By, request: Request) -> Job:
    """Erase in the background; the request was accepted."""
    return jobs.enqueue(ERASE, {"request": str(request.pk)}, by=by, key=f"{ERASE}:{request.pk}")


@handles(ERASE)
def _erase(work: Work, payload: dict[str, Any]) -> None:
    """Done again from its beginning after a crash: what is gone already is passed over."""
    request = Request.rows().select_related("actor", "user").get(pk=payload["request"])
    actor = end_of(Actor.objects.select_related("merged_into").get(pk=request.actor_id))
    account = User.objects.filter(pk=request.user_id).first() if request.account_too else None
    at = (request.decided_at or request.made_at).isoformat()
    erase(by=work.by, actor=actor, account=account, at=at, tell=work.progress)
    with transaction.atomic():
        add_step(work.by, request, StepKind.ERASED)
        work.finish({"parts": 1})
