"""One file on its way: reading, dry run, import, and back out again."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import queries as audit
from soyol.jobs.choices import JobState
from soyol.registry import actions as registry_actions
from soyol.registry import queries as registry
from soyol.registry.choices import RunState
from soyol.registry.rules import FIELDS
from soyol.sources import actions, queries
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, RecordProblem
from soyol.sources.rules import Refused
from soyol.workspace import looking, looks
from soyol.workspace.acting import by, may_here
from soyol.workspace.jobs.shown import numbered
from soyol.workspace.respond import page
from soyol.workspace.sources.dry_runs import counted, fates, rows_to_import
from soyol.workspace.sources.find import found_batch
from soyol.workspace.sources.forms import ReasonForm
from soyol.workspace.sources.masking import fates_masked, problems_shown
from soyol.workspace.words import language, problem_words, way_out_words

PROBLEMS_PER_PAGE = 50
#: State of a file → step on the rail.
STEP = {
    BatchState.RECEIVED: 1,
    BatchState.REFUSED: 1,
    BatchState.READ: 2,
    BatchState.MAPPED: 3,
    BatchState.CHECKED: 3,
    BatchState.IMPORTING: 4,
    BatchState.IMPORTED: 5,
}
#: Kind of work on a file → the view that starts it again.
AGAIN = {"sources.read": "desk:read_again", "sources.dry_run": "desk:check", "sources.import": "desk:import"}


def steps() -> list[str]:
    """The four steps from a file to the registry."""
    return [_("Upload"), _("Columns"), _("Dry run"), _("Import")]


def step(found: Batch) -> int:
    """The step at which a file stands; for one that was withdrawn the first that it never took."""
    if found.state != BatchState.WITHDRAWN:
        return STEP[BatchState(found.state)]
    if found.imported_at:
        return 5
    if found.dry_run:
        return 4
    mapped = audit.about(f"sources.Batch:{found.pk}").filter(action="sources.batch.map")
    return 3 if mapped.exists() else 2 if found.mapping else 1


def comparison_due(found: Batch) -> bool:
    """Whether no comparison has begun since the file came in, or since it was taken back."""
    last = registry.runs().filter(state=RunState.APPLIED).first()
    changed = found.withdrawn_at if found.withdrawn_at and found.imported_at else found.imported_at
    return last is None or changed is None or last.started_at < changed


@door(permission=Permission.SEE_SOURCES)
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Where this file stands and the one next thing to do."""
    found = found_batch(request, pk)
    shown = queries.batch_page(found)
    job = numbered(found.job_id)
    listed_rows = fates_masked(found, fates(shown.dry_run))
    context = {
        "batch": found,
        "steps": steps(),
        "step": step(found),
        "withdrawn": found.state == BatchState.WITHDRAWN,
        "job": None if job is None or job.job.ended else job,
        "failed": job if job and job.job.state == JobState.FAILED else None,
        "again": AGAIN.get(job.job.kind, "") if job else "",
        "due": comparison_due(found),
        "shown": shown,
        "refusal": problem_words((found.reading or {}).get("refused")),
        "way_out": way_out_words((found.reading or {}).get("refused")),
        "fates": listed_rows,
        "rows_to_import": rows_to_import(shown.dry_run),
        "counted": counted(found.counts),
        "columns": {code: field.label() for code, field in FIELDS.items()},
        "reason_form": ReasonForm(),
        "may": may_here(request, found.source.unit_id, found.source.body_id),
    }
    if listed := {field for fate in listed_rows for row in fate.rows for field in {*row.was, *row.now, "name"}}:
        looking.in_file(request, found, listed, looks.FILE)
    return page(request, "workspace/sources/batch.html", context, parts=("standing",))


@door(permission=Permission.IMPORT_FILES)
@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Start reading anew, where it stood still."""
    return _start(request, found_batch(request, pk, Permission.IMPORT_FILES), actions.start_reading)


@door(permission=Permission.IMPORT_FILES)
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the dry run."""
    return _start(request, found_batch(request, pk, Permission.IMPORT_FILES), actions.start_dry_run)


@door(permission=Permission.IMPORT_FILES)
@require_POST
def import_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the import."""
    return _start(request, found_batch(request, pk, Permission.IMPORT_FILES), actions.start_import)


@door(permission=Permission.WITHDRAW_FILES)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a whole file out of what is shown; its history stays."""
    found = found_batch(request, pk, Permission.WITHDRAW_FILES)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a sentence why this file is withdrawn."))
        return redirect("desk:batch", pk=found.pk)
    try:
        job = registry_actions.start_withdraw(by=by(request), batch=found, reason=form.cleaned_data["reason"])
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:batch", pk=found.pk)
    return redirect("desk:job", pk=job.pk)


@door(permission=Permission.SEE_PERSONAL)
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row in trouble: where, what, and the way out. National numbers are masked."""
    found = found_batch(request, pk, Permission.SEE_PERSONAL)
    rows, more = _problems_of(found)
    pages = Paginator(rows, PROBLEMS_PER_PAGE).get_page(request.GET.get("page"))
    may = may_here(request, found.source.unit_id, found.source.body_id)
    shown = problems_shown(found, list(pages))
    if shown:
        looking.in_file(request, found, {one.problem.column for one in shown if one.problem.column}, looks.FILE)
    mended = found.excerpts.filter(state=BatchState.IMPORTED)
    context = {"batch": found, "problems": pages, "shown": shown, "more": more, "may": may, "mended": mended}
    return page(request, "workspace/sources/problems.html", context)


def _problems_of(found: Batch) -> tuple[QuerySet[RecordProblem] | list[RecordProblem], bool]:
    """Its problems, those that lie ahead where it was only checked, and whether there are more than these.

    Notices ask nothing of anybody: they come after whatever does.
    """
    if found.state == BatchState.CHECKED:
        ahead, dry = queries.problems_ahead(found), queries.dry_run_of(found)
        return ahead, dry is not None and sum(dry.problem_counts.values()) > len(ahead)
    asking_first = Case(When(severity="notice", then=1), default=0)
    return queries.problems(found).order_by(asking_first, "row", "pk"), False


@door(permission=Permission.REVEAL_NUMBER)
@require_POST
def take_problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the rows in trouble written as a workbook to mend and send again; their numbers stand in it in clear."""
    found = found_batch(request, pk, Permission.REVEAL_NUMBER)
    job = actions.start_mending(by=by(request), batch=found, lang=language())
    return redirect("desk:job", pk=job.pk)


def _start(request: HttpRequest, found: Batch, start: Callable[..., object]) -> HttpResponse:
    try:
        start(by=by(request), batch=found)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("desk:batch", pk=found.pk)
