"""Matching, withdrawing and writing workbooks as work of the background worker."""

from datetime import date
from typing import Any

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.audit import By
from soyol.jobs import actions as jobs
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.jobs.registry import handles
from soyol.jobs.work import Work
from soyol.registry.actions.batches import withdraw_batch
from soyol.registry.actions.directory import refresh_stale
from soyol.registry.actions.exports import give_back, write_export
from soyol.registry.actions.runs import run_linkage
from soyol.registry.actions.teaching import propose_lesson
from soyol.registry.queries.scope import Scope
from soyol.registry.queries.searching import Facets
from soyol.sources.actions.work import guarded, refusable, require_still, watching, with_list
from soyol.sources.models import Batch, Source

LINK, WITHDRAW, EXPORT, GIVE_BACK = "registry.link", "registry.withdraw", "registry.export", "registry.give_back"
RENEW, TEACH = "registry.renew", "registry.teach"


def start_linkage(*, by: By, engine: str = "duckdb", only_new: bool | None = None) -> Job:
    """Match all live records in the background; a run that was asked for and has not begun is the same one."""
    told = {"engine": engine, "only_new": only_new}
    waiting = Job.objects.filter(kind=LINK, state=JobState.WAITING).order_by("pk")
    there = next((job for job in waiting if job.payload == told), None)
    return there or jobs.enqueue(LINK, told, by=by)


def start_withdraw(*, by: By, batch: Batch, reason: str) -> Job:
    """Withdraw a file in the background."""
    return jobs.enqueue(WITHDRAW, {"batch": batch.pk, "reason": reason}, by=by)


def start_export(
    *,
    by: By,
    text: str = "",
    facets: Facets | None = None,
    scope_units: list[str] | None = None,
    lang: str = "en",
    day: date | None = None,
) -> Job:
    """Write the list of staff entries that a filter finds as a workbook; ``scope_units`` None is the whole country.

    ``day``: as it stood at the end of that day.
    """
    told = {"text": text, "facets": (facets or Facets()).as_json(), "units": scope_units, "lang": lang}
    told["day"] = day.isoformat() if day else None
    return jobs.enqueue(EXPORT, told, by=by)


def start_give_back(*, by: By, source: Source, lang: str = "") -> Job:
    """Write the workbook that goes back to the keeper of a list; our words in ``lang`` (default: that of the site)."""
    return jobs.enqueue(GIVE_BACK, {"source": source.pk, "lang": lang}, by=by)


def start_renewal(*, by: By) -> Job:
    """Make the entries anew that a new rule concerns; work that was asked for and has not begun is the same one."""
    there = Job.objects.filter(kind=RENEW, state=JobState.WAITING).order_by("pk").first()
    return there or jobs.enqueue(RENEW, {}, by=by)


def start_lesson(*, by: By) -> Job:
    """Learn from all answers and try it in the background; one that waits is the same one."""
    there = Job.objects.filter(kind=TEACH, state=JobState.WAITING).order_by("pk").first()
    return there or jobs.enqueue(TEACH, {}, by=by)


def _may_compare(user: User) -> bool:
    return accounts.may(user, Permission.RUN_LINKAGE)


def _may_export(user: User, units: list[str] | None) -> bool:
    """Whether the account may still export all of these places (None: the whole country)."""
    held = accounts.scope(user, Permission.EXPORT_REGISTRY)
    if isinstance(held, accounts.Scope):
        return True
    return bool(units) and held.issuperset(units or ())


@handles(TEACH)
def _teach(work: Work, payload: dict[str, Any]) -> dict[str, Any]:
    require_still(work, _may_compare)
    return {"lesson": refusable(lambda: propose_lesson(by=work.by, progress=watching(work))).pk}


@handles(RENEW)
def _renew(work: Work, payload: dict[str, Any]) -> dict[str, Any]:
    require_still(work, _may_compare)
    return {"renewed": refresh_stale(progress=watching(work))}


@handles(LINK)
def _link(work: Work, payload: dict[str, Any]) -> None:
    require_still(work, _may_compare)
    engine, only_new = payload["engine"], payload.get("only_new")
    refusable(
        lambda: run_linkage(by=work.by, engine=engine, only_new=only_new, progress=watching(work), finish=work.finish)
    )


@handles(WITHDRAW)
def _withdraw(work: Work, payload: dict[str, Any]) -> dict[str, Any]:
    batch = Batch.objects.get(pk=payload["batch"])
    require_still(work, with_list(Permission.WITHDRAW_FILES, batch.source_id))
    if batch.withdrawn_at is None:  # a killed worker may have got that far; the rest is repeated safely
        refusable(lambda: withdraw_batch(by=work.by, batch=batch, reason=payload["reason"]))
    return {"batch": batch.pk}


@handles(EXPORT, leaves_file=True)
def _export(work: Work, payload: dict[str, Any]) -> None:
    units = payload["units"]
    guard = guarded(work, lambda user: _may_export(user, units))
    write_export(
        by=work.by,
        text=payload["text"],
        facets=Facets.from_json(payload["facets"]),
        scope=Scope(None if units is None else frozenset(units)),
        lang=payload["lang"],
        day=date.fromisoformat(day) if (day := payload.get("day")) else None,
        progress=guard.progress,
        finish=guard.finish,
        view=f"jobs.Job:{work.job.pk}",
    )


@handles(GIVE_BACK, leaves_file=True)
def _give_back(work: Work, payload: dict[str, Any]) -> None:
    source = Source.objects.get(pk=payload["source"])
    guard = guarded(work, with_list(Permission.IMPORT_FILES, source.pk))
    lang = payload.get("lang", "")
    view = f"jobs.Job:{work.job.pk}"
    give_back(by=work.by, source=source, lang=lang, progress=guard.progress, finish=guard.finish, view=view)
