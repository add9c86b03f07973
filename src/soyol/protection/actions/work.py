"""Letting go every day, and listing whom a loss concerns, as work of the background worker."""

from typing import Any

from django.conf import settings

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.jobs.registry import handles
from soyol.jobs.work import Work
from soyol.protection.actions.letting_go import let_go
from soyol.protection.actions.listing import LIST, list_concerned
from soyol.protection.models import Loss
from soyol.sources.actions.work import guarded

LET_GO = "protection.let_go"


@handles(LET_GO)
def _let_go(work: Work, payload: dict[str, Any]) -> dict[str, Any]:
    """Begun again after a crash it goes on with what is left. A site that keeps everything has nothing to do."""
    if settings.SOYOL_KEEP_EVERYTHING:
        return {"counts": {}}
    counts = let_go(by=work.by, check=work.check_cancelled)
    return {"counts": {code: count for code, count in counts.items() if count}}


def may_list(user: User) -> bool:
    """Whether an account may list whom a loss concerns."""
    return accounts.may(user, Permission.LIST_LOSSES)


@handles(LIST, leaves_file=True)
def _list(work: Work, payload: dict[str, Any]) -> None:
    guard = guarded(work, may_list)
    loss = Loss.objects.get(pk=payload["loss"])
    view = f"jobs.Job:{work.job.pk}"
    list_concerned(by=work.by, loss=loss, lang=payload["lang"], view=view, progress=guard.progress, finish=guard.finish)
