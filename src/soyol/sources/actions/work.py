"""Reading, checking, importing and giving problems back as work of the background worker."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from soyol import intake
from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.audit import By
from soyol.jobs import actions as jobs
from soyol.jobs.models import Job
from soyol.jobs.registry import handles
from soyol.jobs.work import EVERY, Cancelled, Work
from soyol.jobs.work import Refused as WorkRefused
from soyol.sources.actions.checking import dry_run
from soyol.sources.actions.importing import abandon_import, import_batch
from soyol.sources.actions.mending import write_mending
from soyol.sources.actions.reading import Finish, read_batch
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, Source
from soyol.sources.queries.staging import Progress, Stop
from soyol.sources.rules import Refused

T = TypeVar("T")
READ, CHECK, IMPORT, MEND = "sources.read", "sources.dry_run", "sources.import", "sources.take_problems"
#: What the error code of a job begins with when one of our own rules refused it; the rule's code follows.
REFUSED = "refused."
#: The error code of a job whose asker lost the right to it.
NOT_ALLOWED = "jobs.not_allowed"


def start_reading(*, by: By, batch: Batch) -> Job:
    """Read the file in the background."""
    return _start(READ, by, batch)


def start_dry_run(*, by: By, batch: Batch) -> Job:
    """Check in the background what importing would do."""
    return _start(CHECK, by, batch)


def start_import(*, by: By, batch: Batch) -> Job:
    """Import a checked batch in the background."""
    return _start(IMPORT, by, batch)


def start_mending(*, by: By, batch: Batch, lang: str) -> Job:
    """Write the workbook of the rows in trouble in the background."""
    return jobs.enqueue(MEND, {"batch": batch.pk, "lang": lang}, by=by)


@transaction.atomic
def _start(kind: str, by: By, batch: Batch) -> Job:
    """Who asks while the same is waiting or under way gets that: a second one would fail, and stand on the page."""
    asked = Batch.objects.select_for_update().get(pk=batch.pk).job_id
    under_way = Job.objects.filter(pk=asked, kind=kind, ended_at__isnull=True).first() if asked else None
    if under_way is not None:
        return under_way
    job = jobs.enqueue(kind, {"batch": batch.pk}, by=by)
    Batch.objects.filter(pk=batch.pk).update(job_id=str(job.pk))
    return job


def watching(work: Work) -> Progress:
    """A progress function that also notices when the work is to stop."""

    def tell(done: int, total: int | None = None, note: str = "", /) -> None:
        work.check_cancelled()
        work.progress(done, total or 0, note)

    return tell


def stopping(work: Work) -> Stop:
    """What is asked between two steps of progress: raises when the work is to stop, and never says yes."""

    def ask() -> bool:
        work.check_cancelled()
        return False

    return ask


def refusable(run: Callable[[], T]) -> T:
    """Do ``run``; a refusal of ours becomes the job's, with its parameters: it is said in its reader's language."""
    try:
        return run()
    except Refused as refused:
        told = refused.params.items()
        params = {name: value if isinstance(value, int | float) else str(value) for name, value in told}
        raise WorkRefused(f"{REFUSED}{refused.code}", words=str(refused), params=params) from refused


@dataclass(frozen=True, slots=True)
class Guard:
    """What work is done with whose asker may lose the right to it meanwhile: each of these asks the grants again, twice
    a second at most, and ``finish`` always, inside the transaction by which a result is there.
    """

    progress: Progress
    cancelled: Stop
    finish: Finish


def guarded(work: Work, reaches: Callable[[User], bool]) -> Guard:
    """A guard of work, once its asker was found to have the right; refuses as ``require_still`` does."""
    require_still(work, reaches)
    watch, stop, asked = watching(work), stopping(work), [time.monotonic()]

    def ask() -> None:
        if time.monotonic() - asked[0] >= EVERY:
            require_still(work, reaches)
            asked[0] = time.monotonic()

    def tell(done: int, total: int | None = None, note: str = "", /) -> None:
        ask()
        watch(done, total, note)

    def cancelled() -> bool:
        ask()
        return stop()

    def finish(result: dict[str, Any]) -> None:
        require_still(work, reaches)
        work.finish(result)

    return Guard(tell, cancelled, finish)


def require_still(work: Work, reaches: Callable[[User], bool]) -> None:
    """Refuse work whose asker lost the right to it since; ``reaches`` tells of an account, by its grants as they are.

    What a part of the system does by itself has no asker who could lose a right.
    """
    if work.by.kind == "system":
        return
    asker = accounts.account_behind(work.by)
    if asker is None or not reaches(asker):
        raise WorkRefused(NOT_ALLOWED)


def with_list(permission: Permission, source_pk: int) -> Callable[[User], bool]:
    """Whether an account holds ``permission`` for a list."""
    return lambda user: Source.objects.filter(accounts.within(user, permission), pk=source_pk).exists()


def _watched(work: Work) -> dict[str, Any]:
    return {"progress": watching(work), "cancelled": stopping(work), "finish": work.finish}


def _guarded(guard: Guard) -> dict[str, Any]:
    return {"progress": guard.progress, "cancelled": guard.cancelled, "finish": guard.finish}


@handles(READ)
def _read(work: Work, payload: dict[str, Any]) -> None:
    batch = Batch.objects.get(pk=payload["batch"])
    require_still(work, with_list(Permission.IMPORT_FILES, batch.source_id))
    refusable(lambda: read_batch(by=work.by, batch=batch, **_watched(work)))
    intake.prepare()


@handles(CHECK)
def _check(work: Work, payload: dict[str, Any]) -> None:
    batch = Batch.objects.get(pk=payload["batch"])
    require_still(work, with_list(Permission.IMPORT_FILES, batch.source_id))
    refusable(lambda: dry_run(by=work.by, batch=batch, **_watched(work)))
    intake.prepare()


@handles(IMPORT)
def _import(work: Work, payload: dict[str, Any]) -> None:
    batch = Batch.objects.get(pk=payload["batch"])
    try:
        guard = guarded(work, with_list(Permission.IMPORT_FILES, batch.source_id))
        refusable(lambda: import_batch(by=work.by, batch=batch, **_guarded(guard)))
    except Cancelled:
        _abandon(work, batch)
        raise
    except WorkRefused as refused:
        # Its asker lost the right, before now with a worker that was killed half-way, or while the rows were written.
        if refused.code == NOT_ALLOWED and batch.job_id == str(work.job.pk):
            _abandon(work, batch)
        raise


def _abandon(work: Work, batch: Batch) -> None:
    batch.refresh_from_db()
    if batch.state == BatchState.IMPORTING:
        abandon_import(by=work.by, batch=batch)


@handles(MEND, leaves_file=True)
def _mend(work: Work, payload: dict[str, Any]) -> None:
    batch = Batch.objects.select_related("source", "file").get(pk=payload["batch"])
    guard = guarded(work, with_list(Permission.REVEAL_NUMBER, batch.source_id))
    refusable(lambda: write_mending(by=work.by, batch=batch, lang=payload["lang"], **_guarded(guard)))
