"""Long work: how far it is, stopping it, taking along what it made."""

from collections.abc import Iterable, Iterator
from mimetypes import guess_type

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.files import queries as files
from soyol.files.models import StoredFile
from soyol.jobs import actions, queries
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.sources.models import Source
from soyol.workspace.acting import account, by, may, units, within
from soyol.workspace.jobs.shown import file_of, shown
from soyol.workspace.respond import page
from soyol.workspace.sources.find import visible_batches

PER_PAGE = 30
#: Bytes of a file that are sent at a time.
PIECE = 64 * 1024


def visible_jobs(request: HttpRequest, permission: Permission = Permission.SEE_JOBS) -> QuerySet[Job]:
    """One's own work; with the right to see work (or to stop it) also that on the lists and files in its reach."""
    reached = within(request, permission)
    if not reached:
        return Job.objects.all()
    lists = Source.objects.filter(reached).values_list("pk", flat=True)
    files = visible_batches(request, permission).values_list("pk", flat=True)
    # Numbers in JSON cannot be compared with a subquery on every database: lists in reach are few.
    theirs = Q(payload__source__in=list(lists)) | Q(payload__batch__in=list(files))
    return Job.objects.filter(theirs | Q(pk__in=queries.asked_by(str(account(request).pk)).values("pk")))


@door(permission=Permission.SEE_DESK)
def jobs(request: HttpRequest) -> HttpResponse:
    """Work that runs, waits or is over, newest first."""
    pages = Paginator(visible_jobs(request), PER_PAGE).get_page(request.GET.get("page"))
    names = _file_names(request, pages)
    shown_here = [shown(job, names.get(file_of(job) or 0, "")) for job in pages]
    return page(request, "workspace/jobs/jobs.html", {"jobs": shown_here, "pages": pages})


def _file_names(request: HttpRequest, jobs: Iterable[Job]) -> dict[int, str]:
    """Names of the files that the work is about, those that the reader may see: one query."""
    about = {number for number in map(file_of, jobs) if number is not None}
    return dict(visible_batches(request, Permission.SEE_SOURCES).filter(pk__in=about).values_list("pk", "file_name"))


@door(permission=Permission.SEE_DESK)
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of work; the page looks again by itself, and goes on to what came of it."""
    work = get_object_or_404(visible_jobs(request), pk=pk)
    found = shown(work, _file_names(request, [work]).get(file_of(work) or 0, ""))
    asked_again = request.headers.get("HX-Request") == "true"
    if found.job.state == JobState.DONE and found.next_href:
        if asked_again:
            return HttpResponse(status=204, headers={"HX-Redirect": found.next_href})
        return redirect(found.next_href)
    can_stop = visible_jobs(request, Permission.STOP_JOBS).filter(pk=pk).exists()
    return page(request, "workspace/jobs/job.html", {"job": found, "can_stop": can_stop}, parts=("standing",))


@door(permission=Permission.SEE_DESK)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the work to stop; what it had not finished is not there."""
    found = get_object_or_404(visible_jobs(request), pk=pk)
    if not visible_jobs(request, Permission.STOP_JOBS).filter(pk=pk).exists():
        raise PermissionDenied
    actions.cancel(by=by(request), job=found)
    messages.info(request, _("The work was asked to stop."))
    return redirect(shown(found).next_href or "desk:jobs")


@door(permission=Permission.SEE_DESK)
def file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The file that work of one's own made; other people's files are not handed out."""
    found = get_object_or_404(queries.asked_by(str(account(request).pk)), pk=pk, state=JobState.DONE)
    if not shown(found).has_file:
        raise Http404(_("This work made no file."))
    if not _may_still(request, found):
        raise PermissionDenied
    stored = get_object_or_404(StoredFile, pk=(found.result or {})["file"], forgotten_at__isnull=True)
    answer = StreamingHttpResponse(_pieces(stored), content_type=guess_type(stored.name)[0])
    answer["Content-Disposition"] = content_disposition_header(True, stored.name)
    return answer


def _may_still(request: HttpRequest, job: Job) -> bool:
    """Whether the account may see today what it asked for then."""
    told = job.payload or {}
    if job.kind == "registry.give_back":
        return Source.objects.filter(within(request, Permission.IMPORT_FILES), pk=told["source"]).exists()
    if job.kind == "sources.take_problems":
        return visible_batches(request, Permission.REVEAL_NUMBER).filter(pk=told["batch"]).exists()
    if job.kind == "protection.list":
        return may(request, Permission.LIST_LOSSES)
    held, asked = units(request, Permission.EXPORT_REGISTRY), told.get("units")
    return held is None or bool(held and asked is not None and held.issuperset(asked))


def _pieces(stored: StoredFile) -> Iterator[bytes]:
    """The file, checked as a whole before its first byte goes out."""
    with files.open_plain(stored) as stream:
        yield from iter(lambda: stream.read(PIECE), b"")
